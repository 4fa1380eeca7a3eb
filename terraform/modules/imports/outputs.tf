output "state_machine_arn" {
  description = "ARN of the state machine that runs an import."
  value       = local.state_machine_arn
}

output "state_machine" {
  description = "Name of the state machine that runs an import."
  value       = aws_sfn_state_machine.import.name
}

output "definition" {
  description = "The state machine's definition as JSON, for review and tests."
  value       = local.definition
}

output "stream_application" {
  description = "Name of the stream application."
  value       = aws_kinesisanalyticsv2_application.stream.name
}

output "stream_application_arn" {
  description = "ARN of the stream application."
  value       = aws_kinesisanalyticsv2_application.stream.arn
}

output "import_application" {
  description = "Name of the import application."
  value       = aws_kinesisanalyticsv2_application.import.name
}

output "import_application_arn" {
  description = "ARN of the import application."
  value       = aws_kinesisanalyticsv2_application.import.arn
}

output "properties" {
  description = "Runtime properties of each application, by group: what Terraform sets, without what a run of the import adds."
  value       = local.groups
}

output "log_groups" {
  description = "Name of each application's log group."
  value       = { for key, group in aws_cloudwatch_log_group.application : key => group.name }
}

output "log_group_arns" {
  description = "ARN of each application's log group."
  value       = { for key, group in aws_cloudwatch_log_group.application : key => group.arn }
}

output "jar_key" {
  description = "Key of the jar in the bucket; it holds the beginning of the jar's SHA-256."
  value       = local.jar_key
}

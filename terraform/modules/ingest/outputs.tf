output "api_url" {
  description = "Address of the API, without a slash at its end."
  value       = aws_apigatewayv2_api.api.api_endpoint
}

output "api_id" {
  description = "Id of the API, as its metrics name it."
  value       = aws_apigatewayv2_api.api.id
}

output "api_stage" {
  description = "Name of the API's stage, as its metrics name it."
  value       = aws_apigatewayv2_stage.default.name
}

output "stream" {
  description = "Name of the stream."
  value       = aws_kinesis_stream.lines.name
}

output "stream_arn" {
  description = "ARN of the stream."
  value       = aws_kinesis_stream.lines.arn
}

output "functions" {
  description = "Names of the two functions, by what they do."
  value       = { for key, function in aws_lambda_function.api : key => function.function_name }
}

output "function_alias" {
  description = "Alias that the API calls, as the functions' metrics name it after the function."
  value       = local.alias
}

output "log_groups" {
  description = "Log groups: of each function, and of the API's accesses."
  value = merge(
    { for key, group in aws_cloudwatch_log_group.function : key => group.name },
    { access = aws_cloudwatch_log_group.access.name },
  )
}

output "caller_policies" {
  description = "ARNs of the policies with which a role may call the API: sender and reader."
  value       = { for key, policy in aws_iam_policy.caller : key => policy.arn }
}

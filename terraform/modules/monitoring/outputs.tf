output "topic_arn" {
  description = "ARN of the topic that alarms are sent to."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard" {
  description = "Name of the dashboard."
  value       = aws_cloudwatch_dashboard.pipeline.dashboard_name
}

output "alarms" {
  description = "Names of the alarms, by what they watch: the headings of the runbook in docs/operations.md."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.alarm : key => alarm.alarm_name }
}

output "job_metrics" {
  description = "Metrics of the job's own group that alarms and dashboard look at."
  value       = local.job_metrics
}

output "service_metrics" {
  description = "Metrics of Managed Service for Apache Flink that alarms and dashboard look at."
  value       = local.service_metrics
}

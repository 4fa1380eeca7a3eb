output "region" {
  description = "Region of everything."
  value       = var.region
}

output "api_url" {
  description = "Address of the API."
  value       = module.ingest.api_url
}

output "api_id" {
  description = "Id of the API, as its metrics name it."
  value       = module.ingest.api_id
}

output "api_caller_policies" {
  description = "ARNs of the policies with which a role may call the API: sender and reader."
  value       = module.ingest.caller_policies
}

output "functions" {
  description = "Names of the functions: ingest and query."
  value       = module.ingest.functions
}

output "stream" {
  description = "Name of the Kinesis stream."
  value       = module.ingest.stream
}

output "invoices_table" {
  description = "Name of the invoices view."
  value       = module.storage.invoices_table
}

output "customers_table" {
  description = "Name of the customers view."
  value       = module.storage.customers_table
}

output "bucket" {
  description = "Name of the bucket: raw/, rejected/, duplicates/, import/, runs/, staging/."
  value       = module.storage.bucket
}

output "lake_database" {
  description = "Glue database with the tables raw, rejected and duplicates."
  value       = module.storage.lake_database
}

output "athena_workgroup" {
  description = "Athena workgroup for queries of the lake."
  value       = module.storage.athena_workgroup
}

output "stream_application" {
  description = "Name of the stream application."
  value       = module.job.stream_application
}

output "import_application" {
  description = "Name of the import application."
  value       = module.job.import_application
}

output "import_state_machine_arn" {
  description = "ARN of the state machine that runs an import."
  value       = module.imports.state_machine_arn
}

output "log_groups" {
  description = "Log groups by what writes them."
  value       = merge(module.ingest.log_groups, module.job.log_groups)
}

output "warehouse_workgroup" {
  description = "Name of the Redshift Serverless workgroup; null without a warehouse."
  value       = one(module.warehouse[*].workgroup)
}

output "warehouse_database" {
  description = "Name of the warehouse's database; null without a warehouse."
  value       = one(module.warehouse[*].database)
}

output "warehouse_url" {
  description = "JDBC address of the warehouse; null without one."
  value       = one(module.warehouse[*].url)
}

output "warehouse_admin_secret_arn" {
  description = "ARN of the administrator's secret; null without a warehouse."
  value       = one(module.warehouse[*].admin_secret_arn)
}

output "warehouse_loader_secret_arn" {
  description = "ARN of the secret with the loader's password, which Terraform does not know; null without a warehouse."
  value       = one(module.warehouse[*].loader_secret_arn)
}

output "warehouse_vpc_id" {
  description = "Id of the warehouse's VPC; null without a warehouse."
  value       = one(module.warehouse[*].vpc_id)
}

output "warehouse_subnet_ids" {
  description = "Ids of the warehouse's subnets; empty without a warehouse."
  value       = flatten(module.warehouse[*].subnet_ids)
}

output "alarm_topic_arn" {
  description = "ARN of the topic that alarms are sent to."
  value       = module.monitoring.topic_arn
}

output "alarms" {
  description = "Names of the alarms, by what they watch."
  value       = module.monitoring.alarms
}

output "dashboard" {
  description = "Name of the CloudWatch dashboard."
  value       = module.monitoring.dashboard
}

output "commands" {
  description = "What to run next, as text."
  value = merge(
    {
      start_stream = "aws kinesisanalyticsv2 start-application --application-name ${module.job.stream_application} --region ${var.region}"
      import       = "aws stepfunctions start-execution --state-machine-arn ${module.imports.state_machine_arn} --input '{\"path\": \"s3://${module.storage.bucket}/import/\"}' --region ${var.region}"
    },
    # Tables and views first, then the users with the passwords of their secrets.
    { for w in module.warehouse : "migrate" => "bin/loader warehouse migrate --workgroup ${w.workgroup} --database ${w.database} --secret-arn ${w.admin_secret_arn} --region ${var.region}" },
    { for w in module.warehouse : "users" => "bin/loader warehouse users --workgroup ${w.workgroup} --database ${w.database} --secret-arn ${w.admin_secret_arn} --region ${var.region} --loader ${w.loader_user} --loader-secret ${w.loader_secret_arn} --iam-role ${w.copy_role_arn} --reader reader" },
  )
}

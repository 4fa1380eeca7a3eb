# The whole: what stands where, who may do what, and the switches.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "000000000000" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1d"] }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::inv-000000000000-eu-central-1" }
  }
  mock_resource "aws_kinesis_stream" {
    defaults = { arn = "arn:aws:kinesis:eu-central-1:000000000000:stream/inv-lines" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:mock" }
  }
  mock_resource "aws_cloudwatch_log_stream" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:mock:log-stream:application" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:000000000000:function:mock", version = "7" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = { invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:000000000000:function:mock:live/invocations" }
  }
  mock_resource "aws_apigatewayv2_api" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:000000000000:mock" }
  }
  mock_resource "aws_kinesisanalyticsv2_application" {
    defaults = { arn = "arn:aws:kinesisanalytics:eu-central-1:000000000000:application/mock" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:inv-import" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:inv-warehouse-loader-mock" }
  }
  mock_resource "aws_redshiftserverless_workgroup" {
    defaults = {
      arn      = "arn:aws:redshift-serverless:eu-central-1:000000000000:workgroup/mock"
      endpoint = [{ address = "inv.000000000000.eu-central-1.redshift-serverless.amazonaws.com", port = 5439, vpc_endpoint = [] }]
    }
  }
  mock_resource "aws_redshiftserverless_namespace" {
    defaults = {
      arn                       = "arn:aws:redshift-serverless:eu-central-1:000000000000:namespace/mock"
      admin_password_secret_arn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:redshift!inv-administrator-mock"
    }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { prefix_list_id = "pl-00000000" }
  }
}

# Each table has its own ARN, or a right on one would pass for a right on both.
override_resource {
  target = module.storage.aws_dynamodb_table.invoices
  values = { arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-invoices" }
}

override_resource {
  target = module.storage.aws_dynamodb_table.customers
  values = { arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-customers" }
}

variables {
  name   = "inv"
  region = "eu-central-1"
  artifacts = {
    job    = "tests/stand-in.jar"
    ingest = "tests/stand-in.jar"
    query  = "tests/stand-in.jar"
  }
}

run "by_default" {
  assert {
    condition     = module.job.properties.stream.job == tomap({ mode = "stream", "max.parallelism" = "128" })
    error_message = "The stream application has the group job."
  }

  assert {
    condition     = toset(keys(module.job.properties.stream)) == toset(["job", "source", "views", "lake", "warehouse"]) && toset(keys(module.job.properties.import)) == toset(["job", "source", "views", "lake", "warehouse"])
    error_message = "Both applications have the five groups."
  }

  assert {
    condition     = module.job.properties.stream.source == tomap({ stream = "inv-lines", region = "eu-central-1" }) && module.job.properties.stream.views == tomap({ region = "eu-central-1", "invoices.table" = "inv-invoices", "customers.table" = "inv-customers" })
    error_message = "The job reads the stream and writes the tables that are made here."
  }

  assert {
    condition = module.job.properties.stream.warehouse == tomap({
      enabled      = "true"
      url          = "jdbc:redshift://inv.000000000000.eu-central-1.redshift-serverless.amazonaws.com:5439/invoiceflow"
      user         = "loader"
      "secret.arn" = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:inv-warehouse-loader-mock"
      "iam.role"   = "arn:aws:iam::000000000000:role/mock"
    })
    error_message = "The job gets the warehouse's address, user, secret and role, and no password."
  }

  assert {
    condition     = output.warehouse_workgroup == "inv" && length(output.warehouse_subnet_ids) == 3
    error_message = "There is a warehouse in three subnets."
  }

  assert {
    condition     = startswith(output.commands.migrate, "bin/loader warehouse migrate --workgroup inv --database invoiceflow ") && strcontains(output.commands.users, "--loader loader ")
    error_message = "The commands that prepare the warehouse are told."
  }
}

run "without_warehouse" {
  variables {
    warehouse_enabled = false
  }

  assert {
    condition     = length(module.warehouse) == 0 && output.warehouse_workgroup == null && output.warehouse_url == null && length(output.warehouse_subnet_ids) == 0
    error_message = "There is no warehouse and no network."
  }

  assert {
    condition     = module.job.properties.stream.warehouse == tomap({ enabled = "false" }) && module.job.properties.import.warehouse == tomap({ enabled = "false" })
    error_message = "The job is told that there is no warehouse."
  }

  assert {
    condition     = !contains(keys(output.commands), "migrate")
    error_message = "There is nothing to migrate."
  }
}

run "with_tokens" {
  variables {
    jwt = { issuer = "https://issuer.example", audience = ["invoiceflow"], staff_claim = "scope=invoiceflow/staff" }
  }
}

run "with_further_properties" {
  variables {
    job_properties = { views = { "retention.hours" = "48" }, warehouse = { "load.interval.ms" = "60000" } }
  }

  assert {
    condition     = module.job.properties.stream.views["retention.hours"] == "48" && module.job.properties.import.warehouse["load.interval.ms"] == "60000" && module.job.properties.stream.views["invoices.table"] == "inv-invoices"
    error_message = "Further properties join those that are made here."
  }
}

run "no_password_in_properties" {
  command = plan

  variables {
    job_properties = { warehouse = { password = "x" } }
  }

  expect_failures = [var.job_properties]
}

run "short_lived_uploads" {
  command = plan

  variables {
    unfinished_upload_days = 7
  }

  expect_failures = [var.unfinished_upload_days]
}

run "bad_names" {
  command = plan

  variables {
    name          = "Invoice_Flow"
    region        = "Frankfurt"
    stream_shards = 0
    jwt           = { issuer = "issuer.example", audience = [] }
  }

  expect_failures = [var.name, var.region, var.stream_shards, var.jwt]
}

run "bad_claims" {
  command = plan

  variables {
    jwt = { issuer = "https://issuer.example", audience = ["invoiceflow"], customer_claim = " ", staff_claim = "staff" }
  }

  expect_failures = [var.jwt]
}

run "bad_alarms" {
  command = plan

  variables {
    alarm_emails   = ["nobody"]
    alarm_limits   = { warehouse_age_minutes = 60 }
    job_properties = { warehouse = { "load.interval.ms" = "3600000" } }
  }

  expect_failures = [var.alarm_emails, var.alarm_limits]
}

run "whole_internet" {
  command = plan

  variables {
    warehouse_clients = { cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.warehouse_clients]
}

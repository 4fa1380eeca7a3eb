# The way in: API, functions, stream.

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
  mock_resource "aws_kinesis_stream" {
    defaults = { arn = "arn:aws:kinesis:eu-central-1:000000000000:stream/inv-lines" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:mock" }
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
}

variables {
  name                 = "inv"
  shards               = null
  retention_hours      = 168
  functions            = { ingest = { jar = "tests/stand-in.jar" }, query = { jar = "tests/stand-in.jar" } }
  runtime              = "java21"
  memory_mb            = 1769
  reserved_concurrency = { ingest = -1, query = 20 }
  views = {
    invoices_table      = "inv-invoices"
    invoices_table_arn  = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-invoices"
    customers_table     = "inv-customers"
    customers_table_arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-customers"
    customers_index_arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-customers/index/by_date"
  }
  jwt                = null
  throttle           = { rate = 200, burst = 400 }
  log_retention_days = 30
}

run "by_default" {
  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = aws_kinesis_stream.lines.stream_mode_details[0].stream_mode == "ON_DEMAND" && aws_kinesis_stream.lines.encryption_type == "KMS" && aws_kinesis_stream.lines.retention_period == 168
    error_message = "The stream is on-demand and encrypted, and keeps records for a week."
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.route : route.authorization_type == "AWS_IAM"]) && length(aws_apigatewayv2_authorizer.jwt) == 0
    error_message = "Every route asks for a signature."
  }

  assert {
    condition     = length(aws_apigatewayv2_route.page) == 0
    error_message = "A page cannot sign requests, so there is none."
  }

  assert {
    condition     = toset(flatten([for function in aws_lambda_function.api : keys(function.environment[0].variables)])) == toset(["STREAM_NAME", "CUSTOMERS_TABLE", "INVOICES_TABLE"])
    error_message = "Nothing is said of claims where there are no tokens."
  }

  assert {
    condition = alltrue([
      for function in aws_lambda_function.api :
      function.runtime == "java21" && function.architectures == tolist(["arm64"]) && function.publish && function.snap_start[0].apply_on == "PublishedVersions"
    ])
    error_message = "The functions run on arm64 and start from a snapshot of a published version."
  }

  assert {
    condition     = alltrue([for key, alias in aws_lambda_alias.live : alias.name == "live" && alias.function_version == aws_lambda_function.api[key].version])
    error_message = "The alias live is the published version."
  }

  assert {
    condition     = alltrue([for key, integration in aws_apigatewayv2_integration.function : integration.integration_uri == aws_lambda_alias.live[key].invoke_arn && integration.payload_format_version == "2.0"])
    error_message = "The API calls the alias, with payload 2.0."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.function : group.retention_in_days == 30])
    error_message = "Logs end."
  }

  assert {
    condition     = aws_lambda_function.api["query"].reserved_concurrent_executions == 20
    error_message = "The concurrency is reserved as asked for."
  }

  assert {
    condition     = !anytrue([for value in values(jsondecode(aws_apigatewayv2_stage.default.access_log_settings[0].format)) : strcontains(value, "context.path") || strcontains(value, "body")])
    error_message = "Access logs hold neither payloads nor customers' ids."
  }
}

run "least_privilege" {
  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = flatten([for statement in jsondecode(aws_iam_role_policy.function["ingest"].policy).Statement : statement.Action]) == ["kinesis:PutRecords", "kinesis:DescribeStreamSummary", "logs:CreateLogStream", "logs:PutLogEvents"]
    error_message = "The ingest function may write to the stream, look at its state, and write its log."
  }

  assert {
    condition     = flatten([for statement in jsondecode(aws_iam_role_policy.function["query"].policy).Statement : statement.Action]) == ["dynamodb:Query", "logs:CreateLogStream", "logs:PutLogEvents"]
    error_message = "The query function may query the views and write its log."
  }

  assert {
    condition = alltrue(flatten([
      for policy in concat(values(aws_iam_role_policy.function), values(aws_iam_policy.caller)) : [
        for statement in jsondecode(policy.policy).Statement : [for resource in flatten([statement.Resource]) : startswith(resource, "arn:")]
      ]
    ]))
    error_message = "Every right is for a resource with a name."
  }

  assert {
    condition     = alltrue([for permission in aws_lambda_permission.api : permission.qualifier == "live" && endswith(permission.source_arn, "/*") && startswith(permission.source_arn, "arn:aws:execute-api:")])
    error_message = "Only this API may call the functions, and only their alias."
  }
}

run "with_tokens" {
  variables {
    jwt = { issuer = "https://issuer.example", audience = ["invoiceflow"], customer_claim = "customer_id", staff_claim = "scope=invoiceflow/staff" }
  }

  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.route : route.authorization_type == "JWT" && route.authorizer_id == aws_apigatewayv2_authorizer.jwt[0].id])
    error_message = "Every route asks for a token."
  }

  assert {
    condition = toset([for route in aws_apigatewayv2_route.page : route.route_key]) == toset(["GET /", "GET /page/{file}"]) && alltrue([
      for route in aws_apigatewayv2_route.page : route.authorization_type == "NONE"
    ])
    error_message = "The page's own files, and nothing else, are there for everybody."
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.route : strcontains(route.route_key, " /v1/") || route.route_key == "$default"]) && length(aws_apigatewayv2_route.route) == 11
    error_message = "All paths of the API are among the routes that ask for a token."
  }

  assert {
    condition = alltrue([
      for function in aws_lambda_function.api : function.environment[0].variables["CUSTOMER_CLAIM"] == "customer_id" && function.environment[0].variables["STAFF_CLAIM"] == "scope=invoiceflow/staff"
    ])
    error_message = "Both functions know which claims count."
  }
}

run "with_tokens_of_customers_only" {
  command = plan

  variables {
    jwt = { issuer = "https://issuer.example", audience = ["invoiceflow"], customer_claim = "customer_id", staff_claim = null }
  }

  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.api : !contains(keys(function.environment[0].variables), "STAFF_CLAIM")])
    error_message = "Without a claim of staff no token is staff's."
  }
}

run "with_shards" {
  variables {
    shards = 4
  }

  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = aws_kinesis_stream.lines.stream_mode_details[0].stream_mode == "PROVISIONED" && aws_kinesis_stream.lines.shard_count == 4
    error_message = "A number of shards makes a provisioned stream."
  }
}

run "without_a_build" {
  command = plan

  variables {
    functions = { ingest = { jar = "../no/such.jar" }, query = { jar = "tests/stand-in.jar" } }
  }

  module {
    source = "./modules/ingest"
  }

  expect_failures = [var.functions]
}

# The way in: HTTP API, a function for each direction, the stream.

locals {
  ingest_function = "${var.name}-ingest"
  query_function  = "${var.name}-query"

  # Name of each function's alias: the version that the API calls.
  alias = "live"
}

# A stream also has a record distribution strategy. What this project needs is USER_PARTITION_KEY: one invoice, one shard. It is the default of a new
# stream, and the provider (6.47.0) has no argument for it; an account whose default is AUTO must set it by hand.
resource "aws_kinesis_stream" "lines" {
  name             = "${var.name}-lines"
  shard_count      = var.shards
  retention_period = var.retention_hours
  encryption_type  = "KMS"
  # The account's own key of the service: whoever may use the stream needs no right on it.
  kms_key_id = "alias/aws/kinesis"

  stream_mode_details {
    stream_mode = var.shards == null ? "ON_DEMAND" : "PROVISIONED"
  }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${each.value.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name = each.value.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name = "work"
  role = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(each.value.statements, [{
      Sid      = "OwnLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.function[each.key].arn}:*"
    }])
  })
}

locals {
  # Which claims of a token count (Access in lambda-http). Without tokens nothing is said: API Gateway has let the caller through.
  claims = var.jwt == null ? {} : merge(
    { CUSTOMER_CLAIM = var.jwt.customer_claim },
    { for claim in compact([var.jwt.staff_claim]) : "STAFF_CLAIM" => claim },
  )

  functions = {
    ingest = {
      name        = local.ingest_function
      handler     = "org.invoiceflow.ingest.IngestHandler"
      jar         = var.functions.ingest.jar
      concurrency = var.reserved_concurrency.ingest
      environment = merge(local.claims, { STREAM_NAME = aws_kinesis_stream.lines.name })
      # PutRecordsCall and StreamHealth.
      statements = [{
        Sid      = "WriteLines"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecords", "kinesis:DescribeStreamSummary"]
        Resource = aws_kinesis_stream.lines.arn
      }]
    }
    query = {
      name        = local.query_function
      handler     = "org.invoiceflow.query.QueryHandler"
      jar         = var.functions.query.jar
      concurrency = var.reserved_concurrency.query
      environment = merge(local.claims, {
        INVOICES_TABLE  = var.views.invoices_table
        CUSTOMERS_TABLE = var.views.customers_table
      })
      # Pages; the index is read by HistoryQuery.
      statements = [{
        Sid      = "ReadViews"
        Effect   = "Allow"
        Action   = ["dynamodb:Query"]
        Resource = [var.views.invoices_table_arn, var.views.customers_table_arn, var.views.customers_index_arn]
      }]
    }
  }
}

resource "aws_lambda_function" "api" {
  for_each = local.functions

  function_name                  = each.value.name
  description                    = "${each.key} of ${var.name}: docs/openapi.yaml"
  role                           = aws_iam_role.function[each.key].arn
  runtime                        = var.runtime
  architectures                  = ["arm64"]
  handler                        = each.value.handler
  filename                       = each.value.jar
  source_code_hash               = filebase64sha256(each.value.jar)
  memory_size                    = var.memory_mb
  reserved_concurrent_executions = each.value.concurrency
  # Above the handlers' own limits, below the API's 30 s.
  timeout = 28
  publish = true

  snap_start {
    apply_on = "PublishedVersions"
  }

  environment {
    variables = each.value.environment
  }

  logging_config {
    # The handlers write their own JSON lines.
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
  }

  depends_on = [aws_iam_role_policy.function]
}

# The API calls a published version, never $LATEST: only versions have a snapshot to start from.
resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = local.alias
  description      = "What the API calls"
  function_name    = aws_lambda_function.api[each.key].function_name
  function_version = aws_lambda_function.api[each.key].version
}

resource "aws_lambda_permission" "api" {
  for_each = local.functions

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api[each.key].function_name
  qualifier     = aws_lambda_alias.live[each.key].name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*"
}

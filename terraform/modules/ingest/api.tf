# The HTTP API. docs/openapi.yaml is the contract: each of its paths and methods is a route, the others are routes so that the handlers can answer as
# it says (405 for another method, 404 for another path). No route that shows or takes data is without an authoriser.

locals {
  # The files of the page, which hold no data: a browser has no token before it has them. The page then asks the API with the token that its user gives
  # it. It cannot sign requests, so with IAM there is no page.
  page_routes = var.jwt == null ? toset([]) : toset(["GET /", "GET /page/{file}"])

  routes = merge(
    {
      "POST /v1/invoice-lines"                  = "ingest"
      "GET /v1/health"                          = "ingest"
      "GET /v1/invoices/{invoiceNo}"            = "query"
      "GET /v1/customers/{customerId}"          = "query"
      "GET /v1/customers/{customerId}/invoices" = "query"
    },
    {
      "ANY /v1/invoice-lines"                   = "ingest"
      "ANY /v1/health"                          = "ingest"
      "ANY /v1/invoices/{invoiceNo}"            = "query"
      "ANY /v1/customers/{customerId}"          = "query"
      "ANY /v1/customers/{customerId}/invoices" = "query"
      "$default"                                = "query"
    },
  )
}

resource "aws_apigatewayv2_api" "api" {
  name          = var.name
  description   = "Sends invoice lines in, reads invoices and customers out"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = local.functions

  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = aws_lambda_alias.live[each.key].invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 29000
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  count = var.jwt == null ? 0 : 1

  api_id           = aws_apigatewayv2_api.api.id
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.jwt.issuer
    audience = var.jwt.audience
  }
}

resource "aws_apigatewayv2_route" "route" {
  for_each = local.routes

  api_id             = aws_apigatewayv2_api.api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.function[each.value].id}"
  authorization_type = var.jwt == null ? "AWS_IAM" : "JWT"
  authorizer_id      = one(aws_apigatewayv2_authorizer.jwt[*].id)
}

resource "aws_apigatewayv2_route" "page" {
  for_each = local.page_routes

  api_id             = aws_apigatewayv2_api.api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.function["query"].id}"
  authorization_type = "NONE"
}

resource "aws_cloudwatch_log_group" "access" {
  # Under this prefix the account's one policy for log delivery does not grow with each API.
  name              = "/aws/vendedlogs/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    # The route, not the path: paths hold customers' ids.
    format = jsonencode({
      request_id          = "$context.requestId"
      time                = "$context.requestTime"
      source_ip           = "$context.identity.sourceIp"
      caller              = "$context.identity.caller"
      route               = "$context.routeKey"
      status              = "$context.status"
      response_bytes      = "$context.responseLength"
      latency_ms          = "$context.responseLatency"
      integration_status  = "$context.integrationStatus"
      integration_latency = "$context.integrationLatency"
      integration_error   = "$context.integrationErrorMessage"
      authorizer_error    = "$context.authorizer.error"
      error               = "$context.error.message"
    })
  }

  # Without detailed metrics, which are billed for each route: the access log has route, status and latency of each request.
  default_route_settings {
    throttling_rate_limit  = var.throttle.rate
    throttling_burst_limit = var.throttle.burst
  }
}

# For people and programs that may call the API, with IAM: attach one to their role.
resource "aws_iam_policy" "caller" {
  for_each = {
    sender = ["POST/v1/invoice-lines", "GET/v1/health"]
    reader = ["GET/v1/invoices/*", "GET/v1/customers/*"]
  }

  name        = "${var.name}-api-${each.key}"
  description = "May call the API of ${var.name} as a ${each.key}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["execute-api:Invoke"]
      Resource = [for path in each.value : "${aws_apigatewayv2_api.api.execution_arn}/$default/${path}"]
    }]
  })
}

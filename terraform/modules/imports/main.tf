# Runs the import application once, and says what became of it.
#
# Input: {"path": "s3://BUCKET/import/...", "mode": "import" (default) or "replay", "options": {further properties of the group source, such as
# "encoding"}}. The run's id is the execution's name. Output: the completion record, which the job's last commit writes as runs/RUN.json. Only the record
# is success: an application that failed or was stopped is READY too. What is done step by step stands in machine.asl.json.tftpl.

locals {
  state_machine     = "${var.name}-import"
  state_machine_arn = "arn:${var.partition}:states:${var.region}:${var.account}:stateMachine:${local.state_machine}"

  # All groups of Terraform, with those properties replaced that belong to the run: an update replaces all groups of the application.
  property_groups = concat(
    [for group, properties in var.application.properties : { PropertyGroupId = group, PropertyMap = properties } if !contains(["job", "source"], group)],
    [
      {
        PropertyGroupId = "job"
        PropertyMap     = merge(var.application.properties["job"], { mode = "{% $mode %}", "run.id" = "{% $run_id %}" })
      },
      {
        PropertyGroupId = "source"
        PropertyMap     = "{% $merge([${jsonencode({ for key, value in var.application.properties["source"] : key => value if key != "path" })}, $options, {'path': $path}]) %}"
      },
    ],
  )

  definition = templatefile("${path.module}/machine.asl.json.tftpl", {
    partition       = var.partition
    application     = var.application.name
    bucket          = var.bucket.name
    log_group       = var.application.log_group
    property_groups = jsonencode(local.property_groups)
    poll_seconds    = var.poll_seconds
    timeout_seconds = (var.max_hours + 2) * 3600
    max_hours       = var.max_hours
    max_seconds     = var.max_hours * 3600
    max_restarts    = var.max_restarts
  })
}

# Without a log group of its own: the history of an execution is kept for 90 days, and delivering logs takes rights that know no resource.
resource "aws_sfn_state_machine" "import" {
  name       = local.state_machine
  role_arn   = aws_iam_role.import.arn
  definition = local.definition

  depends_on = [aws_iam_role_policy.import]
}

resource "aws_iam_role" "import" {
  name = "${local.state_machine}-runner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account }
        ArnEquals    = { "aws:SourceArn" = local.state_machine_arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "import" {
  name = "work"
  role = aws_iam_role.import.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "RunApplication"
        Effect = "Allow"
        Action = [
          "kinesisanalytics:DescribeApplication",
          "kinesisanalytics:UpdateApplication",
          "kinesisanalytics:StartApplication",
          "kinesisanalytics:StopApplication",
        ]
        Resource = [var.application.arn]
      },
      {
        Sid       = "FindRecord"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.bucket.arn]
        Condition = { StringLike = { "s3:prefix" = "runs/*" } }
      },
      {
        Sid      = "ReadRecord"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket.arn}/runs/*"]
      },
      {
        Sid      = "FindReason"
        Effect   = "Allow"
        Action   = ["logs:FilterLogEvents"]
        Resource = ["${var.application.log_group_arn}:*"]
      },
      # CloudWatch's metrics are no resources.
      {
        Sid      = "CountRestarts"
        Effect   = "Allow"
        Action   = ["cloudwatch:GetMetricData"]
        Resource = ["*"]
      },
    ]
  })
}

# ---- the schedule ----

resource "aws_scheduler_schedule" "import" {
  count = var.schedule == null ? 0 : 1

  name                         = local.state_machine
  description                  = "Imports ${try(var.schedule.path, "")}"
  schedule_expression          = var.schedule.expression
  schedule_expression_timezone = var.schedule.timezone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.import.arn
    role_arn = aws_iam_role.schedule[0].arn
    input    = jsonencode({ path = var.schedule.path })

    retry_policy {
      maximum_retry_attempts       = 5
      maximum_event_age_in_seconds = 3600
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}

resource "aws_iam_role" "schedule" {
  count = var.schedule == null ? 0 : 1

  name = "${local.state_machine}-schedule"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  count = var.schedule == null ? 0 : 1

  name = "work"
  role = aws_iam_role.schedule[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "StartImport"
      Effect   = "Allow"
      Action   = ["states:StartExecution"]
      Resource = [local.state_machine_arn]
    }]
  })
}

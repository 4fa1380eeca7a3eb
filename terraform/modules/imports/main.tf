# Runs the import application once, and says what became of it.
#
# Input: {"path": "s3://BUCKET/import/...", "mode": "import" (default) or "replay", "options": {further properties of the group source, such as
# "encoding"}}. The run's id is the execution's name. Output: the completion record, which the job's last commit writes as runs/RUN.json. Only the record
# is success: an application that failed or was stopped is READY too.

locals {
  state_machine     = "${var.name}-import"
  state_machine_arn = "arn:${var.partition}:states:${var.region}:${var.account}:stateMachine:${local.state_machine}"

  bucket_url = "s3://${var.bucket.name}/"
  sdk        = "arn:${var.partition}:states:::aws-sdk"

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

  describe = { ApplicationName = var.application.name }

  # Reading changes nothing and may be repeated.
  read_retry = [{ ErrorEquals = ["States.TaskFailed"], IntervalSeconds = 5, MaxAttempts = 4, BackoffRate = 2 }]

  # What the application is doing, and for which run.
  seen = {
    status  = "{% $states.result.ApplicationDetail.ApplicationStatus %}"
    version = "{% $states.result.ApplicationDetail.ApplicationVersionId %}"
    # An expression without a value is an error, and before the first run there is no id.
    set_by    = "{% ($id := $states.result.ApplicationDetail.ApplicationConfigurationDescription.EnvironmentPropertyDescriptions.PropertyGroupDescriptions[PropertyGroupId = 'job'].PropertyMap.`run.id`; $exists($id) ? $id : 'none') %}"
    elapsed_s = "{% ($millis() - $started_at) / 1000 %}"
  }

  states = {
    CheckInput = {
      Type = "Choice"
      Choices = [{
        Condition = "{% $type($states.input.path) = 'string' and $substring($states.input.path, 0, ${length(local.bucket_url)}) = '${local.bucket_url}' and ($exists($states.input.mode) ? $states.input.mode in ['import', 'replay'] : true) and ($exists($states.input.options) ? $type($states.input.options) = 'object' : true) %}"
        Next      = "Remember"
      }]
      Default = "BadInput"
    }

    BadInput = {
      Type  = "Fail"
      Error = "BadInput"
      Cause = "The input is {\"path\": \"${local.bucket_url}import/...\"}; \"mode\" may be \"import\" or \"replay\", and \"options\" may hold further properties of the group source, such as {\"encoding\": \"windows-1252\"}."
    }

    Remember = {
      Type = "Pass"
      Assign = {
        path       = "{% $states.input.path %}"
        mode       = "{% $exists($states.input.mode) ? $states.input.mode : 'import' %}"
        options    = "{% $exists($states.input.options) ? $states.input.options : {} %}"
        run_id     = "{% $states.context.Execution.Name %}"
        started_at = "{% $millis() %}"
        reason     = ""
        found      = ""
        token      = ""
        pages      = 0
      }
      Next = "LookBefore"
    }

    LookBefore = {
      Type      = "Task"
      Resource  = "${local.sdk}:kinesisanalyticsv2:describeApplication"
      Arguments = local.describe
      Retry     = local.read_retry
      Assign    = local.seen
      Next      = "IsFree"
    }

    IsFree = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $status = 'READY' %}", Next = "SetRun" }]
      Default = "Refused"
    }

    Refused = {
      Type  = "Fail"
      Error = "AlreadyRunning"
      Cause = "{% 'The application ${var.application.name} is ' & $status & ' for run ' & $set_by & '. One import runs at a time: wait until it has ended, or stop it.' %}"
    }

    # Refused by the service if the application was changed since the look: of two runs that begin at once one goes on.
    SetRun = {
      Type     = "Task"
      Resource = "${local.sdk}:kinesisanalyticsv2:updateApplication"
      Arguments = {
        ApplicationName             = var.application.name
        CurrentApplicationVersionId = "{% $version %}"
        ApplicationConfigurationUpdate = {
          EnvironmentPropertyUpdates = { PropertyGroups = local.property_groups }
        }
      }
      Next = "AwaitUpdate"
    }

    AwaitUpdate = {
      Type    = "Wait"
      Seconds = 5
      Next    = "LookAfterUpdate"
    }

    LookAfterUpdate = {
      Type      = "Task"
      Resource  = "${local.sdk}:kinesisanalyticsv2:describeApplication"
      Arguments = local.describe
      Retry     = local.read_retry
      Assign    = local.seen
      Next      = "IsMine"
    }

    IsMine = {
      Type = "Choice"
      Choices = [
        { Condition = "{% $set_by != $run_id %}", Next = "Refused" },
        { Condition = "{% $status = 'READY' %}", Next = "Start" },
        { Condition = "{% $status = 'UPDATING' %}", Next = "AwaitUpdate" },
      ]
      Default = "Refused"
    }

    Start = {
      Type     = "Task"
      Resource = "${local.sdk}:kinesisanalyticsv2:startApplication"
      Arguments = {
        ApplicationName = var.application.name
        RunConfiguration = {
          ApplicationRestoreConfiguration = { ApplicationRestoreType = "SKIP_RESTORE_FROM_SNAPSHOT" }
        }
      }
      Assign = { started_at = "{% $millis() %}" }
      Next   = "Pause"
    }

    Pause = {
      Type    = "Wait"
      Seconds = var.poll_seconds
      Next    = "Look"
    }

    Look = {
      Type      = "Task"
      Resource  = "${local.sdk}:kinesisanalyticsv2:describeApplication"
      Arguments = local.describe
      Retry     = local.read_retry
      Assign    = local.seen
      Next      = "Judge"
    }

    Judge = {
      Type = "Choice"
      Choices = [
        {
          Condition = "{% $set_by != $run_id %}"
          Assign    = { reason = "{% 'The application was given to run ' & $set_by & ' meanwhile.' %}" }
          Next      = "Stop"
        },
        { Condition = "{% $status = 'READY' %}", Next = "FindRecord" },
        {
          Condition = "{% $elapsed_s > ${var.max_hours * 3600} %}"
          Assign    = { reason = "The run took longer than ${var.max_hours} hours and was stopped." }
          Next      = "Stop"
        },
      ]
      Default = "CountRestarts"
    }

    CountRestarts = {
      Type     = "Task"
      Resource = "${local.sdk}:cloudwatch:getMetricData"
      Arguments = {
        StartTime = "{% $fromMillis($started_at) %}"
        EndTime   = "{% $now() %}"
        MetricDataQueries = [{
          Id = "restarts"
          MetricStat = {
            Metric = {
              Namespace  = "AWS/KinesisAnalytics"
              MetricName = "fullRestarts"
              Dimensions = [{ Name = "Application", Value = var.application.name }]
            }
            Period = 60
            Stat   = "Maximum"
          }
        }]
      }
      Retry  = local.read_retry
      Assign = { restarts = "{% $max($append([0], $states.result.MetricDataResults[0].Values)) %}" }
      Next   = "IsRestarting"
    }

    IsRestarting = {
      Type = "Choice"
      Choices = [{
        Condition = "{% $restarts > ${var.max_restarts} %}"
        Assign    = { reason = "{% 'The job failed and was restarted ' & $string($restarts) & ' times; the run was stopped.' %}" }
        Next      = "Stop"
      }]
      Default = "Pause"
    }

    # The job ends by itself, so there is nothing to save.
    Stop = {
      Type      = "Task"
      Resource  = "${local.sdk}:kinesisanalyticsv2:stopApplication"
      Arguments = { ApplicationName = var.application.name, Force = true }
      # It may have ended in the same moment.
      Catch = [{ ErrorEquals = ["States.ALL"], Next = "FindReason" }]
      Next  = "FindReason"
    }

    # A list and not a look at the object: "there is none" is an answer here, not an error among others.
    FindRecord = {
      Type      = "Task"
      Resource  = "${local.sdk}:s3:listObjectsV2"
      Arguments = { Bucket = var.bucket.name, Prefix = "{% 'runs/' & $run_id & '.json' %}", MaxKeys = 1 }
      Retry     = local.read_retry
      Assign    = { records = "{% $states.result.KeyCount %}" }
      Next      = "HasRecord"
    }

    HasRecord = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $records > 0 %}", Next = "ReadRecord" }]
      Default = "EndedEarly"
    }

    ReadRecord = {
      Type      = "Task"
      Resource  = "${local.sdk}:s3:getObject"
      Arguments = { Bucket = var.bucket.name, Key = "{% 'runs/' & $run_id & '.json' %}" }
      Retry     = local.read_retry
      Output    = { run_id = "{% $run_id %}", path = "{% $path %}", mode = "{% $mode %}", record = "{% $parse($states.result.Body) %}" }
      Next      = "Done"
    }

    Done = { Type = "Succeed" }

    EndedEarly = {
      Type   = "Pass"
      Assign = { reason = "The job ended without its completion record: it could not start, failed or was stopped." }
      Next   = "FindReason"
    }

    # Few events, since a stack trace is long and a state holds 256 KB. A page may be empty though another follows. An event is JSON, in which the stack
    # trace's lines end with a backslash and an n: what stands before the last cause's backslash is its message.
    FindReason = {
      Type      = "Task"
      Resource  = "${local.sdk}:cloudwatchlogs:filterLogEvents"
      Arguments = "{% $merge([{'LogGroupName': '${var.application.log_group}', 'StartTime': $started_at, 'FilterPattern': '?Exception ?\"Caused by\"', 'Limit': 5}, $token = '' ? {} : {'NextToken': $token}]) %}"
      Retry     = local.read_retry
      Assign = {
        found = "{% ($message := $append([], $states.result.Events.Message)[-1]; $parts := $split($message, 'Caused by: '); $exists($message) ? ($count($parts) > 1 ? $substring($substringBefore($parts[-1], '\\\\'), 0, 1000) : $substring($message, 0, 1000)) : '') %}"
        token = "{% $exists($states.result.NextToken) ? $states.result.NextToken : '' %}"
        pages = "{% $pages + 1 %}"
      }
      Catch = [{ ErrorEquals = ["States.ALL"], Next = "Failed" }]
      Next  = "HasReason"
    }

    HasReason = {
      Type    = "Choice"
      Choices = [{ Condition = "{% $found = '' and $token != '' and $pages < 20 %}", Next = "FindReason" }]
      Default = "Failed"
    }

    Failed = {
      Type  = "Fail"
      Error = "ImportFailed"
      Cause = "{% $reason & ($found = '' ? ' The log names no reason.' : ' The log says: ' & $found) & ' (log group ${var.application.log_group} since ' & $fromMillis($started_at) & '.) What was stored is right: run it again when the cause is mended.' %}"
    }
  }

  definition = jsonencode({
    Comment        = "One run of ${var.application.name}"
    QueryLanguage  = "JSONata"
    StartAt        = "CheckInput"
    TimeoutSeconds = (var.max_hours + 2) * 3600
    States         = local.states
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

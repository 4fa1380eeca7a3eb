# What calls a person. Each description ends with its section of the runbook in docs/operations.md.
#
# An alarm here is one of two kinds: a metric, or an expression of one metric, which is called m in it.
#
# DIFF(FILL(m, 0)) is how much a counter of the service has grown. Without FILL the first value has nothing before it, and what was counted before it,
# such as the restarts of the first five minutes, would never ring. The price: five minutes without any value, after which the counter goes on where
# it was, look like growth. A job that was stopped, updated or scaled begins at 0 and does not.

locals {
  # A planned restart (an update, a change of scale, the service's maintenance) takes less than a minute and is passed over.
  job_alarms = {
    downtime = {
      description = "The stream application is not running: nobody reads the stream."
      metric      = { namespace = local.flink, name = local.service_metrics.downtime, dimensions = local.of_application.stream, stat = "Maximum" }
      period      = 60, threshold = 0, periods = 5, of_them = 3
      # A stopped application sends nothing.
      missing = "breaching"
    }

    restarts = {
      description = "The job failed and was restarted by Flink."
      metric      = { namespace = local.flink, name = local.service_metrics.restarts, dimensions = local.of_application.stream, stat = "Maximum" }
      expression  = "DIFF(FILL(m, 0))"
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    }

    failed-checkpoints = {
      description = "A checkpoint failed. While none completes nothing reaches lake and warehouse, and a restart begins further back."
      metric      = { namespace = local.flink, name = local.service_metrics.failed_checkpoints, dimensions = local.of_application.stream, stat = "Maximum" }
      expression  = "DIFF(FILL(m, 0))"
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    }

    checkpoint-duration = {
      description = "Checkpoints take longer than ${var.limits.checkpoint_seconds} s."
      metric      = { namespace = local.flink, name = local.service_metrics.checkpoint_duration, dimensions = local.of_application.stream, stat = "Maximum" }
      period      = 300, threshold = var.limits.checkpoint_seconds * 1000, periods = 3, of_them = 3, missing = "notBreaching"
    }

    # Measured by Kinesis where records are taken from it: the job's own millisBehindLatest stays where it was while a job hangs. Nobody else reads
    # the stream, so no data says that nobody reads it.
    lag = {
      description = "The job is behind by ${var.limits.lag_share * 100} % of what the stream keeps, or does not read it. What is older than ${var.stream.retention_hours} h is lost."
      metric      = { namespace = "AWS/Kinesis", name = "GetRecords.IteratorAgeMilliseconds", dimensions = local.of_stream, stat = "Maximum" }
      period      = 300, threshold = var.stream.retention_hours * 3600 * 1000 * var.limits.lag_share, periods = 3, of_them = 3, missing = "breaching"
    }

    send-errors = {
      description = "DynamoDB does not take items of the views; the job repeats them."
      metric      = { namespace = local.flink, name = local.job_metrics.view_put_errors, dimensions = local.of_application.stream, stat = "Maximum" }
      expression  = "m * ${local.meter_seconds}"
      period      = 300, threshold = 0, periods = 3, of_them = 2, missing = "notBreaching"
    }
  }

  line_alarms = merge([for key in ["stream", "import"] : {
    "${key == "stream" ? "" : "import-"}rejected-lines" = {
      description = "More than ${var.limits.rejected_lines} lines in five minutes broke a rule in the ${key} and stand in rejected/."
      metric      = { namespace = local.flink, name = local.job_metrics.rejected, dimensions = local.of_application[key], stat = "Maximum" }
      expression  = "m * ${local.meter_seconds}"
      period      = 300, threshold = var.limits.rejected_lines, periods = 1, of_them = 1, missing = "notBreaching"
    }

    "${key == "stream" ? "" : "import-"}conflicts" = {
      description = "More than ${var.limits.conflicts} lines in five minutes contradict stored ones in the ${key} and stand in rejected/."
      metric      = { namespace = local.flink, name = local.job_metrics.conflicts, dimensions = local.of_application[key], stat = "Maximum" }
      expression  = "m * ${local.meter_seconds}"
      period      = 300, threshold = var.limits.conflicts, periods = 1, of_them = 1, missing = "notBreaching"
    }
  }]...)

  # Of the warehouse, where there is one.
  warehouse_alarms = { for key, alarm in {
    warehouse-age = {
      description = "Lines have waited for their load into the warehouse for more than ${var.limits.warehouse_age_minutes} minutes."
      metric      = { namespace = local.flink, name = local.job_metrics.oldest_waiting, dimensions = local.of_application.stream, stat = "Maximum" }
      period      = 300, threshold = var.limits.warehouse_age_minutes * 60 * 1000, periods = 2, of_them = 2, missing = "notBreaching"
    }

    load-failures = {
      description = "Loads into the warehouse fail; the job repeats them."
      metric      = { namespace = local.flink, name = local.job_metrics.loads_failed, dimensions = local.of_application.stream, stat = "Maximum" }
      expression  = "m * ${local.meter_seconds}"
      period      = 300, threshold = 0, periods = 3, of_them = 2, missing = "notBreaching"
    }

    differing-lines = {
      description = "The warehouse has lines with other content than the views."
      metric      = { namespace = local.flink, name = local.job_metrics.differing_in_load, dimensions = local.of_application.stream, stat = "Maximum" }
      expression  = "m * ${local.meter_seconds}"
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    }
  } : key => alarm if var.workgroup != null }

  import_alarms = {
    import-failed = {
      description = "A run of the import failed or was refused; its execution says why."
      metric      = { namespace = "AWS/States", name = "ExecutionsFailed", dimensions = { StateMachineArn = var.import_state_machine_arn }, stat = "Sum" }
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    }

    import-timed-out = {
      description = "A run of the import did not come to an end, and its application may still run."
      metric      = { namespace = "AWS/States", name = "ExecutionsTimedOut", dimensions = { StateMachineArn = var.import_state_machine_arn }, stat = "Sum" }
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    }
  }

  # Bad input is no error of a function: it answers with a 4xx.
  api_alarms = merge(
    {
      api-errors = {
        description = "The API answers with 5xx: a function fails, or what it needs does not answer."
        metric      = { namespace = "AWS/ApiGateway", name = "5xx", dimensions = local.of_api, stat = "Sum" }
        period      = 300, threshold = 0, periods = 3, of_them = 2, missing = "notBreaching"
      }
    },
    { for key, dimensions in local.of_function : "${key}-errors" => {
      description = "Calls of the ${key} function fail, run out of time or of memory."
      metric      = { namespace = "AWS/Lambda", name = "Errors", dimensions = dimensions, stat = "Sum" }
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    } },
    { for key, dimensions in local.of_function : "${key}-throttles" => {
      description = "Calls of the ${key} function are refused: too many run at once."
      metric      = { namespace = "AWS/Lambda", name = "Throttles", dimensions = dimensions, stat = "Sum" }
      period      = 300, threshold = 0, periods = 1, of_them = 1, missing = "notBreaching"
    } },
  )

  # Writers and readers repeat what is throttled: single cases do no harm.
  throttle_alarms = merge(
    { for key, name in { write = "WriteProvisionedThroughputExceeded", read = "ReadProvisionedThroughputExceeded" } : "stream-${key}-throttles" => {
      description              = "The stream's shards are too few for what ${key == "write" ? "comes in" : "the job reads"}."
      metric                   = { namespace = "AWS/Kinesis", name = name, dimensions = local.of_stream, stat = "Sum" }
      period                   = 300, threshold = 0, periods = 3, of_them = 3, missing = "notBreaching"
    } },
    [for key, name in { write = "WriteThrottleEvents", read = "ReadThrottleEvents" } : { for table, dimensions in local.of_table : "${table}-${key}-throttles" => {
      description = "DynamoDB throttles ${key}s of the ${table} view."
      metric      = { namespace = "AWS/DynamoDB", name = name, dimensions = dimensions, stat = "Sum" }
      period      = 300, threshold = 0, periods = 3, of_them = 2, missing = "notBreaching"
    } }]...
  )

  alarms = merge(local.job_alarms, local.line_alarms, local.warehouse_alarms, local.import_alarms, local.api_alarms, local.throttle_alarms)
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.description} What to do: docs/operations.md, ${each.key}."
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.of_them
  treat_missing_data  = each.value.missing
  actions_enabled     = var.actions_enabled
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  # Of a plain metric.
  namespace   = can(each.value.expression) ? null : each.value.metric.namespace
  metric_name = can(each.value.expression) ? null : each.value.metric.name
  dimensions  = can(each.value.expression) ? null : each.value.metric.dimensions
  statistic   = can(each.value.expression) ? null : each.value.metric.stat
  period      = can(each.value.expression) ? null : each.value.period

  dynamic "metric_query" {
    for_each = can(each.value.expression) ? [each.value.expression] : []

    content {
      id          = "value"
      expression  = metric_query.value
      label       = each.key
      return_data = true
    }
  }

  dynamic "metric_query" {
    for_each = can(each.value.expression) ? [each.value.metric] : []

    content {
      id = "m"

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = each.value.period
      }
    }
  }
}

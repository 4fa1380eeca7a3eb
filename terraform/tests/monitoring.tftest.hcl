# Alarms, where they go, and the dashboard.

mock_provider "aws" {
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:000000000000:inv-alarms" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:000000000000:key/mock" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:eu-central-1:000000000000:alarm:mock" }
  }
}

variables {
  name            = "inv"
  region          = "eu-central-1"
  account         = "000000000000"
  partition       = "aws"
  emails          = ["ops@example.com"]
  actions_enabled = true
  limits = {
    rejected_lines        = 0
    conflicts             = 0
    warehouse_age_minutes = 60
    checkpoint_seconds    = 30
    lag_share             = 0.25
  }
  api_id                   = "api"
  functions                = { ingest = "inv-ingest", query = "inv-query" }
  stream                   = { name = "inv-lines", retention_hours = 168 }
  applications             = { stream = "inv-stream", import = "inv-import" }
  import_state_machine_arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:inv-import"
  tables                   = { invoices = "inv-invoices", customers = "inv-customers" }
  workgroup                = "inv"
}

run "alarms" {
  module {
    source = "./modules/monitoring"
  }

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.alarm)) == toset([
      "downtime", "restarts", "failed-checkpoints", "checkpoint-duration", "lag", "rejected-lines", "conflicts", "send-errors",
      "warehouse-age", "load-failures", "differing-lines",
      "import-failed", "import-timed-out", "import-rejected-lines", "import-conflicts",
      "api-errors", "ingest-errors", "ingest-throttles", "query-errors", "query-throttles",
      "stream-write-throttles", "stream-read-throttles",
      "invoices-write-throttles", "invoices-read-throttles", "customers-write-throttles", "customers-read-throttles",
    ])
    error_message = "There is an alarm for everything that a person must know."
  }

  assert {
    condition = alltrue([
      for alarm in values(aws_cloudwatch_metric_alarm.alarm) :
      alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && alarm.ok_actions == toset([aws_sns_topic.alarms.arn]) && alarm.actions_enabled
    ])
    error_message = "Every alarm is sent to the topic, and its end too."
  }

  assert {
    condition = [for key, alarm in aws_cloudwatch_metric_alarm.alarm : key if alarm.treat_missing_data == "breaching"] == ["downtime", "lag"] && alltrue([
      for key, alarm in aws_cloudwatch_metric_alarm.alarm : contains(["downtime", "lag"], key) || alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "No data about the running job is an alarm, no data about errors is none."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["lag"].threshold == 42 * 3600 * 1000 && aws_cloudwatch_metric_alarm.alarm["lag"].dimensions == tomap({ StreamName = "inv-lines" })
    error_message = "The job may be behind by a quarter of the 168 hours that the stream keeps."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["warehouse-age"].threshold == 3600000 && aws_cloudwatch_metric_alarm.alarm["checkpoint-duration"].threshold == 30000
    error_message = "Limits are handed on in milliseconds."
  }

  # A counter of the service rises only, so that its value says nothing about now.
  assert {
    condition = alltrue([
      for key in ["restarts", "failed-checkpoints"] : [for query in aws_cloudwatch_metric_alarm.alarm[key].metric_query : query.expression if query.return_data == true] == ["DIFF(FILL(m, 0))"]
    ])
    error_message = "Counters are watched for their growth, from the first value on."
  }

  assert {
    condition = alltrue([
      for alarm in values(aws_cloudwatch_metric_alarm.alarm) : length(alarm.metric_query) == 0 ? alarm.metric_name != null && alarm.period != null : (
        alarm.metric_name == null && length([for query in alarm.metric_query : query if query.return_data == true]) == 1 && length([for query in alarm.metric_query : query if length(query.metric) == 1]) == 1
      )
    ])
    error_message = "An alarm has one metric, or an expression of one."
  }

  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.alarm : alarm.alarm_name == "inv-${key}" && endswith(alarm.alarm_description, "docs/operations.md, ${key}.")])
    error_message = "Every alarm says what it means and where the runbook has it."
  }
}

# The names that the job gives to its metrics, read from its code; the rest is the service's own.
run "metrics_that_there_are" {
  module {
    source = "./modules/monitoring"
  }

  assert {
    condition = length(setsubtract(
      toset(values(output.job_metrics)),
      toset(flatten(regexall("String [A-Z_]+\\s*=\\s*\"(\\w+)\"", file("../flink-job/src/main/java/org/invoiceflow/job/metrics/JobMetrics.java")))),
    )) == 0
    error_message = "Alarms and dashboard look at metrics that the job does not publish: ${join(", ", setsubtract(toset(values(output.job_metrics)), toset(flatten(regexall("String [A-Z_]+\\s*=\\s*\"(\\w+)\"", file("../flink-job/src/main/java/org/invoiceflow/job/metrics/JobMetrics.java"))))))}."
  }

  assert {
    condition = length(setsubtract(
      toset(concat(
        [for alarm in values(aws_cloudwatch_metric_alarm.alarm) : alarm.metric_name if alarm.namespace == "AWS/KinesisAnalytics"],
        flatten([for alarm in values(aws_cloudwatch_metric_alarm.alarm) : [for query in alarm.metric_query : [for metric in query.metric : metric.metric_name if metric.namespace == "AWS/KinesisAnalytics"]]]),
        flatten([for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : [for metric in try(widget.properties.metrics, []) : metric[1] if metric[0] == "AWS/KinesisAnalytics"]]),
      )),
      toset(concat(values(output.job_metrics), values(output.service_metrics))),
    )) == 0
    error_message = "Every metric of the applications stands in metrics.tf."
  }

  # https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html, level Application
  assert {
    condition = length(setsubtract(toset(values(output.service_metrics)), toset([
      "cpuUtilization", "containerCPUUtilization", "containerMemoryUtilization", "containerDiskUtilization", "heapMemoryUtilization", "oldGenerationGCCount", "oldGenerationGCTime",
      "threadsCount", "lastCheckpointDuration", "lastCheckpointSize", "numberOfFailedCheckpoints", "downtime", "uptime", "fullRestarts", "KPUs", "numRecordsIn", "numRecordsInPerSecond",
      "numRecordsOut", "numRecordsOutPerSecond", "numLateRecordsDropped", "currentInputWatermark", "currentOutputWatermark", "managedMemoryUsed", "managedMemoryTotal",
      "managedMemoryUtilization", "millisBehindLatest", "bytesRequestedPerFetch",
    ]))) == 0
    error_message = "The service publishes these for an application with Flink 1.20."
  }
}

# Headings of a runbook are small letters, several alarms with commas between them; other headings begin with a capital.
run "runbook" {
  module {
    source = "./modules/monitoring"
  }

  assert {
    condition = toset(keys(output.alarms)) == toset(flatten([
      for heading in regexall("(?m)^### ([a-z][a-z, -]*)$", file("../docs/operations.md")) : split(", ", heading[0])
    ]))
    error_message = "docs/operations.md has a section for each alarm, and for no other: ${join(", ", setsubtract(toset(keys(output.alarms)), toset(flatten([
      for heading in regexall("(?m)^### ([a-z][a-z, -]*)$", file("../docs/operations.md")) : split(", ", heading[0])
    ]))))} have none."
  }

  assert {
    condition     = can(regex("\n[|] `alarms` [|] ${length(output.alarms)} [|]", file("../docs/cost.md")))
    error_message = "docs/cost.md reckons with another number of alarms than the ${length(output.alarms)} that there are."
  }
}

run "topic" {
  module {
    source = "./modules/monitoring"
  }

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == aws_kms_key.alarms.arn && aws_kms_key.alarms.enable_key_rotation
    error_message = "The topic is encrypted with a key that is rotated."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement :
      statement.Principal.Service == "cloudwatch.amazonaws.com" && statement.Condition.StringEquals["aws:SourceAccount"] == "000000000000" if statement.Effect == "Allow"
      ]) && anytrue([
      for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement : statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"] == "false", false)
    ])
    error_message = "Only alarms of this account are sent to the topic, and only by TLS."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_kms_key.alarms.policy).Statement :
      try(statement.Principal.Service == "cloudwatch.amazonaws.com", false) && try(toset(statement.Action) == toset(["kms:Decrypt", "kms:GenerateDataKey"]), false)
    ])
    error_message = "CloudWatch may use the topic's key, or its alarms would be dropped."
  }

  assert {
    condition     = [for subscription in values(aws_sns_topic_subscription.email) : [subscription.protocol, subscription.endpoint]] == [["email", "ops@example.com"]]
    error_message = "The addresses are subscribed."
  }
}

run "dashboard" {
  module {
    source = "./modules/monitoring"
  }

  assert {
    condition = [
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : trimsuffix(widget.properties.markdown, " →") if widget.type == "text"
    ] == ["### API", "### Ingest function", "### Stream", "### Job", "### Views", "### Warehouse"]
    error_message = "The pipeline stands from left to right."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : widget.x + widget.width <= 24])
    error_message = "A dashboard has 24 columns."
  }

  # Cells of the grid: as many different ones as all widgets together have.
  assert {
    condition = length(distinct(flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : [
        for x in range(widget.x, widget.x + widget.width) : [for y in range(widget.y, widget.y + widget.height) : "${x},${y}"]
      ]
    ]))) == sum([for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : widget.width * widget.height])
    error_message = "No widget covers another."
  }

  assert {
    condition = alltrue(flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : [
        for metric in try(widget.properties.metrics, []) : can(metric[0].expression) ? length(metric) == 1 : (
          length(metric) % 2 == 1 && can(metric[length(metric) - 1].stat) && alltrue([for part in slice(metric, 0, length(metric) - 1) : try(length(part) > 0, false)])
        )
      ]
    ]))
    error_message = "A metric has a namespace, a name, pairs of dimensions, and options; or it is an expression."
  }

  # Of each of the four snapshots that the service takes in a minute there is a value.
  assert {
    condition = alltrue(flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : [
        for metric in try(widget.properties.metrics, []) : !try(metric[length(metric) - 1].visible, true) && length([
          for other in widget.properties.metrics : other if try(other[0].expression, "") == "${metric[length(metric) - 1].id} * 15 / PERIOD(${metric[length(metric) - 1].id})"
        ]) == 1 if try(metric[0] == "AWS/KinesisAnalytics" && metric[length(metric) - 1].stat == "Sum", false)
      ]
    ])) && strcontains(aws_cloudwatch_dashboard.pipeline.dashboard_body, "PERIOD(m0)")
    error_message = "A sum of the job's rates is shown as a mean over the snapshots of the period."
  }
}

run "without_warehouse" {
  variables {
    workgroup = null
  }

  module {
    source = "./modules/monitoring"
  }

  assert {
    condition     = !anytrue([for key in keys(aws_cloudwatch_metric_alarm.alarm) : contains(["warehouse-age", "load-failures", "differing-lines"], key)])
    error_message = "Without a warehouse nothing waits for it."
  }

  assert {
    condition     = !strcontains(aws_cloudwatch_dashboard.pipeline.dashboard_body, "arehouse") && !strcontains(aws_cloudwatch_dashboard.pipeline.dashboard_body, "Redshift")
    error_message = "Without a warehouse the dashboard does not show one."
  }
}

run "muted" {
  variables {
    actions_enabled = false
    emails          = []
  }

  module {
    source = "./modules/monitoring"
  }

  assert {
    condition     = !anytrue([for alarm in values(aws_cloudwatch_metric_alarm.alarm) : alarm.actions_enabled]) && length(aws_sns_topic_subscription.email) == 0
    error_message = "Alarms can be muted."
  }
}

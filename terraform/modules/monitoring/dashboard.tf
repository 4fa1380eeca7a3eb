# The pipeline from left to right: a column for each thing that a line comes through, and below each other how much comes, how late it is, and what goes
# wrong. Then the way back out, and imports.

locals {
  ways = concat(local.way_in, local.way_to_warehouse)

  way_in = [
    {
      title = "API"
      much  = { title = "Requests a minute", metrics = [{ namespace = "AWS/ApiGateway", name = "Count", dimensions = local.of_api, stat = "Sum", label = "all" }] }
      late = { title = "Latency, ms", metrics = [
        { namespace = "AWS/ApiGateway", name = "Latency", dimensions = local.of_api, stat = "p50", label = "median" },
        { namespace = "AWS/ApiGateway", name = "Latency", dimensions = local.of_api, stat = "p99", label = "99 %" },
      ] }
      wrong = { title = "Refused and failed", metrics = [
        { namespace = "AWS/ApiGateway", name = "4xx", dimensions = local.of_api, stat = "Sum", label = "4xx" },
        { namespace = "AWS/ApiGateway", name = "5xx", dimensions = local.of_api, stat = "Sum", label = "5xx" },
      ] }
    },
    {
      title = "Ingest function"
      much  = { title = "Calls a minute", metrics = [{ namespace = "AWS/Lambda", name = "Invocations", dimensions = local.of_function.ingest, stat = "Sum", label = "calls" }] }
      late = { title = "Duration, ms", metrics = [
        { namespace = "AWS/Lambda", name = "Duration", dimensions = local.of_function.ingest, stat = "p50", label = "median" },
        { namespace = "AWS/Lambda", name = "Duration", dimensions = local.of_function.ingest, stat = "p99", label = "99 %" },
      ] }
      wrong = { title = "Errors and throttles", metrics = [
        { namespace = "AWS/Lambda", name = "Errors", dimensions = local.of_function.ingest, stat = "Sum", label = "errors" },
        { namespace = "AWS/Lambda", name = "Throttles", dimensions = local.of_function.ingest, stat = "Sum", label = "throttles" },
      ] }
    },
    {
      title = "Stream"
      much = { title = "Records a minute", metrics = [
        { namespace = "AWS/Kinesis", name = "IncomingRecords", dimensions = local.of_stream, stat = "Sum", label = "in" },
        { namespace = "AWS/Kinesis", name = "GetRecords.Records", dimensions = local.of_stream, stat = "Sum", label = "out" },
      ] }
      late = { title = "Lag, ms", limit = local.alarms.lag.threshold, metrics = [
        { namespace = "AWS/Kinesis", name = "GetRecords.IteratorAgeMilliseconds", dimensions = local.of_stream, stat = "Maximum", label = "by Kinesis" },
        # The service's dimensions of a source's lag, at the metrics level APPLICATION.
        { namespace = local.flink, name = local.service_metrics.lag, dimensions = merge(local.of_application.stream, { Id = var.stream.name, Flow = "Input" }), stat = "Maximum", label = "by the job" },
      ] }
      wrong = { title = "Throttles", metrics = [
        { namespace = "AWS/Kinesis", name = "WriteProvisionedThroughputExceeded", dimensions = local.of_stream, stat = "Sum", label = "writes" },
        { namespace = "AWS/Kinesis", name = "ReadProvisionedThroughputExceeded", dimensions = local.of_stream, stat = "Sum", label = "reads" },
      ] }
    },
    {
      title = "Job"
      much = { title = "Lines a second", metrics = [
        { namespace = local.flink, name = local.job_metrics.read, dimensions = local.of_application.stream, stat = "Sum", label = "read" },
        { namespace = local.flink, name = local.job_metrics.accepted, dimensions = local.of_application.stream, stat = "Sum", label = "accepted" },
        { namespace = local.flink, name = local.job_metrics.duplicates, dimensions = local.of_application.stream, stat = "Sum", label = "duplicate" },
        { namespace = local.flink, name = local.job_metrics.rejected, dimensions = local.of_application.stream, stat = "Sum", label = "rejected" },
        { namespace = local.flink, name = local.job_metrics.conflicts, dimensions = local.of_application.stream, stat = "Sum", label = "in conflict" },
      ] }
      late = { title = "Last checkpoint, ms", limit = local.alarms.checkpoint-duration.threshold, metrics = [
        { namespace = local.flink, name = local.service_metrics.checkpoint_duration, dimensions = local.of_application.stream, stat = "Maximum", label = "duration" },
      ] }
      wrong = { title = "Restarts and failed checkpoints", metrics = [
        { namespace = local.flink, name = local.service_metrics.restarts, dimensions = local.of_application.stream, stat = "Maximum", label = "restarts" },
        { namespace = local.flink, name = local.service_metrics.failed_checkpoints, dimensions = local.of_application.stream, stat = "Maximum", label = "failed checkpoints" },
        { namespace = local.flink, name = local.service_metrics.downtime, dimensions = local.of_application.stream, stat = "Maximum", label = "downtime, ms", right = true },
      ] }
    },
    {
      title = "Views"
      much = { title = "Items a second", metrics = [
        { namespace = local.flink, name = local.job_metrics.view_writes, dimensions = local.of_application.stream, stat = "Sum", label = "by the job" },
      ] }
      late = { title = "Batches, ms", metrics = [for table, dimensions in local.of_table :
        { namespace = "AWS/DynamoDB", name = "SuccessfulRequestLatency", dimensions = merge(dimensions, { Operation = "BatchWriteItem" }), stat = "Average", label = table }
      ] }
      wrong = { title = "Throttles and errors", metrics = concat(
        [for table, dimensions in local.of_table : { namespace = "AWS/DynamoDB", name = "WriteThrottleEvents", dimensions = dimensions, stat = "Sum", label = "${table}, writes" }],
        [for table, dimensions in local.of_table : { namespace = "AWS/DynamoDB", name = "ReadThrottleEvents", dimensions = dimensions, stat = "Sum", label = "${table}, reads" }],
        [{ namespace = local.flink, name = local.job_metrics.view_put_errors, dimensions = local.of_application.stream, stat = "Sum", label = "puts not taken, a second", right = true }],
      ) }
    },
  ]

  way_to_warehouse = [for way in [{
    title = "Warehouse"
    much = { title = "Lines a second", metrics = [
      { namespace = local.flink, name = local.job_metrics.lines_loaded, dimensions = local.of_application.stream, stat = "Sum", label = "loaded" },
      { namespace = "AWS/Redshift-Serverless", name = "ComputeSeconds", dimensions = { Workgroup = coalesce(var.workgroup, "none") }, stat = "Sum", label = "RPU seconds a minute", right = true },
    ] }
    late = { title = "Age, ms", limit = var.limits.warehouse_age_minutes * 60 * 1000, metrics = [
      { namespace = local.flink, name = local.job_metrics.oldest_waiting, dimensions = local.of_application.stream, stat = "Maximum", label = "oldest that waits" },
      { namespace = local.flink, name = local.job_metrics.newest_loaded, dimensions = local.of_application.stream, stat = "Maximum", label = "newest that is loaded" },
    ] }
    wrong = { title = "Failed loads, differing lines, a second", metrics = [
      { namespace = local.flink, name = local.job_metrics.loads_failed, dimensions = local.of_application.stream, stat = "Sum", label = "failed loads" },
      { namespace = local.flink, name = local.job_metrics.differing_in_load, dimensions = local.of_application.stream, stat = "Sum", label = "differing lines" },
    ] }
  }] : way if var.workgroup != null]

  # Below the pipeline, in one row.
  others = [
    { title = "Reading: calls a minute", metrics = [
      { namespace = "AWS/Lambda", name = "Invocations", dimensions = local.of_function.query, stat = "Sum", label = "calls" },
      { namespace = "AWS/Lambda", name = "Errors", dimensions = local.of_function.query, stat = "Sum", label = "errors" },
      { namespace = "AWS/Lambda", name = "Throttles", dimensions = local.of_function.query, stat = "Sum", label = "throttles" },
    ] },
    { title = "Reading: duration, ms", metrics = [
      { namespace = "AWS/Lambda", name = "Duration", dimensions = local.of_function.query, stat = "p50", label = "median" },
      { namespace = "AWS/Lambda", name = "Duration", dimensions = local.of_function.query, stat = "p99", label = "99 %" },
    ] },
    { title = "Stream application: load, %", metrics = [
      { namespace = local.flink, name = local.service_metrics.cpu, dimensions = local.of_application.stream, stat = "Maximum", label = "processor" },
      { namespace = local.flink, name = local.service_metrics.heap, dimensions = local.of_application.stream, stat = "Maximum", label = "heap" },
    ] },
    { title = "Stream application: size", metrics = [
      { namespace = local.flink, name = local.service_metrics.checkpoint_size, dimensions = local.of_application.stream, stat = "Maximum", label = "checkpoint, bytes" },
      { namespace = local.flink, name = local.service_metrics.kpus, dimensions = local.of_application.stream, stat = "Maximum", label = "KPUs", right = true },
    ] },
    { title = "Imports: runs", metrics = [for metric, label in { ExecutionsStarted = "started", ExecutionsSucceeded = "succeeded", ExecutionsFailed = "failed", ExecutionsTimedOut = "timed out" } :
      { namespace = "AWS/States", name = metric, dimensions = { StateMachineArn = var.import_state_machine_arn }, stat = "Sum", label = label }
    ] },
    { title = "Imports: lines a second", metrics = [
      { namespace = local.flink, name = local.job_metrics.read, dimensions = local.of_application.import, stat = "Sum", label = "read" },
      { namespace = local.flink, name = local.job_metrics.accepted, dimensions = local.of_application.import, stat = "Sum", label = "accepted" },
      { namespace = local.flink, name = local.job_metrics.rejected, dimensions = local.of_application.import, stat = "Sum", label = "rejected" },
      { namespace = local.flink, name = local.job_metrics.conflicts, dimensions = local.of_application.import, stat = "Sum", label = "in conflict" },
    ] },
  ]

  # ---- where what stands: a grid of 24 columns ----

  rows = ["much", "late", "wrong"]

  titles = [for place, way in local.ways : {
    type       = "text", x = 4 * place, y = 4, width = 4, height = 1
    properties = { markdown = "### ${way.title}${place < length(local.ways) - 1 ? " →" : ""}", background = "transparent" }
  }]

  graphs = concat(
    flatten([for place, way in local.ways : [for row, key in local.rows : { x = 4 * place, y = 5 + 5 * row, graph = way[key] }]]),
    [for place, graph in local.others : { x = 4 * place, y = 20, graph = graph }],
  )

  widgets = concat(
    [{
      type       = "alarm", x = 0, y = 0, width = 24, height = 4
      properties = { title = "Alarms of ${var.name}", sortBy = "stateUpdatedTimestamp", alarms = [for alarm in aws_cloudwatch_metric_alarm.alarm : alarm.arn] }
    }],
    local.titles,
    [for at in local.graphs : {
      type = "metric", x = at.x, y = at.y, width = 4, height = 5
      properties = {
        title  = at.graph.title
        region = var.region
        view   = "timeSeries"
        period = 60
        yAxis  = { left = { min = 0, showUnits = false }, right = { min = 0, showUnits = false } }
        annotations = { horizontal = [for limit in try([at.graph.limit], []) : {
          value = limit, label = "alarm", color = "#d62728"
        }] }
        metrics = concat(
          [for metric in at.graph.metrics : concat(
            [metric.namespace, metric.name],
            flatten([for key, value in metric.dimensions : [key, value]]),
            [{ stat = metric.stat, label = metric.label, yAxis = try(metric.right, false) ? "right" : "left" }],
          ) if !(metric.namespace == local.flink && metric.stat == "Sum")],
          # A sum of the job's rates, of which each subtask sends several values in a period.
          [for place, metric in at.graph.metrics : concat(
            [metric.namespace, metric.name],
            flatten([for key, value in metric.dimensions : [key, value]]),
            [{ stat = metric.stat, id = "m${place}", visible = false }],
          ) if metric.namespace == local.flink && metric.stat == "Sum"],
          [for place, metric in at.graph.metrics : [
            { expression = "m${place} * ${local.snapshot_seconds} / PERIOD(m${place})", label = metric.label, yAxis = try(metric.right, false) ? "right" : "left" },
          ] if metric.namespace == local.flink && metric.stat == "Sum"],
        )
      }
    }],
  )
}

resource "aws_cloudwatch_dashboard" "pipeline" {
  dashboard_name = var.name
  dashboard_body = jsonencode({ start = "-PT3H", widgets = local.widgets })
}

# Every metric that alarms and dashboard look at.

locals {
  # Of the job's own group: constants of JobMetrics, which a test compares with these. The service publishes them for the application as a whole:
  # each subtask sends its value, several times a minute. So of a gauge and a meter Maximum is the highest of them, and Sum is their sum times the
  # snapshots of a period.
  #
  # Events are watched by meters, events a second over the last five minutes, and not by their counters. A counter says how many there were since its
  # subtask began: of the highest of them nobody sees that a lower one rises, and their sum falls when one comes a second late.
  job_metrics = {
    read              = "linesReadPerSecond"
    accepted          = "linesAcceptedPerSecond"
    duplicates        = "linesDuplicatePerSecond"
    rejected          = "linesRejectedPerSecond"
    conflicts         = "linesConflictingPerSecond"
    view_writes       = "viewWritesPerSecond"
    view_put_errors   = "viewPutErrorsPerSecond"
    lines_loaded      = "warehouseLinesLoadedPerSecond"
    loads_failed      = "warehouseLoadsFailedPerSecond"
    oldest_waiting    = "warehouseOldestWaitingAgeMillis"
    newest_loaded     = "warehouseNewestLoadedAgeMillis"
    differing_in_load = "warehouseLinesDifferingPerSecond"
  }

  # "The service takes 4 metric snapshots per minute": https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html.
  snapshot_seconds = 15

  # What the meters look back at.
  meter_seconds = 300

  # Of the service, with the metrics level APPLICATION and Flink 1.20 (Flink 2.2 has numRestarts for fullRestarts).
  service_metrics = {
    downtime            = "downtime"
    restarts            = "fullRestarts"
    failed_checkpoints  = "numberOfFailedCheckpoints"
    checkpoint_duration = "lastCheckpointDuration"
    checkpoint_size     = "lastCheckpointSize"
    lag                 = "millisBehindLatest"
    cpu                 = "cpuUtilization"
    heap                = "heapMemoryUtilization"
    kpus                = "KPUs"
  }

  flink = "AWS/KinesisAnalytics"

  of_application = { for key, application in var.applications : key => { Application = application } }
  of_stream      = { StreamName = var.stream.name }
  of_api         = { ApiId = var.api_id }
  of_function    = { for key, function in var.functions : key => { FunctionName = function } }
  of_table       = { for key, table in var.tables : key => { TableName = table } }
}

# The lake's folders as tables of Athena. Partitions are computed from the query, not listed: no crawler, nothing to repair.

locals {
  # Fields of LakeJson, in its order.
  record_columns = [
    { name = "source", type = "string", comment = "Where the record came from, such as kinesis:STREAM or a file" },
    { name = "position", type = "string", comment = "Its place there: shard and sequence number, or line" },
    { name = "received_at", type = "string", comment = "Time of receipt, ISO 8601 in UTC" },
    { name = "format", type = "string", comment = "Form of the payload" },
    { name = "line_no", type = "int", comment = "The LineNo that the reader of a file assigned; null elsewhere" },
    { name = "payload", type = "string", comment = "The bytes as they came, if they are UTF-8" },
    { name = "payload_base64", type = "string", comment = "The bytes as they came, if they are not" },
  ]

  rejection_columns = concat(local.record_columns, [
    { name = "violations", type = "array<struct<rule:string,field:string,message:string>>", comment = "Every rule that was broken" },
  ])

  lake_tables = {
    raw        = { columns = local.record_columns, description = "Every record as it was received" }
    rejected   = { columns = local.rejection_columns, description = "Records and lines that broke a rule" }
    duplicates = { columns = local.rejection_columns, description = "Lines that are stored already, from another file" }
  }
}

resource "aws_glue_catalog_database" "lake" {
  # Athena takes no hyphen without quotes.
  name        = replace(var.name, "-", "_")
  description = "The lake of ${var.name}"
}

resource "aws_glue_catalog_table" "lake" {
  for_each = local.lake_tables

  name          = each.key
  database_name = aws_glue_catalog_database.lake.name
  description   = each.value.description
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    EXTERNAL                        = "TRUE"
    classification                  = "json"
    compressionType                 = "gzip"
    "projection.enabled"            = "true"
    "projection.ingest_date.type"   = "date"
    "projection.ingest_date.format" = "yyyy-MM-dd"
    "projection.ingest_date.range"  = "${var.lake_begins},NOW"
    "projection.ingest_hour.type"   = "integer"
    "projection.ingest_hour.range"  = "0,23"
    "projection.ingest_hour.digits" = "2"
    "storage.location.template"     = "s3://${var.bucket_name}/${each.key}/ingest_date=$${ingest_date}/ingest_hour=$${ingest_hour}/"
  }

  partition_keys {
    name    = "ingest_date"
    type    = "string"
    comment = "Day of receipt in UTC, yyyy-MM-dd"
  }

  partition_keys {
    name    = "ingest_hour"
    type    = "string"
    comment = "Hour of receipt in UTC, 00 to 23"
  }

  storage_descriptor {
    location      = "s3://${var.bucket_name}/${each.key}/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    ser_de_info {
      serialization_library = "org.openx.data.jsonserde.JsonSerDe"
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment
      }
    }
  }
}

resource "aws_athena_workgroup" "lake" {
  name          = var.name
  description   = "Queries of the lake of ${var.name}"
  force_destroy = true

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.query_scan_limit_bytes

    result_configuration {
      output_location = "s3://${aws_s3_bucket.lake.bucket}/query-results/"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

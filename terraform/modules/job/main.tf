# Two applications from one jar: the stream, which runs without end, and the import, which is started for each run and ends by itself.

locals {
  applications = {
    stream = "${var.name}-stream"
    import = "${var.name}-import"
  }

  # Named by its content: another jar is another object, and the running application's object stays until the application has the new one.
  jar_key = "jars/flink-job-${substr(filesha256(var.jar), 0, 16)}.jar"

  # ---- runtime properties: the options of JobConfig ----

  warehouse_properties = var.warehouse == null ? { enabled = "false" } : {
    enabled      = "true"
    url          = var.warehouse.url
    user         = var.warehouse.user
    "secret.arn" = var.warehouse.secret_arn
    "iam.role"   = var.warehouse.copy_role_arn
  }

  common_properties = {
    job = { "max.parallelism" = tostring(var.max_parallelism) }
    views = {
      region            = var.region
      "invoices.table"  = var.views.invoices_table
      "customers.table" = var.views.customers_table
    }
    lake      = { root = "s3://${var.bucket.name}" }
    warehouse = local.warehouse_properties
  }

  own_properties = {
    stream = {
      job    = { mode = "stream" }
      source = { stream = var.stream.name, region = var.region }
    }
    # Each run brings its own mode, path and run.id; these stand until the first one.
    import = {
      job    = { mode = "import" }
      source = { path = "s3://${var.bucket.name}/import/" }
    }
  }

  groups = { for application, own in local.own_properties : application => tomap({
    for group in setunion(keys(local.common_properties), keys(own), keys(var.properties)) :
    group => tomap(merge(lookup(local.common_properties, group, {}), lookup(own, group, {}), lookup(var.properties, group, {})))
  }) }
}

resource "aws_s3_object" "jar" {
  bucket      = var.bucket.name
  key         = local.jar_key
  source      = var.jar
  source_hash = filesha256(var.jar)

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "application" {
  for_each = local.applications

  name              = "/aws/kinesis-analytics/${each.value}"
  retention_in_days = var.log_retention_days
}

resource "aws_cloudwatch_log_stream" "application" {
  for_each = local.applications

  name           = "application"
  log_group_name = aws_cloudwatch_log_group.application[each.key].name
}

# Another name or description is another application to the provider: it would delete this one, and its snapshots with it.
#
# System rollback has no argument in the provider (6.47.0). It is off, as by default.
resource "aws_kinesisanalyticsv2_application" "stream" {
  name                   = local.applications.stream
  description            = "The stream of ${var.name}: Kinesis to views, lake and warehouse"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.application["stream"].arn
  # Starts the application when it is created. It does not start one that is stopped.
  start_application = var.stream_job.start

  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"

      code_content {
        s3_content_location {
          bucket_arn     = var.bucket.arn
          file_key       = aws_s3_object.jar.key
          object_version = aws_s3_object.jar.version_id
        }
      }
    }

    application_snapshot_configuration {
      snapshots_enabled = true
    }

    environment_properties {
      dynamic "property_group" {
        for_each = local.groups.stream

        content {
          property_group_id = property_group.key
          property_map      = property_group.value
        }
      }
    }

    flink_application_configuration {
      # Every minute, exactly once.
      checkpoint_configuration {
        configuration_type = "DEFAULT"
      }

      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = var.log_level
        metrics_level      = "APPLICATION"
      }

      parallelism_configuration {
        configuration_type   = "CUSTOM"
        parallelism          = var.stream_job.parallelism
        parallelism_per_kpu  = var.stream_job.parallelism_per_kpu
        auto_scaling_enabled = var.stream_job.auto_scaling
      }
    }

    run_configuration {
      application_restore_configuration {
        application_restore_type = "RESTORE_FROM_LATEST_SNAPSHOT"
      }

      flink_run_configuration {
        allow_non_restored_state = false
      }
    }

    dynamic "vpc_configuration" {
      for_each = var.warehouse == null ? [] : [var.warehouse]

      content {
        security_group_ids = [vpc_configuration.value.security_group_id]
        subnet_ids         = vpc_configuration.value.subnet_ids
      }
    }
  }

  cloudwatch_logging_options {
    log_stream_arn = aws_cloudwatch_log_stream.application["stream"].arn
  }

  # The role is tried when the application is made.
  depends_on = [aws_iam_role_policy.application]
}

resource "aws_kinesisanalyticsv2_application" "import" {
  name                   = local.applications.import
  description            = "The bounded imports of ${var.name}: files on S3 to views, lake and warehouse. Started by its state machine only."
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.application["import"].arn
  start_application      = false
  force_stop             = true

  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"

      code_content {
        s3_content_location {
          bucket_arn     = var.bucket.arn
          file_key       = aws_s3_object.jar.key
          object_version = aws_s3_object.jar.version_id
        }
      }
    }

    # A run begins anew; importing a file again changes nothing.
    application_snapshot_configuration {
      snapshots_enabled = false
    }

    environment_properties {
      dynamic "property_group" {
        for_each = local.groups.import

        content {
          property_group_id = property_group.key
          property_map      = property_group.value
        }
      }
    }

    flink_application_configuration {
      checkpoint_configuration {
        configuration_type = "DEFAULT"
      }

      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = var.log_level
        metrics_level      = "APPLICATION"
      }

      # Scaling is a restart, and a restart is a new beginning.
      parallelism_configuration {
        configuration_type   = "CUSTOM"
        parallelism          = var.import_job.parallelism
        parallelism_per_kpu  = var.import_job.parallelism_per_kpu
        auto_scaling_enabled = false
      }
    }

    dynamic "vpc_configuration" {
      for_each = var.warehouse == null ? [] : [var.warehouse]

      content {
        security_group_ids = [vpc_configuration.value.security_group_id]
        subnet_ids         = vpc_configuration.value.subnet_ids
      }
    }
  }

  cloudwatch_logging_options {
    log_stream_arn = aws_cloudwatch_log_stream.application["import"].arn
  }

  lifecycle {
    # The state machine sets all property groups at each run: these of Terraform, with the run's path and id. Terraform would take that for drift and
    # set them back. So a changed option reaches this application with the next run that the state machine starts, not with `apply`; an application
    # that is started by hand runs with the options of the last run.
    ignore_changes = [application_configuration[0].environment_properties]
  }

  depends_on = [aws_iam_role_policy.application]
}

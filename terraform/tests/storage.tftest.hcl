# The stores, as a plan of their module alone.

mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::inv-000000000000-eu-central-1" }
  }
}

variables {
  name                   = "inv"
  bucket_name            = "inv-000000000000-eu-central-1"
  deletion_protection    = true
  unfinished_upload_days = 14
  lake_begins            = "2025-01-01"
  query_scan_limit_bytes = 1073741824
}

run "tables" {
  module {
    source = "./modules/storage"
  }

  assert {
    condition     = aws_dynamodb_table.invoices.hash_key == "invoice_no" && aws_dynamodb_table.invoices.range_key == "part"
    error_message = "The invoices view is keyed by (invoice_no, part)."
  }

  assert {
    condition     = aws_dynamodb_table.customers.hash_key == "customer_id" && aws_dynamodb_table.customers.range_key == "invoice_no"
    error_message = "The customers view is keyed by (customer_id, invoice_no)."
  }

  assert {
    condition     = [for index in aws_dynamodb_table.customers.local_secondary_index : [index.name, index.range_key, index.projection_type]] == [["by_date", "date", "ALL"]]
    error_message = "The customers view has the local index by_date, with all attributes."
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.invoices, aws_dynamodb_table.customers] :
      table.billing_mode == "PAY_PER_REQUEST" && table.deletion_protection_enabled && table.point_in_time_recovery[0].enabled && table.server_side_encryption[0].enabled
    ])
    error_message = "Each table is on-demand, protected, recoverable and encrypted."
  }
}

run "bucket" {
  module {
    source = "./modules/storage"
  }

  # A plan does not tell in which order it is applied.
  assert {
    condition = aws_s3_bucket_versioning.lake.versioning_configuration[0].status == "Enabled" && alltrue([
      for output in ["bucket", "bucket_arn"] :
      can(regex("output \"${output}\" \\{[^}]*depends_on = \\[aws_s3_bucket_versioning\\.lake\\]", file("modules/storage/outputs.tf")))
    ])
    error_message = "The jar is uploaded when the bucket keeps versions, or it would have none."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.lake.block_public_acls,
      aws_s3_bucket_public_access_block.lake.block_public_policy,
      aws_s3_bucket_public_access_block.lake.ignore_public_acls,
      aws_s3_bucket_public_access_block.lake.restrict_public_buckets,
    ]) && aws_s3_bucket_ownership_controls.lake.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "The bucket is closed to the public in every way."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_server_side_encryption_configuration.lake.rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm] == ["AES256"] && aws_s3_bucket_versioning.lake.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket is encrypted and versioned."
  }

  assert {
    condition     = !aws_s3_bucket.lake.force_destroy
    error_message = "A protected bucket is not emptied by destroy."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.lake.policy).Statement : statement.Effect == "Deny"
      ]) && anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.lake.policy).Statement : try(statement.Condition.Bool["aws:SecureTransport"] == "false" && length(statement.Resource) == 2, false)
    ])
    error_message = "The bucket's policy allows nobody anything and denies all that does not come by TLS."
  }
}

run "nothing_that_is_needed_expires" {
  module {
    source = "./modules/storage"
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.lake.rule :
      rule.filter[0].prefix == "query-results/" || alltrue([for expiration in rule.expiration : expiration.days == null || expiration.days == 0])
    ])
    error_message = "Only query results expire."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.lake.rule :
      length(rule.noncurrent_version_expiration) == 0 || contains(["staging/", "query-results/"], rule.filter[0].prefix) || endswith(rule.filter[0].prefix, "/_access_check-")
    ])
    error_message = "Old versions of the lake, of imports, records and jars are kept."
  }

  assert {
    condition = [
      for rule in aws_s3_bucket_lifecycle_configuration.lake.rule : rule.abort_incomplete_multipart_upload[0].days_after_initiation if length(rule.abort_incomplete_multipart_upload) > 0
    ] == [14]
    error_message = "Unfinished uploads are kept for 14 days: a restore finishes them."
  }
}

run "lake" {
  module {
    source = "./modules/storage"
  }

  assert {
    condition     = toset(keys(aws_glue_catalog_table.lake)) == toset(["raw", "rejected", "duplicates"])
    error_message = "There is a table for each folder of the lake."
  }

  assert {
    condition     = [for column in aws_glue_catalog_table.lake["raw"].storage_descriptor[0].columns : column.name] == ["source", "position", "received_at", "format", "line_no", "payload", "payload_base64"]
    error_message = "The columns of raw are the fields of LakeJson."
  }

  assert {
    condition     = aws_glue_catalog_table.lake["raw"].parameters["storage.location.template"] == "s3://inv-000000000000-eu-central-1/raw/ingest_date=$${ingest_date}/ingest_hour=$${ingest_hour}/"
    error_message = "The partitions are the folders that the job writes."
  }
}

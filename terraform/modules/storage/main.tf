# What the stores hold and how: the names and keys are those of the code (ViewSchema in invoice-model, LakeSinks and LakeJson in flink-job).

resource "aws_dynamodb_table" "invoices" {
  name                        = "${var.name}-invoices"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "invoice_no"
  range_key                   = "part"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "invoice_no"
    type = "S"
  }

  attribute {
    name = "part"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  # With a key whose use shows in CloudTrail. It is the account's own key of the service: callers need no right on it.
  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table" "customers" {
  name                        = "${var.name}-customers"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "customer_id"
  range_key                   = "invoice_no"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "customer_id"
    type = "S"
  }

  attribute {
    name = "invoice_no"
    type = "S"
  }

  attribute {
    name = "date"
    type = "S"
  }

  # Local, because the API reads it strongly consistent.
  local_secondary_index {
    name            = "by_date"
    range_key       = "date"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_s3_bucket" "lake" {
  bucket        = var.bucket_name
  force_destroy = !var.deletion_protection
}

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket                  = aws_s3_bucket.lake.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "lake" {
  bucket = aws_s3_bucket.lake.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "NoOldTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_public_access_block.lake]
}

# No rule here removes an object that a reader, a snapshot of the job or the ledger may still name: there is no expiry of current versions but of
# query results. raw/, rejected/, duplicates/, import/, runs/ and jars/ keep their old versions too: nothing overwrites them, so an old version there
# is somebody's mistake that can be undone.
resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = var.unfinished_upload_days
    }
  }

  # The job deletes a staged file after the ledger has its load, and a manifest after its COPY. A snapshot that still names such a file does not need
  # it: the load leaves it out by its name in the ledger. A staged file that nobody deleted never expires.
  rule {
    id     = "deleted-staged-files"
    status = "Enabled"

    filter {
      prefix = "staging/"
    }

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }

  # Written and deleted at each start of the job, to try its rights (AccessCheck).
  dynamic "rule" {
    for_each = ["raw", "rejected", "duplicates", "runs"]

    content {
      id     = "access-checks-${rule.value}"
      status = "Enabled"

      filter {
        prefix = "${rule.value}/_access_check-"
      }

      expiration {
        expired_object_delete_marker = true
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }

  rule {
    id     = "query-results"
    status = "Enabled"

    filter {
      prefix = "query-results/"
    }

    expiration {
      days = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.lake]
}

variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "bucket_name" {
  description = "Name of the bucket of lake, staged files, imports and the job's jar."
  type        = string
}

variable "deletion_protection" {
  description = "Whether the tables refuse to be deleted, and the bucket while it holds anything."
  type        = bool
}

variable "unfinished_upload_days" {
  description = "Days after which S3 drops an unfinished multipart upload. A snapshot of the job names uploads that it will finish after a restore: a snapshot older than this cannot be restored."
  type        = number
}

variable "lake_begins" {
  description = "First day (yyyy-MM-dd) that queries of the lake look at."
  type        = string
}

variable "query_scan_limit_bytes" {
  description = "Bytes after which Athena cancels a query."
  type        = number
}

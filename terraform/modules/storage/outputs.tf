output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.lake.bucket

  # Nobody writes before objects have versions: the applications name the jar's.
  depends_on = [aws_s3_bucket_versioning.lake]
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.lake.arn

  depends_on = [aws_s3_bucket_versioning.lake]
}

output "invoices_table" {
  description = "Name of the invoices view."
  value       = aws_dynamodb_table.invoices.name
}

output "invoices_table_arn" {
  description = "ARN of the invoices view."
  value       = aws_dynamodb_table.invoices.arn
}

output "customers_table" {
  description = "Name of the customers view."
  value       = aws_dynamodb_table.customers.name
}

output "customers_table_arn" {
  description = "ARN of the customers view."
  value       = aws_dynamodb_table.customers.arn
}

output "customers_index_arn" {
  description = "ARN of the index of the customers view by date."
  value       = "${aws_dynamodb_table.customers.arn}/index/by_date"
}

output "lake_database" {
  description = "Name of the Glue database of the lake."
  value       = aws_glue_catalog_database.lake.name
}

output "athena_workgroup" {
  description = "Name of the Athena workgroup for queries of the lake."
  value       = aws_athena_workgroup.lake.name
}

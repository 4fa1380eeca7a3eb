output "workgroup" {
  description = "Name of the workgroup."
  value       = aws_redshiftserverless_workgroup.warehouse.workgroup_name
}

output "namespace" {
  description = "Name of the namespace."
  value       = aws_redshiftserverless_namespace.warehouse.namespace_name
}

output "database" {
  description = "Name of the database."
  value       = local.database
}

output "url" {
  description = "JDBC address of the database."
  value       = "jdbc:redshift://${aws_redshiftserverless_workgroup.warehouse.endpoint[0].address}:${local.port}/${local.database}"
}

output "admin_secret_arn" {
  description = "ARN of the administrator's secret, which AWS keeps."
  value       = aws_redshiftserverless_namespace.warehouse.admin_password_secret_arn
}

output "loader_user" {
  description = "Database user with which the job loads."
  value       = var.loader_user
}

output "loader_secret_arn" {
  description = "ARN of the secret with the loader's user name and password. Terraform does not know its value."
  value       = aws_secretsmanager_secret.loader.arn

  # Whoever reads the secret finds a value in it.
  depends_on = [aws_secretsmanager_secret_version.loader]
}

output "copy_role_arn" {
  description = "ARN of the role with which the warehouse reads staged files."
  value       = aws_iam_role.copy.arn
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.warehouse.id
}

output "subnet_ids" {
  description = "Ids of the three subnets."
  value       = aws_subnet.private[*].id
}

output "job_security_group_id" {
  description = "Id of the security group of the job's network interfaces."
  value       = aws_security_group.job.id
}

output "warehouse_security_group_id" {
  description = "Id of the warehouse's security group."
  value       = aws_security_group.warehouse.id
}

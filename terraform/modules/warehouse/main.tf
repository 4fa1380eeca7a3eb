# Redshift Serverless, the role with which it reads staged files, and the secrets.

locals {
  database = "invoiceflow"
  port     = 5439
}

# The administrator's password is made, kept and rotated by AWS; nobody needs to know it. Encrypted with a key of AWS, as always.
resource "aws_redshiftserverless_namespace" "warehouse" {
  namespace_name        = var.name
  db_name               = local.database
  admin_username        = "administrator"
  manage_admin_password = true
  iam_roles             = [aws_iam_role.copy.arn]
  default_iam_role_arn  = aws_iam_role.copy.arn
  log_exports           = ["userlog", "connectionlog"]
}

resource "aws_redshiftserverless_workgroup" "warehouse" {
  namespace_name       = aws_redshiftserverless_namespace.warehouse.namespace_name
  workgroup_name       = var.name
  base_capacity        = var.base_capacity
  max_capacity         = var.max_capacity
  port                 = local.port
  publicly_accessible  = false
  enhanced_vpc_routing = true
  subnet_ids           = aws_subnet.private[*].id
  security_group_ids   = [aws_security_group.warehouse.id]

  # All of them, with Redshift's own defaults but for require_ssl: of a part the provider reports a difference at each plan.
  dynamic "config_parameter" {
    for_each = {
      auto_mv                          = "true"
      datestyle                        = "ISO, MDY"
      enable_case_sensitive_identifier = "false"
      enable_user_activity_logging     = "true"
      max_query_execution_time         = "14400"
      query_group                      = "default"
      require_ssl                      = "true"
      search_path                      = "$user, public"
      use_fips_ssl                     = "false"
    }

    content {
      parameter_key   = config_parameter.key
      parameter_value = config_parameter.value
    }
  }
}

resource "aws_redshiftserverless_usage_limit" "compute" {
  resource_arn  = aws_redshiftserverless_workgroup.warehouse.arn
  usage_type    = "serverless-compute"
  amount        = var.usage_limit.rpu_hours
  period        = var.usage_limit.period
  breach_action = var.usage_limit.action
}

# ---- the role of COPY ----

resource "aws_iam_role" "copy" {
  name = "${var.name}-copy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["redshift.amazonaws.com", "redshift-serverless.amazonaws.com"] }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account } }
    }]
  })
}

# RedshiftCopy: the manifest and the files that it names.
resource "aws_iam_role_policy" "copy" {
  name = "work"
  role = aws_iam_role.copy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadStagedFiles"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket_arn}/staging/*"]
      },
      {
        Sid       = "ListStagedFiles"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = "staging/*" } }
      },
    ]
  })
}

# ---- the loader's secret ----

# Terraform makes a password, hands it to Secrets Manager and forgets it: neither plan nor state holds it. The job reads it anew for each load. The
# database user with this password does not exist yet: the command `loader warehouse users` makes it, with the right to load and no other. After another
# version of the password it has to be run again.
resource "aws_secretsmanager_secret" "loader" {
  # A prefix, since a deleted secret keeps its name for a while.
  name_prefix             = "${var.name}-warehouse-loader-"
  description             = "User and password with which the job of ${var.name} loads the warehouse"
  recovery_window_in_days = 7
}

# Redshift wants a small letter, a capital and a digit. Made on this machine: tests can neither ask AWS nor stand in for it.
ephemeral "random_password" "loader" {
  length      = 48
  special     = false
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
}

resource "aws_secretsmanager_secret_version" "loader" {
  secret_id = aws_secretsmanager_secret.loader.id
  secret_string_wo = jsonencode({
    username = var.loader_user
    password = ephemeral.random_password.loader.result
  })
  secret_string_wo_version = var.loader_password_version
}

# The warehouse and its network.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c", "eu-central-1d"] }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:inv-warehouse-loader-mock" }
  }
  mock_resource "aws_redshiftserverless_workgroup" {
    defaults = {
      arn      = "arn:aws:redshift-serverless:eu-central-1:000000000000:workgroup/mock"
      endpoint = [{ address = "inv.000000000000.eu-central-1.redshift-serverless.amazonaws.com", port = 5439, vpc_endpoint = [] }]
    }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { prefix_list_id = "pl-00000000" }
  }
}

variables {
  name                    = "inv"
  region                  = "eu-central-1"
  account                 = "000000000000"
  bucket_arn              = "arn:aws:s3:::inv-bucket"
  base_capacity           = 8
  max_capacity            = 32
  usage_limit             = { rpu_hours = 60, period = "daily", action = "emit-metric" }
  vpc_cidr                = "10.96.0.0/20"
  availability_zones      = null
  clients                 = { security_group_ids = [], cidrs = [] }
  loader_user             = "loader"
  loader_password_version = 1
}

run "closed" {
  module {
    source = "./modules/warehouse"
  }

  assert {
    condition     = !aws_redshiftserverless_workgroup.warehouse.publicly_accessible && aws_redshiftserverless_workgroup.warehouse.enhanced_vpc_routing
    error_message = "The warehouse is reached and reaches out inside the network only."
  }

  assert {
    condition     = one([for parameter in aws_redshiftserverless_workgroup.warehouse.config_parameter : parameter.parameter_value if parameter.parameter_key == "require_ssl"]) == "true"
    error_message = "Connections are encrypted."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.warehouse_from_job.from_port == 5439 && aws_vpc_security_group_ingress_rule.warehouse_from_job.to_port == 5439 && aws_vpc_security_group_ingress_rule.warehouse_from_job.referenced_security_group_id == aws_security_group.job.id
    error_message = "The job reaches the warehouse's port."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.warehouse_from_groups) == 0 && length(aws_vpc_security_group_ingress_rule.warehouse_from_cidrs) == 0
    error_message = "Nobody else does."
  }

  assert {
    condition     = alltrue([for rule in values(aws_vpc_security_group_egress_rule.job_to_gateways) : rule.cidr_ipv4 == null && rule.prefix_list_id != null]) && aws_vpc_security_group_egress_rule.job_to_endpoints.cidr_ipv4 == null
    error_message = "The job gets out to AWS services only."
  }

  assert {
    condition     = [for subnet in aws_subnet.private : [subnet.availability_zone, subnet.cidr_block]] == [["eu-central-1a", "10.96.0.0/22"], ["eu-central-1b", "10.96.4.0/22"], ["eu-central-1c", "10.96.8.0/22"]]
    error_message = "There are three subnets in three zones."
  }

  assert {
    condition     = toset([for endpoint in values(aws_vpc_endpoint.gateway) : endpoint.service_name]) == toset(["com.amazonaws.eu-central-1.s3", "com.amazonaws.eu-central-1.dynamodb"])
    error_message = "S3 and DynamoDB are reached without a way out."
  }

  assert {
    condition = toset([for endpoint in values(aws_vpc_endpoint.interface) : trimprefix(endpoint.service_name, "com.amazonaws.eu-central-1.") if endpoint.private_dns_enabled]) == toset([
      "kinesis-streams", "logs", "secretsmanager", "sts", "monitoring",
    ])
    error_message = "The other services are too, under their own names."
  }
}

run "secrets" {
  module {
    source = "./modules/warehouse"
  }

  assert {
    condition     = aws_redshiftserverless_namespace.warehouse.manage_admin_password && aws_redshiftserverless_namespace.warehouse.admin_user_password == null
    error_message = "AWS makes and keeps the administrator's password."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.loader.secret_string == null && aws_secretsmanager_secret_version.loader.secret_string_wo == null && aws_secretsmanager_secret_version.loader.secret_string_wo_version == 1
    error_message = "The state does not hold the loader's password."
  }

  assert {
    condition     = flatten([for statement in jsondecode(aws_iam_role_policy.copy.policy).Statement : statement.Action]) == ["s3:GetObject", "s3:ListBucket"] && jsondecode(aws_iam_role_policy.copy.policy).Statement[0].Resource == ["arn:aws:s3:::inv-bucket/staging/*"]
    error_message = "COPY reads staged files only."
  }

  assert {
    condition     = aws_redshiftserverless_usage_limit.compute.amount == 60 && aws_redshiftserverless_usage_limit.compute.breach_action == "emit-metric"
    error_message = "The use of the warehouse is limited as asked for."
  }
}

run "clients" {
  variables {
    clients = { security_group_ids = ["sg-bi"], cidrs = ["10.1.0.0/16"] }
  }

  module {
    source = "./modules/warehouse"
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.warehouse_from_groups[0].referenced_security_group_id == "sg-bi" && aws_vpc_security_group_ingress_rule.warehouse_from_cidrs["10.1.0.0/16"].from_port == 5439
    error_message = "Clients reach the warehouse's port."
  }
}

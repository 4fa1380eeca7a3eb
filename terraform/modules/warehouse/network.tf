# The network that the warehouse needs, and the job to reach it: private subnets without a way out, and an endpoint for each service that the job calls.

data "aws_availability_zones" "all" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  # Redshift Serverless asks for three.
  zones = var.availability_zones == null ? slice(data.aws_availability_zones.all.names, 0, 3) : var.availability_zones

  gateways = ["s3", "dynamodb"]

  # What the job and the service's log and metric agents call: Kinesis, CloudWatch Logs, the loader's secret, credentials, metrics.
  interfaces = ["kinesis-streams", "logs", "secretsmanager", "sts", "monitoring"]
}

resource "aws_vpc" "warehouse" {
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.name }
}

resource "aws_subnet" "private" {
  count = 3

  vpc_id            = aws_vpc.warehouse.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(var.vpc_cidr, 2, count.index)

  tags = { Name = "${var.name}-${local.zones[count.index]}" }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.warehouse.id

  tags = { Name = var.name }
}

resource "aws_route_table_association" "private" {
  count = 3

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

# Without rules: nothing gets in or out by being put into no group.
resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.warehouse.id
}

resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(local.gateways)

  vpc_id            = aws_vpc.warehouse.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${var.region}.${each.key}"
  route_table_ids   = [aws_route_table.private.id]

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(local.interfaces)

  vpc_id              = aws_vpc.warehouse.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true

  tags = { Name = "${var.name}-${each.key}" }
}

# ---- who may talk to whom ----

resource "aws_security_group" "job" {
  name        = "${var.name}-job"
  description = "The job's network interfaces"
  vpc_id      = aws_vpc.warehouse.id

  tags = { Name = "${var.name}-job" }
}

resource "aws_security_group" "warehouse" {
  name        = "${var.name}-warehouse"
  description = "The warehouse"
  vpc_id      = aws_vpc.warehouse.id

  tags = { Name = "${var.name}-warehouse" }
}

resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "Endpoints of the services that the job calls"
  vpc_id      = aws_vpc.warehouse.id

  tags = { Name = "${var.name}-endpoints" }
}

resource "aws_vpc_security_group_egress_rule" "job_to_warehouse" {
  security_group_id            = aws_security_group.job.id
  description                  = "Loads"
  referenced_security_group_id = aws_security_group.warehouse.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "job_to_endpoints" {
  security_group_id            = aws_security_group.job.id
  description                  = "AWS services"
  referenced_security_group_id = aws_security_group.endpoints.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "job_to_gateways" {
  for_each = aws_vpc_endpoint.gateway

  security_group_id = aws_security_group.job.id
  description       = each.key
  prefix_list_id    = each.value.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_job" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "The job"
  referenced_security_group_id = aws_security_group.job.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_ingress_rule" "warehouse_from_job" {
  security_group_id            = aws_security_group.warehouse.id
  description                  = "The job"
  referenced_security_group_id = aws_security_group.job.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_ingress_rule" "warehouse_from_groups" {
  count = length(var.clients.security_group_ids)

  security_group_id            = aws_security_group.warehouse.id
  description                  = "A client"
  referenced_security_group_id = var.clients.security_group_ids[count.index]
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_ingress_rule" "warehouse_from_cidrs" {
  for_each = toset(var.clients.cidrs)

  security_group_id = aws_security_group.warehouse.id
  description       = "Clients"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port
}

# With enhanced routing COPY reads S3 from inside this network.
resource "aws_vpc_security_group_egress_rule" "warehouse_to_s3" {
  security_group_id = aws_security_group.warehouse.id
  description       = "COPY from S3"
  prefix_list_id    = aws_vpc_endpoint.gateway["s3"].prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

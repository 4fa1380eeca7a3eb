data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # Where the build puts what runs. A path that names no file, as when nothing is built, or an older version lies beside the new one, is refused by the modules' variables.
  built = {
    job    = { folder = "${path.module}/../flink-job/target", file = "flink-job-*-msf.jar" }
    ingest = { folder = "${path.module}/../ingest-lambda/target", file = "ingest-lambda-*-lambda.jar" }
    query  = { folder = "${path.module}/../query-lambda/target", file = "query-lambda-*-lambda.jar" }
  }
  found = { for key, jar in local.built : key => fileset(jar.folder, jar.file) }
  artifacts = { for key, jar in local.built : key => coalesce(
    var.artifacts[key],
    "${jar.folder}/${length(local.found[key]) == 1 ? one(local.found[key]) : jar.file}",
  ) }
}

module "storage" {
  source = "./modules/storage"

  name                   = var.name
  bucket_name            = coalesce(var.bucket_name, "${var.name}-${local.account}-${var.region}")
  deletion_protection    = var.deletion_protection
  unfinished_upload_days = var.unfinished_upload_days
  lake_begins            = var.lake_begins
  query_scan_limit_bytes = var.query_scan_limit_gb * 1024 * 1024 * 1024
}

module "ingest" {
  source = "./modules/ingest"

  name            = var.name
  shards          = var.stream_shards
  retention_hours = var.stream_retention_hours
  functions = {
    ingest = { jar = local.artifacts.ingest }
    query  = { jar = local.artifacts.query }
  }
  runtime              = var.lambda_runtime
  memory_mb            = var.lambda_memory_mb
  reserved_concurrency = var.lambda_concurrency
  views = {
    invoices_table      = module.storage.invoices_table
    invoices_table_arn  = module.storage.invoices_table_arn
    customers_table     = module.storage.customers_table
    customers_table_arn = module.storage.customers_table_arn
    customers_index_arn = module.storage.customers_index_arn
  }
  jwt                = var.jwt
  throttle           = var.api_throttle
  log_retention_days = var.log_retention_days
}

module "warehouse" {
  source = "./modules/warehouse"
  count  = var.warehouse_enabled ? 1 : 0

  name                    = var.name
  region                  = var.region
  account                 = local.account
  bucket_arn              = module.storage.bucket_arn
  base_capacity           = var.warehouse_capacity.base
  max_capacity            = var.warehouse_capacity.max
  usage_limit             = var.warehouse_usage_limit
  vpc_cidr                = var.warehouse_vpc_cidr
  availability_zones      = var.warehouse_zones
  clients                 = var.warehouse_clients
  loader_user             = "loader"
  loader_password_version = var.warehouse_loader_password_version
}

module "job" {
  source = "./modules/job"

  name      = var.name
  region    = var.region
  account   = local.account
  partition = local.partition
  jar       = local.artifacts.job
  bucket    = { name = module.storage.bucket, arn = module.storage.bucket_arn }
  stream    = { name = module.ingest.stream, arn = module.ingest.stream_arn }
  views = {
    invoices_table      = module.storage.invoices_table
    invoices_table_arn  = module.storage.invoices_table_arn
    customers_table     = module.storage.customers_table
    customers_table_arn = module.storage.customers_table_arn
  }
  warehouse = var.warehouse_enabled ? {
    url               = module.warehouse[0].url
    user              = module.warehouse[0].loader_user
    secret_arn        = module.warehouse[0].loader_secret_arn
    copy_role_arn     = module.warehouse[0].copy_role_arn
    subnet_ids        = module.warehouse[0].subnet_ids
    security_group_id = module.warehouse[0].job_security_group_id
  } : null
  stream_job = {
    parallelism         = var.stream_job.parallelism
    parallelism_per_kpu = var.stream_job.parallelism_per_kpu
    auto_scaling        = var.stream_job.auto_scaling
    start               = var.start_job
  }
  import_job         = var.import_job
  max_parallelism    = var.max_parallelism
  properties         = var.job_properties
  log_level          = var.log_level
  log_retention_days = var.log_retention_days
}

module "imports" {
  source = "./modules/imports"

  name      = var.name
  region    = var.region
  account   = local.account
  partition = local.partition
  bucket    = { name = module.storage.bucket, arn = module.storage.bucket_arn }
  application = {
    name          = module.job.import_application
    arn           = module.job.import_application_arn
    properties    = module.job.properties.import
    log_group     = module.job.log_groups.import
    log_group_arn = module.job.log_group_arns.import
  }
  poll_seconds = var.import_limits.poll_seconds
  max_hours    = var.import_limits.max_hours
  max_restarts = var.import_limits.max_restarts
  schedule     = var.import_schedule
}

module "monitoring" {
  source = "./modules/monitoring"

  name            = var.name
  region          = var.region
  account         = local.account
  partition       = local.partition
  emails          = var.alarm_emails
  actions_enabled = var.alarm_actions_enabled
  limits          = var.alarm_limits
  api_id          = module.ingest.api_id
  functions       = module.ingest.functions
  stream          = { name = module.ingest.stream, retention_hours = var.stream_retention_hours }
  applications = {
    stream = module.job.stream_application
    import = module.job.import_application
  }
  import_state_machine_arn = module.imports.state_machine_arn
  tables = {
    invoices  = module.storage.invoices_table
    customers = module.storage.customers_table
  }
  workgroup = one(module.warehouse[*].workgroup)
}

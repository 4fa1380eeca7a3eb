variable "name" {
  description = "Prefix of every name: small letters, digits and hyphens, at most 20."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "The name begins with a small letter and has 3 to 20 small letters, digits and hyphens, the last one no hyphen."
  }
}

variable "region" {
  description = "AWS region, such as eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region is the name of one, such as eu-central-1."
  }
}

variable "tags" {
  description = "Tags of everything, beside `application`."
  type        = map(string)
  default     = {}
}

variable "artifacts" {
  description = "Paths of the build's jars; unset: those that `mvn -B clean package -DskipTests` makes below ../*/target."
  type = object({
    job    = optional(string)
    ingest = optional(string)
    query  = optional(string)
  })
  default  = {}
  nullable = false
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, ... days."
  }
}

# ---- storage ----

variable "bucket_name" {
  description = "Name of the bucket; unset: NAME-ACCOUNT-REGION."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "The bucket's name has 3 to 63 small letters, digits and hyphens (no dots: TLS to its own host name would fail)."
  }
}

variable "deletion_protection" {
  description = "Whether the tables refuse to be deleted, and the bucket while it holds anything. To destroy everything, apply with false first."
  type        = bool
  default     = true
}

variable "unfinished_upload_days" {
  description = "Days after which S3 drops an unfinished multipart upload. A snapshot of the job that is older cannot be restored."
  type        = number
  default     = 14

  validation {
    condition     = var.unfinished_upload_days >= 14 && floor(var.unfinished_upload_days) == var.unfinished_upload_days
    error_message = "Unfinished uploads are kept for 14 whole days or more: a snapshot of the job names uploads that it finishes after a restore."
  }
}

variable "lake_begins" {
  description = "First day (yyyy-MM-dd) that Athena's queries of the lake look at."
  type        = string
  default     = "2025-01-01"

  validation {
    condition     = can(formatdate("YYYY", "${var.lake_begins}T00:00:00Z"))
    error_message = "The lake begins on a day such as 2025-01-01."
  }
}

variable "query_scan_limit_gb" {
  description = "Gigabytes after which Athena cancels a query of the lake."
  type        = number
  default     = 50

  validation {
    condition     = var.query_scan_limit_gb >= 1
    error_message = "The limit is 1 GB or more."
  }
}

# ---- ingest ----

variable "stream_shards" {
  description = "Number of the stream's shards (each takes 1 MB and 1,000 records a second); unset: on-demand."
  type        = number
  default     = null

  validation {
    condition     = var.stream_shards == null || try(var.stream_shards >= 1 && floor(var.stream_shards) == var.stream_shards, false)
    error_message = "The number of shards is a whole number from 1."
  }
}

variable "stream_retention_hours" {
  description = "How long the stream keeps records, 24 to 8760 hours. A job that is down for longer loses lines without an error."
  type        = number
  default     = 168

  validation {
    condition     = var.stream_retention_hours >= 24 && var.stream_retention_hours <= 8760
    error_message = "A stream keeps records for 24 to 8760 hours."
  }
}

variable "jwt" {
  description = "Issuer (https address) and audiences of the tokens that the API accepts; unset: callers sign their requests with IAM. A token's customer_claim names the one customer whose data its bearer reads. The staff_claim (NAME=VALUE, such as scope=invoiceflow/staff or cognito:groups=staff) marks those who read and send everything; without it nobody can send. Of groups, its value must be a word that is no part of another group's name: whoever is in 'Temporary staff' has the word staff."
  type = object({
    issuer         = string
    audience       = list(string)
    customer_claim = optional(string, "customer_id")
    staff_claim    = optional(string)
  })
  default = null

  validation {
    condition     = var.jwt == null || try(startswith(var.jwt.issuer, "https://") && length(var.jwt.audience) > 0, false)
    error_message = "The issuer is an https address, and there is at least one audience."
  }

  # As the functions read it (Access in lambda-http): they do not start with another form.
  validation {
    condition     = try(var.jwt.staff_claim, null) == null || can(regex("^[^=]+=\\S+$", var.jwt.staff_claim))
    error_message = "The claim of staff is NAME=VALUE without white space in the value, such as scope=invoiceflow/staff."
  }

  validation {
    condition     = try(length(trimspace(var.jwt.customer_claim)) > 0, true)
    error_message = "The claim of the customer has a name, such as customer_id."
  }
}

variable "api_throttle" {
  description = "Requests a second that the API takes on average, and at once; what is above gets 429. A request holds up to 500 lines."
  type = object({
    rate  = optional(number, 200)
    burst = optional(number, 400)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.api_throttle.rate >= 1 && var.api_throttle.burst >= 1
    error_message = "Rate and burst are 1 or more."
  }
}

variable "lambda_runtime" {
  description = "Java runtime of the functions: java21 or java25. The code is compiled for 17 and runs on both; java21 is the longer tried."
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java21", "java25"], var.lambda_runtime)
    error_message = "The runtime is java21 or java25."
  }
}

variable "lambda_memory_mb" {
  description = "Memory of each function, 512 to 10240 MB; 1769 MB come with one processor."
  type        = number
  default     = 1769

  validation {
    condition     = var.lambda_memory_mb >= 512 && var.lambda_memory_mb <= 10240
    error_message = "The memory is 512 to 10240 MB."
  }
}

variable "lambda_concurrency" {
  description = "Instances of each function that are kept free for it, and its most; -1 shares the account's. Reserving needs an account limit well above the sum."
  type = object({
    ingest = optional(number, -1)
    query  = optional(number, -1)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for n in values(var.lambda_concurrency) : n == -1 || n >= 1])
    error_message = "The concurrency is 1 or more, or -1 for the account's."
  }
}

# ---- job ----

variable "start_job" {
  description = "Whether Terraform starts the stream application when it makes it. With a warehouse its tables must be made first, or the job refuses to start."
  type        = bool
  default     = false
}

variable "stream_job" {
  description = "The stream application: parallelism, parallelism per KPU (1 vCPU, 4 GB, 1 to 8), and whether the service scales it by its processor load (each change is a restart)."
  type = object({
    parallelism         = optional(number, 2)
    parallelism_per_kpu = optional(number, 1)
    auto_scaling        = optional(bool, true)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.stream_job.parallelism >= 1 && var.stream_job.parallelism <= var.max_parallelism
    error_message = "The parallelism is 1 to max_parallelism."
  }

  validation {
    condition     = var.stream_job.parallelism_per_kpu >= 1 && var.stream_job.parallelism_per_kpu <= 8
    error_message = "The parallelism per KPU is 1 to 8."
  }
}

variable "import_job" {
  description = "The import application: parallelism and parallelism per KPU (1 to 8)."
  type = object({
    parallelism         = optional(number, 4)
    parallelism_per_kpu = optional(number, 1)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.import_job.parallelism >= 1 && var.import_job.parallelism <= var.max_parallelism
    error_message = "The parallelism is 1 to max_parallelism."
  }

  validation {
    condition     = var.import_job.parallelism_per_kpu >= 1 && var.import_job.parallelism_per_kpu <= 8
    error_message = "The parallelism per KPU is 1 to 8."
  }
}

variable "max_parallelism" {
  description = "Bound of the parallelism, 1 to 32768. A snapshot cannot be restored with another one."
  type        = number
  default     = 128

  validation {
    condition     = var.max_parallelism >= 1 && var.max_parallelism <= 32768
    error_message = "The bound is 1 to 32768."
  }
}

variable "job_properties" {
  description = "Further runtime properties of both applications by group, such as { views = { \"retention.hours\" = \"48\" } }. The job refuses those that it does not know."
  type        = map(map(string))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue(flatten([
      for properties in values(var.job_properties) : [for key in keys(properties) : !contains(["password", "access.key.id", "secret.access.key"], key)]
    ]))
    error_message = "Runtime properties are no place for passwords and keys: everyone who may look at the application sees them. Use the roles and the secret that are made here."
  }
}

variable "log_level" {
  description = "Least level of what the applications log: ERROR, WARN or INFO (DEBUG costs)."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["ERROR", "WARN", "INFO", "DEBUG"], var.log_level)
    error_message = "The level is ERROR, WARN, INFO or DEBUG."
  }
}

variable "import_limits" {
  description = "When a run of the import is given up: hours (1 to 12) and restarts; and the seconds (30 to 300) between two looks at it."
  type = object({
    max_hours    = optional(number, 6)
    max_restarts = optional(number, 5)
    poll_seconds = optional(number, 30)
  })
  default  = {}
  nullable = false

  # A look costs up to 20 of the 25,000 events that an execution may have: 12 hours of one each 30 s are 1,440.
  validation {
    condition     = var.import_limits.max_hours >= 1 && var.import_limits.max_hours <= 12 && var.import_limits.poll_seconds >= 30 && var.import_limits.poll_seconds <= 300
    error_message = "A run has 1 to 12 hours, and there are 30 to 300 seconds between two looks."
  }

  validation {
    condition     = var.import_limits.max_restarts >= 1
    error_message = "A run has 1 restart or more."
  }
}

variable "import_schedule" {
  description = "When (a cron(), rate() or at() expression of EventBridge Scheduler) to import what (a path below the bucket's import/); unset: only when asked."
  type = object({
    expression = string
    path       = string
    timezone   = optional(string, "UTC")
  })
  default = null

  validation {
    condition     = var.import_schedule == null || try(can(regex("^(cron|rate|at)\\(.+\\)$", var.import_schedule.expression)) && startswith(var.import_schedule.path, "s3://"), false)
    error_message = "The expression is such as cron(0 3 * * ? *) or rate(1 day), and the path begins with s3://."
  }
}

# ---- warehouse ----

variable "warehouse_enabled" {
  description = "Whether there is a warehouse (Redshift Serverless in a VPC of its own). Without it the job runs outside of a VPC. To switch it off later deletes all that is in it, and a running job must be stopped before and told to forget its state after: docs/operations.md, section Switch the warehouse off."
  type        = bool
  default     = true
}

variable "warehouse_capacity" {
  description = "RPUs (16 GB each): base (4, or a multiple of 8 from 8 to 512; 4 is not offered everywhere) and max, to which the warehouse may grow."
  type = object({
    base = optional(number, 8)
    max  = optional(number, 32)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.warehouse_capacity.base == 4 || (var.warehouse_capacity.base >= 8 && var.warehouse_capacity.base <= 512 && var.warehouse_capacity.base % 8 == 0)
    error_message = "The base capacity is 4, or a multiple of 8 from 8 to 512."
  }

  validation {
    condition     = var.warehouse_capacity.max >= var.warehouse_capacity.base
    error_message = "The maximal capacity is not below the base."
  }
}

variable "warehouse_usage_limit" {
  description = "RPU-hours in a period (daily, weekly or monthly), and what happens above: emit-metric, log or deactivate. After deactivate no load can be made, and the job restarts again and again until the period ends."
  type = object({
    rpu_hours = optional(number, 60)
    period    = optional(string, "daily")
    action    = optional(string, "emit-metric")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.warehouse_usage_limit.rpu_hours >= 1
    error_message = "The limit is 1 RPU-hour or more."
  }

  validation {
    condition     = contains(["daily", "weekly", "monthly"], var.warehouse_usage_limit.period) && contains(["emit-metric", "log", "deactivate"], var.warehouse_usage_limit.action)
    error_message = "The period is daily, weekly or monthly, the action emit-metric, log or deactivate."
  }
}

variable "warehouse_vpc_cidr" {
  description = "Addresses of the warehouse's VPC, /16 to /24: each of its three subnets gets a quarter."
  type        = string
  default     = "10.96.0.0/20"

  validation {
    condition     = can(cidrhost(var.warehouse_vpc_cidr, 0)) && try(tonumber(split("/", var.warehouse_vpc_cidr)[1]) >= 16 && tonumber(split("/", var.warehouse_vpc_cidr)[1]) <= 24, false)
    error_message = "The addresses are a range such as 10.96.0.0/20, from /16 to /24."
  }
}

variable "warehouse_zones" {
  description = "Three availability zones that have Redshift Serverless and Managed Flink; unset: the region's first three."
  type        = list(string)
  default     = null

  validation {
    condition     = var.warehouse_zones == null || try(length(distinct(var.warehouse_zones)) == 3 && length(var.warehouse_zones) == 3, false)
    error_message = "Redshift Serverless takes three different zones."
  }
}

variable "warehouse_clients" {
  description = "Who may reach the warehouse's port beside the job, from inside its network: security groups and address ranges, such as those of a BI tool."
  type = object({
    security_group_ids = optional(list(string), [])
    cidrs              = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for cidr in var.warehouse_clients.cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "The address ranges are such as 10.1.0.0/16, and none is the whole internet."
  }
}

variable "warehouse_loader_password_version" {
  description = "Raised by one, it makes the next apply write a new password for the loader into its secret; then run the users command (output commands), or the job's next load is refused."
  type        = number
  default     = 1

  validation {
    condition     = var.warehouse_loader_password_version >= 1
    error_message = "The version is 1 or more."
  }
}

# ---- monitoring ----

variable "alarm_emails" {
  description = "Addresses that are told of every alarm. AWS asks each of them to confirm."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for email in var.alarm_emails : can(regex("^[^@\\s]+@[^@\\s]+$", email))])
    error_message = "An address is such as ops@example.com."
  }
}

variable "alarm_actions_enabled" {
  description = "Whether alarms are sent. With false they only show on the dashboard: for the time before the stream application first runs, or while it is stopped on purpose."
  type        = bool
  default     = true
}

variable "alarm_limits" {
  description = "What is still in order: rejected lines and conflicts in five minutes (of one subtask), minutes that a line may wait for its load into the warehouse, seconds that a checkpoint may take (one begins each minute), and the share of the stream's retention that the job may be behind."
  type = object({
    rejected_lines        = optional(number, 0)
    conflicts             = optional(number, 0)
    warehouse_age_minutes = optional(number, 60)
    checkpoint_seconds    = optional(number, 30)
    lag_share             = optional(number, 0.25)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.alarm_limits.rejected_lines >= 0 && var.alarm_limits.conflicts >= 0
    error_message = "Rejected lines and conflicts are 0 or more."
  }

  validation {
    condition     = var.alarm_limits.warehouse_age_minutes * 60000 >= 2 * try(tonumber(var.job_properties.warehouse["load.interval.ms"]), 600000)
    error_message = "A line may wait for its load for twice the load interval or more (20 minutes, unless job_properties say otherwise)."
  }

  validation {
    condition     = var.alarm_limits.checkpoint_seconds >= 1 && var.alarm_limits.lag_share > 0 && var.alarm_limits.lag_share < 1
    error_message = "A checkpoint may take 1 second or more; the share of the retention is above 0 and below 1."
  }
}

variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region of stream and tables."
  type        = string
}

variable "account" {
  description = "Number of the AWS account."
  type        = string
}

variable "partition" {
  description = "AWS partition, such as aws."
  type        = string
}

variable "jar" {
  description = "Path of the job's jar."
  type        = string

  validation {
    condition     = fileexists(var.jar)
    error_message = "There is no file ${var.jar}, or more than one: build it with `mvn -B clean package -DskipTests`, or name it in the variable artifacts."
  }
}

variable "bucket" {
  description = "The bucket of lake, staged files, imports and the jar."
  type = object({
    name = string
    arn  = string
  })
}

variable "stream" {
  description = "The stream that the job reads."
  type = object({
    name = string
    arn  = string
  })
}

variable "views" {
  description = "The tables that the job writes."
  type = object({
    invoices_table      = string
    invoices_table_arn  = string
    customers_table     = string
    customers_table_arn = string
  })
}

variable "warehouse" {
  description = "How the job reaches the warehouse; null: it runs without one, and outside of a VPC."
  type = object({
    url               = string
    user              = string
    secret_arn        = string
    copy_role_arn     = string
    subnet_ids        = list(string)
    security_group_id = string
  })
}

variable "stream_job" {
  description = "Size of the stream application, whether the service may change it, and whether Terraform starts it."
  type = object({
    parallelism         = number
    parallelism_per_kpu = number
    auto_scaling        = bool
    start               = bool
  })
}

variable "import_job" {
  description = "Size of the import application."
  type = object({
    parallelism         = number
    parallelism_per_kpu = number
  })
}

variable "max_parallelism" {
  description = "Bound of the parallelism; fixed for the life of a snapshot."
  type        = number
}

variable "properties" {
  description = "Further runtime properties by group."
  type        = map(map(string))
}

variable "log_level" {
  description = "Least level of what the applications log."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
}

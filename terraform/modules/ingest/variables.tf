variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "shards" {
  description = "Number of the stream's shards; null lets the stream scale itself (on-demand)."
  type        = number
}

variable "retention_hours" {
  description = "How long the stream keeps records. A job that is down for longer loses what it has not read, without an error."
  type        = number
}

variable "functions" {
  description = "The handlers' jars: path of the file and name of the handler."
  type = object({
    ingest = object({ jar = string })
    query  = object({ jar = string })
  })

  validation {
    condition     = fileexists(var.functions.ingest.jar)
    error_message = "There is no file ${var.functions.ingest.jar}, or more than one: build it with `mvn -B clean package -DskipTests`, or name it in the variable artifacts."
  }

  validation {
    condition     = fileexists(var.functions.query.jar)
    error_message = "There is no file ${var.functions.query.jar}, or more than one: build it with `mvn -B clean package -DskipTests`, or name it in the variable artifacts."
  }
}

variable "runtime" {
  description = "Lambda's Java runtime."
  type        = string
}

variable "memory_mb" {
  description = "Memory of a function; its share of a processor grows with it."
  type        = number
}

variable "reserved_concurrency" {
  description = "Most instances of each function at once, kept free for it; -1 shares the account's."
  type = object({
    ingest = number
    query  = number
  })
}

variable "views" {
  description = "The tables that the API reads: names, ARNs and the ARN of the customers' index."
  type = object({
    invoices_table      = string
    invoices_table_arn  = string
    customers_table     = string
    customers_table_arn = string
    customers_index_arn = string
  })
}

variable "jwt" {
  description = "Issuer and audiences of the tokens that the API accepts, and which of their claims count; null: callers sign with IAM."
  type = object({
    issuer         = string
    audience       = list(string)
    customer_claim = string
    staff_claim    = string
  })
}

variable "throttle" {
  description = "Requests a second that the API takes on average, and at once."
  type = object({
    rate  = number
    burst = number
  })
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
}

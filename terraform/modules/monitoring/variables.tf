variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region of what is watched."
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

variable "emails" {
  description = "Addresses that are told of every alarm, each after it has confirmed its subscription."
  type        = set(string)
}

variable "actions_enabled" {
  description = "Whether alarms are sent to the topic; false only shows them."
  type        = bool
}

variable "limits" {
  description = "What is still in order."
  type = object({
    rejected_lines        = number
    conflicts             = number
    warehouse_age_minutes = number
    checkpoint_seconds    = number
    lag_share             = number
  })
}

variable "api_id" {
  description = "Id of the API."
  type        = string
}

variable "functions" {
  description = "Names of the functions that answer the API, by what they do: ingest and query."
  type        = map(string)
}

variable "stream" {
  description = "The stream: its name, and the hours for which it keeps records."
  type = object({
    name            = string
    retention_hours = number
  })
}

variable "applications" {
  description = "Names of the applications: stream and import."
  type = object({
    stream = string
    import = string
  })
}

variable "import_state_machine_arn" {
  description = "ARN of the state machine that runs an import."
  type        = string
}

variable "tables" {
  description = "Names of the tables of the views: invoices and customers."
  type        = map(string)
}

variable "workgroup" {
  description = "Name of the warehouse's workgroup; null without a warehouse."
  type        = string
}

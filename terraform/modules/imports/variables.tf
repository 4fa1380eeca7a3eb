variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region of the state machine."
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

variable "bucket" {
  description = "The bucket of imports and completion records."
  type = object({
    name = string
    arn  = string
  })
}

variable "application" {
  description = "The import application: its name, ARN, runtime properties by group, and log group."
  type = object({
    name          = string
    arn           = string
    properties    = map(map(string))
    log_group     = string
    log_group_arn = string
  })
}

variable "poll_seconds" {
  description = "Time between two looks at a run."
  type        = number
}

variable "max_hours" {
  description = "Hours after which a run is stopped."
  type        = number
}

variable "max_restarts" {
  description = "Restarts of the job after which a run is stopped."
  type        = number
}

variable "schedule" {
  description = "When to import what without being asked; null: never."
  type = object({
    expression = string
    timezone   = string
    path       = string
  })
}

variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region of the warehouse and its network."
  type        = string
}

variable "account" {
  description = "Number of the AWS account."
  type        = string
}

variable "bucket_arn" {
  description = "ARN of the bucket with the staged files."
  type        = string
}

variable "base_capacity" {
  description = "RPUs with which the warehouse begins."
  type        = number
}

variable "max_capacity" {
  description = "RPUs to which it may grow."
  type        = number
}

variable "usage_limit" {
  description = "RPU-hours in a period, and what happens above."
  type = object({
    rpu_hours = number
    period    = string
    action    = string
  })
}

variable "vpc_cidr" {
  description = "Addresses of the VPC."
  type        = string
}

variable "availability_zones" {
  description = "Three zones for the subnets; null: the region's first three."
  type        = list(string)
}

variable "clients" {
  description = "Who else may reach the warehouse's port: security groups and address ranges."
  type = object({
    security_group_ids = list(string)
    cidrs              = list(string)
  })
}

variable "loader_user" {
  description = "Database user with which the job loads."
  type        = string
}

variable "loader_password_version" {
  description = "Raised by one, it makes the next apply set a new password."
  type        = number
}

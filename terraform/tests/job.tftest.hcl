# The two applications and what they may do.

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
  mock_resource "aws_cloudwatch_log_stream" {
    defaults = { arn = "arn:aws:logs:eu-central-1:000000000000:log-group:mock:log-stream:application" }
  }
  mock_resource "aws_s3_object" {
    defaults = { version_id = "version-1" }
  }
}

variables {
  name      = "inv"
  region    = "eu-central-1"
  account   = "000000000000"
  partition = "aws"
  jar       = "tests/stand-in.jar"
  bucket    = { name = "inv-bucket", arn = "arn:aws:s3:::inv-bucket" }
  stream    = { name = "inv-lines", arn = "arn:aws:kinesis:eu-central-1:000000000000:stream/inv-lines" }
  views = {
    invoices_table      = "inv-invoices"
    invoices_table_arn  = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-invoices"
    customers_table     = "inv-customers"
    customers_table_arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/inv-customers"
  }
  warehouse = {
    url               = "jdbc:redshift://inv.000000000000.eu-central-1.redshift-serverless.amazonaws.com:5439/invoiceflow"
    user              = "loader"
    secret_arn        = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:inv-warehouse-loader-mock"
    copy_role_arn     = "arn:aws:iam::000000000000:role/inv-copy"
    subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
    security_group_id = "sg-1"
  }
  stream_job         = { parallelism = 2, parallelism_per_kpu = 1, auto_scaling = true, start = false }
  import_job         = { parallelism = 4, parallelism_per_kpu = 1 }
  max_parallelism    = 128
  properties         = {}
  log_level          = "INFO"
  log_retention_days = 30
}

run "applications" {
  module {
    source = "./modules/job"
  }

  assert {
    condition     = aws_kinesisanalyticsv2_application.stream.runtime_environment == "FLINK-1_20" && aws_kinesisanalyticsv2_application.import.runtime_environment == "FLINK-1_20"
    error_message = "The jar is for Flink 1.20."
  }

  assert {
    condition     = aws_s3_object.jar.key == "jars/flink-job-${substr(filesha256("tests/stand-in.jar"), 0, 16)}.jar"
    error_message = "The jar is named by its content."
  }

  assert {
    condition = alltrue([
      for application in [aws_kinesisanalyticsv2_application.stream, aws_kinesisanalyticsv2_application.import] :
      application.application_configuration[0].application_code_configuration[0].code_content[0].s3_content_location[0].file_key == aws_s3_object.jar.key
      && application.application_configuration[0].application_code_configuration[0].code_content[0].s3_content_location[0].object_version == "version-1"
    ])
    error_message = "Both applications run the same version of the same jar."
  }

  assert {
    condition     = aws_kinesisanalyticsv2_application.stream.application_configuration[0].application_snapshot_configuration[0].snapshots_enabled && !aws_kinesisanalyticsv2_application.import.application_configuration[0].application_snapshot_configuration[0].snapshots_enabled
    error_message = "The stream has snapshots, the import has none."
  }

  assert {
    condition     = !aws_kinesisanalyticsv2_application.import.start_application && !aws_kinesisanalyticsv2_application.stream.start_application
    error_message = "Neither application is started unasked."
  }

  assert {
    condition     = !aws_kinesisanalyticsv2_application.import.application_configuration[0].flink_application_configuration[0].parallelism_configuration[0].auto_scaling_enabled
    error_message = "An import is not restarted to scale it."
  }

  assert {
    condition = alltrue([
      for application in [aws_kinesisanalyticsv2_application.stream, aws_kinesisanalyticsv2_application.import] :
      application.application_configuration[0].flink_application_configuration[0].monitoring_configuration[0].metrics_level == "APPLICATION" && length(application.cloudwatch_logging_options) == 1
    ])
    error_message = "Both applications publish metrics and write logs."
  }

  assert {
    condition = alltrue([
      for application in [aws_kinesisanalyticsv2_application.stream, aws_kinesisanalyticsv2_application.import] :
      application.application_configuration[0].vpc_configuration[0].subnet_ids == toset(["subnet-1", "subnet-2", "subnet-3"])
    ])
    error_message = "Both applications are in the warehouse's network."
  }

  assert {
    condition = alltrue([
      for group in aws_kinesisanalyticsv2_application.stream.application_configuration[0].environment_properties[0].property_group :
      group.property_map == output.properties.stream[group.property_group_id]
    ]) && length(aws_kinesisanalyticsv2_application.stream.application_configuration[0].environment_properties[0].property_group) == 5
    error_message = "The stream application has its five property groups."
  }

  assert {
    condition = alltrue(flatten([
      for properties in values(output.properties) : [for group in values(properties) : [for key in keys(group) : !contains(["password", "access.key.id", "secret.access.key"], key)]]
    ]))
    error_message = "No property holds a password or a key."
  }
}

run "least_privilege" {
  module {
    source = "./modules/job"
  }

  assert {
    condition = alltrue(flatten([
      for policy in values(aws_iam_role_policy.application) : [for statement in jsondecode(policy.policy).Statement : [for action in statement.Action : !strcontains(action, "*")]]
    ]))
    error_message = "Every action is written out."
  }

  assert {
    condition = alltrue(flatten([
      for policy in values(aws_iam_role_policy.application) : [
        for statement in jsondecode(policy.policy).Statement : [for resource in statement.Resource : startswith(resource, "arn:aws:")] if statement.Sid != "LookAtNetwork"
      ]
    ]))
    error_message = "Every right is for a resource with a name, but for EC2's Describe actions, which know none."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_iam_role_policy.application["stream"].policy).Statement : statement.Action])) == toset([
      "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem",
      "ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface",
      "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
      "kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
      "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
      "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:PutObject",
      "secretsmanager:GetSecretValue",
    ])
    error_message = "The stream application may do what the code does, and nothing else."
  }

  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.application["import"].policy).Statement : [for action in statement.Action : startswith(action, "kinesis:")]]))
    error_message = "The import has no right on the stream."
  }

  assert {
    condition     = !anytrue(flatten([for statement in jsondecode(aws_iam_role_policy.application["import"].policy).Statement : [for resource in statement.Resource : strcontains(resource, "/import/")] if contains(statement.Action, "s3:PutObject")]))
    error_message = "The import only reads what it imports."
  }

  assert {
    condition = alltrue([
      for key, role in aws_iam_role.application : jsondecode(role.assume_role_policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:kinesisanalytics:eu-central-1:000000000000:application/inv-${key}"
    ])
    error_message = "Each role is for its own application."
  }
}

run "without_warehouse" {
  variables {
    warehouse = null
  }

  module {
    source = "./modules/job"
  }

  assert {
    condition     = length(aws_kinesisanalyticsv2_application.stream.application_configuration[0].vpc_configuration) == 0 && length(aws_kinesisanalyticsv2_application.import.application_configuration[0].vpc_configuration) == 0
    error_message = "Without a warehouse the applications are in no VPC."
  }

  assert {
    condition     = !anytrue(flatten([for policy in values(aws_iam_role_policy.application) : [for statement in jsondecode(policy.policy).Statement : [for action in statement.Action : startswith(action, "ec2:") || startswith(action, "secretsmanager:")]]]))
    error_message = "Without a warehouse the applications need neither network nor secret."
  }
}

run "without_a_build" {
  command = plan

  variables {
    jar = "../flink-job/target/no-such.jar"
  }

  module {
    source = "./modules/job"
  }

  expect_failures = [var.jar]
}

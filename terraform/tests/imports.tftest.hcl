# What runs an import.

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::000000000000:role/mock" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:inv-import" }
  }
}

variables {
  name      = "inv"
  region    = "eu-central-1"
  account   = "000000000000"
  partition = "aws"
  bucket    = { name = "inv-bucket", arn = "arn:aws:s3:::inv-bucket" }
  application = {
    name = "inv-import"
    arn  = "arn:aws:kinesisanalytics:eu-central-1:000000000000:application/inv-import"
    properties = {
      job       = { mode = "import", "max.parallelism" = "128" }
      source    = { path = "s3://inv-bucket/import/" }
      views     = { region = "eu-central-1", "invoices.table" = "inv-invoices", "customers.table" = "inv-customers" }
      lake      = { root = "s3://inv-bucket" }
      warehouse = { enabled = "false" }
    }
    log_group     = "/aws/kinesis-analytics/inv-import"
    log_group_arn = "arn:aws:logs:eu-central-1:000000000000:log-group:/aws/kinesis-analytics/inv-import"
  }
  poll_seconds = 30
  max_hours    = 6
  max_restarts = 5
  schedule     = null
}

run "state_machine" {
  module {
    source = "./modules/imports"
  }

  assert {
    condition = length(setsubtract(
      toset(compact(flatten([for state in values(jsondecode(output.definition).States) : [
        try(state.Next, ""), try(state.Default, ""), [for choice in try(state.Choices, []) : choice.Next], [for catch in try(state.Catch, []) : catch.Next],
      ]]))),
      toset(keys(jsondecode(output.definition).States)),
    )) == 0
    error_message = "Every next state is there."
  }

  assert {
    condition = toset([for state in values(jsondecode(output.definition).States) : trimprefix(state.Resource, "arn:aws:states:::aws-sdk:") if state.Type == "Task"]) == toset([
      "kinesisanalyticsv2:describeApplication", "kinesisanalyticsv2:updateApplication", "kinesisanalyticsv2:startApplication", "kinesisanalyticsv2:stopApplication",
      "cloudwatch:getMetricData", "cloudwatchlogs:filterLogEvents", "s3:listObjectsV2", "s3:getObject",
    ])
    error_message = "The machine calls AWS itself, without code of ours."
  }

  assert {
    condition     = toset([for group in jsondecode(output.definition).States.SetRun.Arguments.ApplicationConfigurationUpdate.EnvironmentPropertyUpdates.PropertyGroups : group.PropertyGroupId]) == toset(["job", "source", "views", "lake", "warehouse"])
    error_message = "A run sets all groups, since an update replaces them all."
  }

  assert {
    condition = one([for group in jsondecode(output.definition).States.SetRun.Arguments.ApplicationConfigurationUpdate.EnvironmentPropertyUpdates.PropertyGroups : group.PropertyMap if group.PropertyGroupId == "job"]) == {
      mode = "{% $mode %}", "run.id" = "{% $run_id %}", "max.parallelism" = "128"
    }
    error_message = "A run brings its mode and its id, and keeps the other options."
  }

  assert {
    condition     = [for name, state in jsondecode(output.definition).States : name if state.Type == "Succeed"] == ["Done"] && [for name, state in jsondecode(output.definition).States : name if try(state.Next, "") == "Done"] == ["ReadRecord"]
    error_message = "Only the completion record is success."
  }

  assert {
    condition     = length(aws_scheduler_schedule.import) == 0
    error_message = "Nothing is imported unasked."
  }
}

run "least_privilege" {
  variables {
    schedule = { expression = "rate(1 day)", timezone = "UTC", path = "s3://inv-bucket/import/" }
  }

  module {
    source = "./modules/imports"
  }

  assert {
    condition = alltrue(flatten([
      for policy in [aws_iam_role_policy.import.policy, aws_iam_role_policy.schedule[0].policy] : [for statement in jsondecode(policy).Statement : [
        [for action in statement.Action : !strcontains(action, "*")],
        [for resource in statement.Resource : startswith(resource, "arn:aws:") || statement.Action == ["cloudwatch:GetMetricData"]],
      ]]
    ]))
    error_message = "Every action is written out, and every right is for a resource with a name, but for reading metrics, which knows none."
  }

  # Each integration is an action of the same name, but for one.
  assert {
    condition = toset([
      for state in values(jsondecode(output.definition).States) :
      replace(replace(replace(replace(lower(trimprefix(state.Resource, "arn:aws:states:::aws-sdk:")), "kinesisanalyticsv2:", "kinesisanalytics:"), "cloudwatchlogs:", "logs:"), "listobjectsv2", "listbucket"), " ", "")
      if state.Type == "Task"
    ]) == toset([for action in flatten([for statement in jsondecode(aws_iam_role_policy.import.policy).Statement : statement.Action]) : lower(action)])
    error_message = "The machine may do what it does, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.import[0].target[0].input) == { path = "s3://inv-bucket/import/" } && jsondecode(aws_iam_role_policy.schedule[0].policy).Statement[0].Resource == [output.state_machine_arn]
    error_message = "The schedule starts the machine with its path."
  }
}

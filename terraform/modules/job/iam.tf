# What the two applications may do: each action stands beside the code that needs it.

locals {
  log_arn_prefix = "arn:${var.partition}:logs:${var.region}:${var.account}:log-group"

  # Folders that every run writes below: LakeSinks, StagingWriter; AccessCheck tries each of them.
  written_folders = {
    stream = ["raw", "rejected", "duplicates", "staging"]
    # runs: the completion record. A replay writes neither raw nor rejected, an import does.
    import = ["raw", "rejected", "duplicates", "staging", "runs"]
  }

  common_statements = { for application, name in local.applications : application => [
    # ViewSinks; AccessCheck deletes an absent key, by a BatchWriteItem too.
    {
      Sid      = "WriteViews"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchWriteItem"]
      Resource = [var.views.invoices_table_arn, var.views.customers_table_arn]
    },
    # BatchedPartReader.
    {
      Sid      = "ReadStoredParts"
      Effect   = "Allow"
      Action   = ["dynamodb:BatchGetItem"]
      Resource = [var.views.invoices_table_arn]
    },
    # Flink's file sinks, the staged files and manifests. They upload in parts, look whether a name is free, and delete: the parts that were too small
    # to upload, staged files after their load, folder markers.
    {
      Sid      = "WriteLake"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
      Resource = [for folder in local.written_folders[application] : "${var.bucket.arn}/${folder}/*"]
    },
    # Without a condition on s3:prefix: it would also turn the "not found" of a missing object into "forbidden", since a request for an object has no
    # prefix, and the S3 client takes only the former for "the name is free".
    {
      Sid      = "ListBucket"
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
      Resource = [var.bucket.arn]
    },
    # The service itself.
    {
      Sid      = "ReadJar"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = ["${var.bucket.arn}/jars/*"]
    },
    {
      Sid      = "FindLogGroup"
      Effect   = "Allow"
      Action   = ["logs:DescribeLogGroups"]
      Resource = ["${local.log_arn_prefix}:*"]
    },
    {
      Sid      = "FindLogStream"
      Effect   = "Allow"
      Action   = ["logs:DescribeLogStreams"]
      Resource = ["${local.log_arn_prefix}:/aws/kinesis-analytics/${name}:*"]
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:PutLogEvents"]
      Resource = ["${local.log_arn_prefix}:/aws/kinesis-analytics/${name}:log-stream:application"]
    },
  ] }

  own_statements = {
    # The older Kinesis consumer, polling (KinesisRecords): it asks for shards, for the stream's ARN, and reads.
    stream = [{
      Sid      = "ReadStream"
      Effect   = "Allow"
      Action   = ["kinesis:ListShards", "kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords"]
      Resource = [var.stream.arn]
    }]
    # InvoiceFiles and RawFiles.
    import = [{
      Sid      = "ReadImports"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${var.bucket.arn}/import/*"]
    }]
  }

  warehouse_statements = var.warehouse == null ? [] : [
    # WarehousePassword.
    {
      Sid      = "ReadLoaderSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [var.warehouse.secret_arn]
    },
    # The service's own, as it documents them for an application in a VPC. EC2's Describe actions know no resources.
    {
      Sid      = "LookAtNetwork"
      Effect   = "Allow"
      Action   = ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces"]
      Resource = ["*"]
    },
    {
      Sid    = "JoinNetwork"
      Effect = "Allow"
      Action = ["ec2:CreateNetworkInterface"]
      Resource = concat(
        ["arn:${var.partition}:ec2:${var.region}:${var.account}:network-interface/*"],
        ["arn:${var.partition}:ec2:${var.region}:${var.account}:security-group/${var.warehouse.security_group_id}"],
        [for subnet in var.warehouse.subnet_ids : "arn:${var.partition}:ec2:${var.region}:${var.account}:subnet/${subnet}"],
      )
    },
    # An interface's id is not known before, and no tag or subnet is sure to stand in the request.
    {
      Sid      = "UseNetworkInterfaces"
      Effect   = "Allow"
      Action   = ["ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"]
      Resource = ["arn:${var.partition}:ec2:${var.region}:${var.account}:network-interface/*"]
    },
  ]
}

resource "aws_iam_role" "application" {
  for_each = local.applications

  name = each.value
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "kinesisanalytics.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account }
        ArnEquals    = { "aws:SourceArn" = "arn:${var.partition}:kinesisanalytics:${var.region}:${var.account}:application/${each.value}" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "application" {
  for_each = local.applications

  name = "work"
  role = aws_iam_role.application[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.common_statements[each.key], local.own_statements[each.key], local.warehouse_statements)
  })
}

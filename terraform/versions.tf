terraform {
  # 1.11 has write-only arguments: the loader's password never enters the state.
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.47"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.7"
    }
  }

  # The state stays in this folder. To keep it in a bucket, add a file backend.tf:
  #
  #   terraform {
  #     backend "s3" {
  #       bucket       = "my-terraform-states"
  #       key          = "invoiceflow/terraform.tfstate"
  #       region       = "eu-central-1"
  #       use_lockfile = true
  #     }
  #   }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = merge({ application = var.name }, var.tags)
  }
}

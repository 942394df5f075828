# The migration of examples/hr as people write it for Terraform. Everything beyond the provider's
# settings is what one would apply to a real account.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { team = "data" }
  }
}

locals {
  name = "hr"
  trust = {
    for service in ["dms.amazonaws.com", "monitoring.rds.amazonaws.com"] :
    service => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = "sts:AssumeRole"
      }]
    })
  }
}

data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "main" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index + 1)
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "main" {
  count          = 2
  route_table_id = aws_route_table.main.id
  subnet_id      = aws_subnet.main[count.index].id
}

resource "aws_security_group" "main" {
  name        = "${local.name}-main"
  description = "Replication instance and Aurora"
  vpc_id      = aws_vpc.main.id
  ingress {
    from_port = 5432
    to_port   = 5432
    protocol  = "tcp"
    self      = true
  }
  ingress {
    from_port = 443
    to_port   = 443
    protocol  = "tcp"
    self      = true
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_endpoint" "secrets" {
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.main[*].id
  security_group_ids  = [aws_security_group.main.id]
  private_dns_enabled = true
}

resource "aws_iam_role" "vpc" {
  name               = "dms-vpc-role"
  assume_role_policy = local.trust["dms.amazonaws.com"]
}

resource "aws_iam_role_policy_attachment" "vpc" {
  role       = aws_iam_role.vpc.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole"
}

resource "aws_iam_role" "logs" {
  name               = "dms-cloudwatch-logs-role"
  assume_role_policy = local.trust["dms.amazonaws.com"]
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.logs.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole"
}

resource "aws_iam_role" "monitoring" {
  name               = "${local.name}-monitoring"
  assume_role_policy = local.trust["monitoring.rds.amazonaws.com"]
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_iam_role" "secrets" {
  name = "${local.name}-secrets"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["dms.us-east-1.amazonaws.com", "dms.amazonaws.com"] }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "secrets" {
  name = "secrets"
  role = aws_iam_role.secrets.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
      Resource = [aws_secretsmanager_secret.source.arn, aws_secretsmanager_secret.target.arn]
    }]
  })
}

resource "aws_secretsmanager_secret" "source" {
  name = "${local.name}/oracle"
}

resource "aws_secretsmanager_secret_version" "source" {
  secret_id = aws_secretsmanager_secret.source.id
  secret_string = jsonencode({
    username = "dms"
    password = "only-simulated"
    host     = "oracle.example.com"
    port     = 1521
  })
}

resource "aws_secretsmanager_secret" "target" {
  name = "${local.name}-target"
}

resource "aws_secretsmanager_secret_version" "target" {
  secret_id = aws_secretsmanager_secret.target.id
  secret_string = jsonencode({
    username = "dms"
    password = "only-simulated"
    host     = aws_rds_cluster.target.endpoint
    port     = 5432
  })
}

resource "aws_db_subnet_group" "main" {
  name        = local.name
  description = "Aurora of hr"
  subnet_ids  = aws_subnet.main[*].id
}

resource "aws_rds_cluster_parameter_group" "target" {
  name        = "${local.name}-target"
  family      = "aurora-postgresql16"
  description = "Aurora of hr"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "target" {
  cluster_identifier              = "${local.name}-target"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  database_name                   = "hr"
  port                            = 5432
  master_username                 = "dbadmin"
  manage_master_user_password     = true
  db_subnet_group_name            = aws_db_subnet_group.main.name
  vpc_security_group_ids          = [aws_security_group.main.id]
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.target.name
  storage_encrypted               = true
  copy_tags_to_snapshot           = true
  backup_retention_period         = 7
  preferred_backup_window         = "03:00-04:00"
  preferred_maintenance_window    = "sun:04:00-sun:05:00"
  skip_final_snapshot             = true
}

resource "aws_rds_cluster_instance" "target" {
  identifier                            = "${local.name}-target-1"
  cluster_identifier                    = aws_rds_cluster.target.id
  engine                                = aws_rds_cluster.target.engine
  instance_class                        = "db.r6i.large"
  publicly_accessible                   = false
  performance_insights_enabled          = true
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn
  depends_on                            = [aws_iam_role_policy_attachment.monitoring]
}

resource "aws_dms_replication_subnet_group" "main" {
  replication_subnet_group_id          = local.name
  replication_subnet_group_description = "Replication of hr"
  subnet_ids                           = aws_subnet.main[*].id
  depends_on                           = [aws_iam_role_policy_attachment.vpc]
}

resource "aws_dms_replication_instance" "main" {
  replication_instance_id     = local.name
  replication_instance_class  = "dms.r6i.large"
  allocated_storage           = 100
  multi_az                    = true
  auto_minor_version_upgrade  = true
  publicly_accessible         = false
  replication_subnet_group_id = aws_dms_replication_subnet_group.main.id
  vpc_security_group_ids      = [aws_security_group.main.id]
  depends_on                  = [aws_iam_role_policy_attachment.logs]
}

resource "aws_dms_endpoint" "source" {
  endpoint_id                     = "${local.name}-source"
  endpoint_type                   = "source"
  engine_name                     = "oracle"
  database_name                   = "ORCL"
  secrets_manager_arn             = aws_secretsmanager_secret.source.arn
  secrets_manager_access_role_arn = aws_iam_role.secrets.arn
  depends_on                      = [aws_iam_role_policy.secrets, aws_secretsmanager_secret_version.source]
}

resource "aws_dms_endpoint" "target" {
  endpoint_id                     = "${local.name}-target"
  endpoint_type                   = "target"
  engine_name                     = "aurora-postgresql"
  database_name                   = "hr"
  ssl_mode                        = "require"
  secrets_manager_arn             = aws_secretsmanager_secret.target.arn
  secrets_manager_access_role_arn = aws_iam_role.secrets.arn
  depends_on                      = [aws_iam_role_policy.secrets, aws_secretsmanager_secret_version.target]
}

# Not started: DMS starts a task only when both connections have been tested, for which Terraform
# has no resource.
resource "aws_dms_replication_task" "hr" {
  replication_task_id      = local.name
  migration_type           = "full-load-and-cdc"
  replication_instance_arn = aws_dms_replication_instance.main.replication_instance_arn
  source_endpoint_arn      = aws_dms_endpoint.source.endpoint_arn
  target_endpoint_arn      = aws_dms_endpoint.target.endpoint_arn
  table_mappings = jsonencode({
    rules = [
      {
        "rule-type"      = "selection"
        "rule-id"        = "1"
        "rule-name"      = "1"
        "object-locator" = { "schema-name" = "HR", "table-name" = "%" }
        "rule-action"    = "include"
        "filters"        = []
      },
      {
        "rule-type"      = "transformation"
        "rule-id"        = "2"
        "rule-name"      = "2"
        "rule-target"    = "schema"
        "object-locator" = { "schema-name" = "HR" }
        "rule-action"    = "convert-lowercase"
      },
      {
        "rule-type"      = "transformation"
        "rule-id"        = "3"
        "rule-name"      = "3"
        "rule-target"    = "table"
        "object-locator" = { "schema-name" = "HR", "table-name" = "%" }
        "rule-action"    = "convert-lowercase"
      },
      {
        "rule-type"      = "transformation"
        "rule-id"        = "4"
        "rule-name"      = "4"
        "rule-target"    = "column"
        "object-locator" = { "schema-name" = "HR", "table-name" = "%", "column-name" = "%" }
        "rule-action"    = "convert-lowercase"
      },
    ]
  })
  replication_task_settings = jsonencode({
    FullLoadSettings   = { TargetTablePrepMode = "DO_NOTHING" }
    Logging            = { EnableLogging = true }
    TargetMetadata     = { LobMaxSize = 64 }
    ValidationSettings = { EnableValidation = true }
  })
  depends_on = [aws_rds_cluster_instance.target]
}

resource "aws_sns_topic" "alerts" {
  name = "${local.name}-alerts"
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "dms.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alerts.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "dba" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "dba@example.com"
}

resource "aws_dms_event_subscription" "failures" {
  name             = "${local.name}-failures"
  enabled          = true
  source_type      = "replication-task"
  event_categories = ["failure"]
  sns_topic_arn    = aws_sns_topic.alerts.arn
  source_ids       = [aws_dms_replication_task.hr.replication_task_id]
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  for_each            = toset(["CDCLatencySource", "CDCLatencyTarget"])
  alarm_name          = "${local.name}-${each.key}"
  namespace           = "AWS/DMS"
  metric_name         = each.key
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 300
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  dimensions = {
    ReplicationInstanceIdentifier = aws_dms_replication_instance.main.replication_instance_id
    ReplicationTaskIdentifier     = reverse(split(":", aws_dms_replication_task.hr.replication_task_arn))[0]
  }
}

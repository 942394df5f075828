#!/usr/bin/env bash
# An Oracle to Aurora PostgreSQL migration set up, checked and removed with nothing but the AWS CLI.
# It proves that the simulated AWS answers a client that knows nothing of pgbound. Every step waits
# for what the next one needs; `refused` steps are those that AWS must not accept.
#
# Waits are loops of our own because the waiters of the CLI look only every 15 to 60 seconds.
set -euo pipefail

name=hr-cli
steps=0

# Version 1 of the CLI forgets AWS_ENDPOINT_URL for RDS; the option is kept by every version.
aws() {
  command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"
}

say() {
  steps=$((steps + 1))
  printf '%2d  %s\n' "$steps" "$1"
}

# until_is WHAT WANTED COMMAND...: repeats the command until it prints the wanted words.
until_is() {
  local what=$1 wanted=$2 got= i
  shift 2
  for ((i = 0; i < 120; i++)); do
    got=$("$@" 2>&1) || true
    if [[ $got == $wanted ]]; then
      return 0
    fi
    if [[ $got == failed* ]]; then
      break
    fi
    sleep 0.3
  done
  echo "$what: wanted '$wanted', last answer: $got" >&2
  exit 1
}

# refused ERROR COMMAND...: the command must fail with that error.
refused() {
  local wanted=$1 got
  shift
  if got=$("$@" 2>&1); then
    echo "not refused: $*" >&2
    exit 1
  fi
  if [[ $got != *"$wanted"* ]]; then
    echo "refused for another reason than $wanted: $got" >&2
    exit 1
  fi
}

# is WANTED COMMAND...: the command prints exactly that.
is() {
  local wanted=$1 got
  shift
  got=$("$@")
  if [[ $got != "$wanted" ]]; then
    echo "wanted '$wanted', got '$got': $*" >&2
    exit 1
  fi
}

trust() {
  printf '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":%s},"Action":"sts:AssumeRole"}]}' "$1"
}

role() {
  aws iam create-role --role-name "$1" --assume-role-policy-document "$(trust "$2")" \
    --query Role.Arn --output text
}

instance_status() {
  aws dms describe-replication-instances --filters "Name=replication-instance-id,Values=$name" \
    --query 'ReplicationInstances[0].ReplicationInstanceStatus' --output text
}

task_status() {
  aws dms describe-replication-tasks --without-settings \
    --filters "Name=replication-task-id,Values=$name" \
    --query 'ReplicationTasks[0].Status' --output text
}

connection_status() {
  aws dms describe-connections --filters "Name=endpoint-arn,Values=$1" \
    --query 'Connections[0].Status' --output text
}

# ---- network ------------------------------------------------------------------------------------
is 123456789012 aws sts get-caller-identity --query Account --output text
zones=($(aws ec2 describe-availability-zones --query 'AvailabilityZones[].ZoneName' --output text))

say "network"
vpc=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id "$vpc" --enable-dns-hostnames
aws ec2 create-tags --resources "$vpc" --tags "Key=Name,Value=$name"
is "$name" aws ec2 describe-vpcs --vpc-ids "$vpc" --query "Vpcs[0].Tags[?Key=='Name'].Value|[0]" --output text
subnet_a=$(aws ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.1.0/24 \
  --availability-zone "${zones[0]}" --query Subnet.SubnetId --output text)
refused InvalidSubnet.Conflict aws ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.1.0/25
subnet_b=$(aws ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.2.0/24 \
  --availability-zone "${zones[1]}" --query Subnet.SubnetId --output text)
group=$(aws ec2 create-security-group --group-name "$name" --description "DMS and Aurora" \
  --vpc-id "$vpc" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 5432 \
  --source-group "$group" >/dev/null
refused InvalidPermission.Duplicate aws ec2 authorize-security-group-ingress --group-id "$group" \
  --protocol tcp --port 5432 --source-group "$group"
aws ec2 authorize-security-group-ingress --group-id "$group" --protocol tcp --port 443 \
  --source-group "$group" >/dev/null
endpoint=$(aws ec2 create-vpc-endpoint --vpc-id "$vpc" --vpc-endpoint-type Interface \
  --service-name com.amazonaws.us-east-1.secretsmanager --subnet-ids "$subnet_a" "$subnet_b" \
  --security-group-ids "$group" --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text)

# ---- roles first: DMS checks them when the subnet group is made ----------------------------------
refused AccessDeniedFault aws dms create-replication-subnet-group \
  --replication-subnet-group-identifier "$name" \
  --replication-subnet-group-description "DMS of $name" --subnet-ids "$subnet_a" "$subnet_b"
say "roles"
role dms-vpc-role '"dms.amazonaws.com"' >/dev/null
aws iam attach-role-policy --role-name dms-vpc-role \
  --policy-arn arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole
role dms-cloudwatch-logs-role '"dms.amazonaws.com"' >/dev/null
aws iam attach-role-policy --role-name dms-cloudwatch-logs-role \
  --policy-arn arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole
monitoring=$(role "$name-monitoring" '"monitoring.rds.amazonaws.com"')
aws iam attach-role-policy --role-name "$name-monitoring" \
  --policy-arn arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole
secrets=$(role "$name-secrets" '["dms.amazonaws.com","dms.us-east-1.amazonaws.com"]')

# ---- target -------------------------------------------------------------------------------------
say "Aurora"
aws rds create-db-subnet-group --db-subnet-group-name "$name" \
  --db-subnet-group-description "Aurora of $name" --subnet-ids "$subnet_a" "$subnet_b" >/dev/null
aws rds create-db-cluster --db-cluster-identifier "$name" --engine aurora-postgresql \
  --engine-version 16.4 --database-name hr --master-username dbadmin \
  --manage-master-user-password --db-subnet-group-name "$name" \
  --vpc-security-group-ids "$group" --storage-encrypted --backup-retention-period 7 >/dev/null
refused DBClusterAlreadyExistsFault aws rds create-db-cluster --db-cluster-identifier "$name" \
  --engine aurora-postgresql
aws rds create-db-instance --db-instance-identifier "$name-1" --db-cluster-identifier "$name" \
  --engine aurora-postgresql --db-instance-class db.r6i.large --monitoring-interval 60 \
  --monitoring-role-arn "$monitoring" --enable-performance-insights \
  --performance-insights-retention-period 7 >/dev/null

# ---- secrets, replication instance, endpoints ----------------------------------------------------
say "replication instance"
until_is "DMS to see its role" "*$name*" aws dms create-replication-subnet-group \
  --replication-subnet-group-identifier "$name" \
  --replication-subnet-group-description "DMS of $name" --subnet-ids "$subnet_a" "$subnet_b"
instance=$(aws dms create-replication-instance --replication-instance-identifier "$name" \
  --replication-instance-class dms.r6i.large --allocated-storage 100 --multi-az \
  --no-publicly-accessible --replication-subnet-group-identifier "$name" \
  --vpc-security-group-ids "$group" --query ReplicationInstance.ReplicationInstanceArn --output text)
until_is "the cluster" available aws rds describe-db-clusters --db-cluster-identifier "$name" \
  --query 'DBClusters[0].Status' --output text
until_is "its instance" available aws rds describe-db-instances --db-instance-identifier "$name-1" \
  --query 'DBInstances[0].DBInstanceStatus' --output text
host=$(aws rds describe-db-clusters --db-cluster-identifier "$name" \
  --query 'DBClusters[0].Endpoint' --output text)

say "secrets and endpoints"
source_secret=$(aws secretsmanager create-secret --name "$name/oracle" --query ARN --output text \
  --secret-string '{"username":"dms","password":"only-simulated","host":"oracle.example.com","port":1521}')
target_secret=$(aws secretsmanager create-secret --name "$name/target" --query ARN --output text \
  --secret-string "{\"username\":\"dms\",\"password\":\"only-simulated\",\"host\":\"$host\",\"port\":5432}")
aws iam put-role-policy --role-name "$name-secrets" --policy-name secrets --policy-document \
  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"secretsmanager:DescribeSecret\",\"secretsmanager:GetSecretValue\"],\"Resource\":[\"$source_secret\",\"$target_secret\"]}]}"
source=
for ((i = 0; i < 60; i++)); do # until DMS sees the role
  source=$(aws dms create-endpoint --endpoint-identifier "$name-source" --endpoint-type source \
    --engine-name oracle --database-name ORCL --query Endpoint.EndpointArn --output text \
    --oracle-settings "SecretsManagerSecretId=$source_secret,SecretsManagerAccessRoleArn=$secrets,FailTasksOnLobTruncation=true") &&
    break
  sleep 0.3
done
target=$(aws dms create-endpoint --endpoint-identifier "$name-target" --endpoint-type target \
  --engine-name aurora-postgresql --database-name hr --ssl-mode require \
  --query Endpoint.EndpointArn --output text \
  --postgre-sql-settings "SecretsManagerSecretId=$target_secret,SecretsManagerAccessRoleArn=$secrets")
until_is "the replication instance" available instance_status
aws dms test-connection --replication-instance-arn "$instance" --endpoint-arn "$source" >/dev/null
aws dms test-connection --replication-instance-arn "$instance" --endpoint-arn "$target" >/dev/null
until_is "the source's connection test" successful connection_status "$source"
until_is "the target's connection test" successful connection_status "$target"

# ---- task ---------------------------------------------------------------------------------------
say "task"
mappings='{"rules":[
  {"rule-type":"selection","rule-id":"1","rule-name":"1","rule-action":"include",
   "object-locator":{"schema-name":"HR","table-name":"%"},"filters":[]},
  {"rule-type":"transformation","rule-id":"2","rule-name":"2","rule-target":"schema",
   "object-locator":{"schema-name":"HR"},"rule-action":"convert-lowercase"},
  {"rule-type":"transformation","rule-id":"3","rule-name":"3","rule-target":"table",
   "object-locator":{"schema-name":"HR","table-name":"%"},"rule-action":"convert-lowercase"},
  {"rule-type":"transformation","rule-id":"4","rule-name":"4","rule-target":"column",
   "object-locator":{"schema-name":"HR","table-name":"%","column-name":"%"},
   "rule-action":"convert-lowercase"}]}'
task=$(aws dms create-replication-task --replication-task-identifier "$name" \
  --source-endpoint-arn "$source" --target-endpoint-arn "$target" \
  --replication-instance-arn "$instance" --migration-type full-load-and-cdc \
  --table-mappings "$mappings" --query ReplicationTask.ReplicationTaskArn --output text \
  --replication-task-settings '{"FullLoadSettings":{"TargetTablePrepMode":"DO_NOTHING"},"Logging":{"EnableLogging":true},"ValidationSettings":{"EnableValidation":true}}')
until_is "the task to be ready" ready task_status
aws dms start-replication-task --replication-task-arn "$task" \
  --start-replication-task-type start-replication >/dev/null
until_is "the task to run" running task_status
refused InvalidResourceStateFault aws dms modify-replication-task --replication-task-arn "$task" \
  --replication-task-settings '{"TargetMetadata":{"LobMaxSize":64}}'
aws dms describe-table-statistics --replication-task-arn "$task" >/dev/null

# ---- alarms -------------------------------------------------------------------------------------
say "alarm"
topic=$(aws sns create-topic --name "$name" --query TopicArn --output text)
aws sns subscribe --topic-arn "$topic" --protocol email --notification-endpoint dba@example.com >/dev/null
aws dms create-event-subscription --subscription-name "$name" --sns-topic-arn "$topic" \
  --source-type replication-task --event-categories failure --enabled >/dev/null
aws cloudwatch put-metric-alarm --alarm-name "$name-lag" --namespace AWS/DMS \
  --metric-name CDCLatencySource --statistic Maximum --period 60 --evaluation-periods 5 \
  --threshold 300 --comparison-operator GreaterThanThreshold --treat-missing-data breaching \
  --alarm-actions "$topic" --dimensions \
  "Name=ReplicationInstanceIdentifier,Value=$name" \
  "Name=ReplicationTaskIdentifier,Value=${task##*:}"
is 300.0 aws cloudwatch describe-alarms --alarm-names "$name-lag" \
  --query 'MetricAlarms[0].Threshold' --output text

# ---- away with it, in reverse --------------------------------------------------------------------
say "delete"
aws cloudwatch delete-alarms --alarm-names "$name-lag"
aws dms delete-event-subscription --subscription-name "$name" >/dev/null
aws sns delete-topic --topic-arn "$topic"
refused InvalidResourceStateFault aws dms delete-replication-task --replication-task-arn "$task"
refused InvalidResourceStateFault aws dms delete-endpoint --endpoint-arn "$source"
aws dms stop-replication-task --replication-task-arn "$task" >/dev/null
until_is "the task to stop" stopped task_status
aws dms delete-replication-task --replication-task-arn "$task" >/dev/null
until_is "the task to go" '*ResourceNotFoundFault*' task_status
aws dms delete-endpoint --endpoint-arn "$source" >/dev/null
aws dms delete-endpoint --endpoint-arn "$target" >/dev/null
refused InvalidResourceStateFault aws dms delete-replication-subnet-group \
  --replication-subnet-group-identifier "$name"
aws dms delete-replication-instance --replication-instance-arn "$instance" >/dev/null
aws rds delete-db-instance --db-instance-identifier "$name-1" >/dev/null
aws rds delete-db-cluster --db-cluster-identifier "$name" --skip-final-snapshot >/dev/null
until_is "the replication instance to go" '*ResourceNotFoundFault*' instance_status
until_is "the cluster to go" '*DBClusterNotFoundFault*' aws rds describe-db-clusters \
  --db-cluster-identifier "$name"
aws dms delete-replication-subnet-group --replication-subnet-group-identifier "$name"
aws rds delete-db-subnet-group --db-subnet-group-name "$name"
aws ec2 delete-vpc-endpoints --vpc-endpoint-ids "$endpoint" >/dev/null
# Network interfaces of DMS and of the endpoint outlive their owners by minutes.
until_is "the network interfaces to go" "" aws ec2 describe-network-interfaces \
  --filters "Name=vpc-id,Values=$vpc" --query 'NetworkInterfaces[].NetworkInterfaceId' --output text
aws ec2 delete-security-group --group-id "$group" >/dev/null
aws ec2 delete-subnet --subnet-id "$subnet_a"
aws ec2 delete-subnet --subnet-id "$subnet_b"
aws ec2 delete-vpc --vpc-id "$vpc"
aws iam delete-role-policy --role-name "$name-secrets" --policy-name secrets
for one in "$name-monitoring:AmazonRDSEnhancedMonitoringRole" \
  dms-vpc-role:AmazonDMSVPCManagementRole dms-cloudwatch-logs-role:AmazonDMSCloudWatchLogsRole; do
  aws iam detach-role-policy --role-name "${one%%:*}" \
    --policy-arn "arn:aws:iam::aws:policy/service-role/${one##*:}"
done
refused NoSuchEntity aws iam detach-role-policy --role-name dms-vpc-role \
  --policy-arn arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole
for one in "$name-monitoring" "$name-secrets" dms-vpc-role dms-cloudwatch-logs-role; do
  aws iam delete-role --role-name "$one"
done
aws secretsmanager delete-secret --secret-id "$source_secret" --force-delete-without-recovery >/dev/null
aws secretsmanager delete-secret --secret-id "$target_secret" --force-delete-without-recovery >/dev/null
echo "all $steps parts went as on AWS"

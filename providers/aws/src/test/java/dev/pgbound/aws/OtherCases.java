package dev.pgbound.aws;

import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;

/** Roles, secrets, and the types that tell people what happens. */
final class OtherCases {

  private OtherCases() {}

  static List<Case> all() {
    return List.of(role(), secret(), topic(), alarm(), logGroup());
  }

  private static Case role() {
    return Case.of(
            "iam-role.main",
            """
            iam-role:
              main:
                description: Reads secrets
                assumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Principal: {Service: dms.us-east-1.amazonaws.com}
                      Action: sts:AssumeRole
                inlinePolicies:
                  secrets:
                    Version: "2012-10-17"
                    Statement:
                      - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}
            """)
        .change("description", "Reads the secrets of DMS")
        .change("permissionsBoundary", "\"arn:aws:iam::aws:policy/PowerUserAccess\"")
        .change("maxSessionDuration", "7200")
        .change(
            "assumeRolePolicyDocument",
            "{Statement: [{Effect: Allow, Principal: {Service: dms.amazonaws.com},"
                + " Action: \"sts:AssumeRole\"}]}")
        .change(
            "managedPolicyArns",
            "[\"arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole\"]")
        .change(
            "inlinePolicies",
            "{logs: {Version: \"2012-10-17\","
                + " Statement: [{Effect: Allow, Action: \"logs:PutLogEvents\", Resource: \"*\"}]}}")
        .change("tags", "{team: data}")
        .change("path", "/migrations/");
  }

  private static Case secret() {
    return Case.of(
            "secret.main",
            """
            secret:
              main:
                description: The user of DMS
                values: {username: dms, port: 1521}
                generated: [password]
            """)
        .change("description", "The user of DMS in Oracle")
        .change("values", "{username: replicator}")
        .change("generated", "[password, asm_password]")
        .change("tags", "{team: data}");
  }

  private static Case topic() {
    return Case.of(
            "sns-topic.main",
            """
            sns-topic:
              main:
                publishers: [dms.amazonaws.com]
                subscriptions: [{protocol: email, endpoint: dba@example.com}]
            """)
        .change("displayName", "Migration")
        .change("publishers", "[dms.amazonaws.com, cloudwatch.amazonaws.com]")
        .change(
            "subscriptions",
            "[{protocol: email, endpoint: dba@example.com},"
                + " {protocol: email, endpoint: ops@example.com}]")
        .change("tags", "{team: data}");
  }

  private static Case alarm() {
    return Case.of(
            "cloudwatch-alarm.main",
            """
            sns-topic:
              main: {publishers: [cloudwatch.amazonaws.com]}
            cloudwatch-alarm:
              main:
                namespace: AWS/DMS
                metricName: CPUUtilization
                statistic: Average
                period: 60
                evaluationPeriods: 3
                threshold: 80
                comparisonOperator: GreaterThanThreshold
                dimensions: [{name: ReplicationInstanceIdentifier, value: hr}]
            """)
        .change("alarmDescription", "The instance is too small")
        .change("namespace", "Replication")
        .change("metricName", "FreeableMemory")
        .change("statistic", "Minimum")
        .change("period", "300")
        .change("evaluationPeriods", "5")
        .change("threshold", "90.5")
        .change("comparisonOperator", "GreaterThanOrEqualToThreshold")
        .change("dimensions", "[{name: ReplicationInstanceIdentifier, value: payroll}]")
        .change("treatMissingData", "breaching")
        .change("alarmActions", "[\"${sns-topic.main}\"]")
        .change("okActions", "[\"${sns-topic.main}\"]")
        .change("insufficientDataActions", "[\"${sns-topic.main}\"]")
        .change("actionsEnabled", "false")
        .change("tags", "{team: data}");
  }

  private static Case logGroup() {
    return Case.of("log-group.main", "log-group: {main: {logGroupName: dms-tasks-hr}}\n")
        .change("retentionInDays", "30")
        .change("tags", "{team: data}")
        .change("logGroupName", "dms-tasks-payroll");
  }
}

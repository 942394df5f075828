package dev.pgbound.aws;

import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;
import java.util.Locale;

/** The types of DMS. */
final class DmsCases {

  private static final String ROLES =
      """
      iam-role:
        dms-vpc-role:
          roleName: dms-vpc-role
          assumeRolePolicyDocument: &trust
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Principal: {Service: dms.amazonaws.com}, Action: "sts:AssumeRole"}
          managedPolicyArns:
            - arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole
        dms-cloudwatch-logs-role:
          roleName: dms-cloudwatch-logs-role
          assumeRolePolicyDocument: *trust
          managedPolicyArns:
            - arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole
      """;

  private static final String SUBNETS =
      NetworkCases.NETWORK
          + ROLES
          + """
          dms-subnet-group:
            main:
              replicationSubnetGroupDescription: Replication
              subnetIds: ["${subnet.a}", "${subnet.b}"]
          """;

  private static final String INSTANCE =
      SUBNETS
          + """
          dms-instance:
            main:
              replicationInstanceClass: dms.r6i.large
              replicationSubnetGroupIdentifier: ${dms-subnet-group.main}
            other:
              replicationInstanceClass: dms.r6i.large
              replicationSubnetGroupIdentifier: ${dms-subnet-group.main}
          """;

  private static final String SOURCE =
      """
      dms-endpoint:
        source:
          endpointType: source
          engineName: oracle
          serverName: oracle.example.com
          port: 1521
          username: dms
          password: ${env.ORACLE_PASSWORD}
          databaseName: ORCL
      """;

  private static final String TARGET =
      """
        target:
          endpointType: target
          engineName: aurora-postgresql
          serverName: ${db-cluster.main.endpoint}
          port: 5432
          username: dms
          password: ${env.POSTGRES_PASSWORD}
          databaseName: postgres
      """;

  private DmsCases() {}

  static List<Case> all() {
    return List.of(
        subnetGroup(),
        instance(),
        oracleEndpoint(),
        postgresEndpoint(),
        verifiedEndpoint(),
        connectionTest(),
        certificate(),
        eventSubscription(),
        runningTask(),
        restingTask(),
        fullLoad(),
        restingServerless(),
        runningServerless());
  }

  private static Case subnetGroup() {
    return Case.of("dms-subnet-group.main", SUBNETS)
        .change("replicationSubnetGroupDescription", "Replication of the warehouse")
        .change("subnetIds", "[\"${subnet.a}\", \"${subnet.c}\"]")
        .change("tags", "{team: data}");
  }

  private static Case instance() {
    return Case.of(
            "dms-instance.main",
            SUBNETS
                + NetworkCases.GROUPS
                + """
                dms-instance:
                  main:
                    replicationInstanceClass: dms.c6i.large
                    allocatedStorage: 100
                    engineVersion: "3.5.3"
                    replicationSubnetGroupIdentifier: ${dms-subnet-group.main}
                    vpcSecurityGroupIds: ["${security-group.main}"]
                """)
        .change("replicationInstanceClass", "dms.r6i.large")
        .change("allocatedStorage", "200")
        .change("engineVersion", "\"3.6.0\"")
        .change("multiAZ", "true")
        .change("autoMinorVersionUpgrade", "false")
        .change("preferredMaintenanceWindow", "\"Mon:04:00-Mon:05:00\"")
        .change("vpcSecurityGroupIds", "[\"${security-group.other}\"]")
        .change("tags", "{team: data}")
        .change("publiclyAccessible", "true")
        .change("availabilityZone", "us-east-1b");
  }

  private static Case oracleEndpoint() {
    return Case.of(
            "dms-endpoint.source",
            """
            iam-role:
              secrets:
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
                      - Effect: Allow
                        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
                        Resource: ["${secret.oracle.arn}"]
            secret:
              oracle:
                values: {username: dms, host: oracle.example.com, port: 1521}
                generated: [password]
            dms-endpoint:
              source:
                endpointType: source
                engineName: oracle
                databaseName: ORCL
                extraConnectionAttributes: useZeroDestid=1;exposeViews=true
                oracleSettings:
                  secretsManagerSecretId: ${secret.oracle.arn}
                  secretsManagerAccessRoleArn: ${iam-role.secrets}
                  numberDatatypeScale: 10
                  extraArchivedLogDestIds: [2, 1]
            """)
        .change("databaseName", "HR")
        .change("secretVersion", "\"${secret.oracle.versionId}\"")
        .change("extraConnectionAttributes", "exposeViews=false")
        .change("oracleSettings", "{readAheadBlocks: 20000, useLogminerReader: false}")
        .change("tags", "{team: data}");
  }

  private static Case postgresEndpoint() {
    return Case.of(
            "dms-endpoint.target",
            """
            dms-endpoint:
              target:
                endpointType: target
                engineName: aurora-postgresql
                serverName: db.example.com
                port: 5432
                username: dms
                password: ${env.POSTGRES_PASSWORD}
                databaseName: hr
                postgreSQLSettings: {maxFileSize: 65536}
            """)
        .change("serverName", "other.example.com")
        .change("port", "5433")
        .change("username", "replicator")
        .change("databaseName", "payroll")
        .change("sslMode", "require")
        .change("postgreSQLSettings", "{executeTimeout: 100}")
        .change("tags", "{team: data}")
        .change("resourceIdentifier", "hr-target")
        .change("engineName", "postgres");
  }

  private static Case verifiedEndpoint() {
    return Case.of(
            "dms-endpoint.target",
            """
            dms-certificate:
              main: {certificateWallet: AAECAwQ=}
              other: {certificateWallet: AAECAwU=}
            dms-endpoint:
              target:
                endpointType: target
                engineName: aurora-postgresql
                serverName: db.example.com
                port: 5432
                username: dms
                password: ${env.POSTGRES_PASSWORD}
                databaseName: hr
                sslMode: verify-full
                certificateArn: ${dms-certificate.main}
            """)
        .change("certificateArn", "\"${dms-certificate.other}\"");
  }

  private static Case connectionTest() {
    return Case.of(
        "dms-connection-test.source",
        INSTANCE
            + SOURCE
            + """
                dms-connection-test:
                  source:
                    endpointArn: ${dms-endpoint.source}
                    replicationInstanceArn: ${dms-instance.main}
                """);
  }

  private static Case certificate() {
    return Case.of(
            "dms-certificate.main", "dms-certificate: {main: {certificateWallet: AAECAwQ=}}\n")
        .change("certificateWallet", "AAECAwU=")
        .change("tags", "{team: data}");
  }

  private static Case eventSubscription() {
    return Case.of(
            "dms-event-subscription.main",
            """
            sns-topic:
              main: {publishers: [dms.amazonaws.com]}
              other: {publishers: [dms.amazonaws.com]}
            dms-event-subscription:
              main:
                sourceType: replication-task
                eventCategories: [failure, deletion]
                snsTopicArn: ${sns-topic.main}
            """)
        .change("eventCategories", "[failure]")
        .change("snsTopicArn", "\"${sns-topic.other}\"")
        .change("enabled", "false")
        .change("tags", "{team: data}")
        .change("sourceType", "replication-instance");
  }

  private static Case runningTask() {
    return Case.of("dms-task.main", task("run: running"))
        .change("replicationTaskSettings", "{TargetMetadata: {LobMaxSize: 64}}")
        .change("tableMappings", otherTables())
        .change("replicationInstanceArn", "\"${dms-instance.other}\"")
        .change("run", "stopped")
        .change("reload", "2025-03-08")
        .change("tags", "{team: data}")
        .change("migrationType", "full-load");
  }

  private static Case restingTask() {
    return Case.of("dms-task.main", task("cdcStopPosition: \"commit_time:2027-01-01T00:00:00\""))
        .change("replicationTaskSettings", "{Logging: {EnableLogging: false}}")
        .change("tableMappings", otherTables())
        .change("cdcStopPosition", "\"commit_time:2028-01-01T00:00:00\"")
        .change("run", "running")
        .change("resourceIdentifier", "hr-task");
  }

  private static Case restingServerless() {
    return Case.of("dms-serverless.main", serverless(""))
        .change("sourceEndpointArn", "\"${dms-endpoint.other-source}\"")
        .change("targetEndpointArn", "\"${dms-endpoint.other-target}\"")
        .change("replicationType", "full-load")
        .change(
            "computeConfig",
            "{maxCapacityUnits: 8, vpcSecurityGroupIds: [\"${security-group.other}\"]}")
        .change("tableMappings", otherTables())
        .change("replicationSettings", "{TargetMetadata: {LobMaxSize: 64}}")
        .change("supplementalSettings", "{Extra: 1}")
        .change("run", "running")
        .change("tags", "{team: data}")
        .change("resourceIdentifier", "hr-replication");
  }

  private static Case runningServerless() {
    return Case.of("dms-serverless.main", serverless("run: running"))
        .change("run", "stopped")
        .change("reload", "2025-03-08")
        .change("tags", "{team: data}")
        .change("replicationConfigIdentifier", "warehouse");
  }

  private static String serverless(String attribute) {
    return SUBNETS
        + NetworkCases.GROUPS
        + DatabaseCases.TARGET
        + DatabaseCases.TARGET_INSTANCE
        + SOURCE
        + """
            other-source:
              endpointType: source
              engineName: oracle
              serverName: standby.example.com
              port: 1521
              username: dms
              password: ${env.ORACLE_PASSWORD}
              databaseName: ORCL
          """
        + TARGET
        + TARGET.replace("target:", "other-target:")
        + String.format(
            Locale.ROOT,
            """
        dms-serverless:
          main:
            replicationType: full-load-and-cdc
            sourceEndpointArn: ${dms-endpoint.source}
            targetEndpointArn: ${dms-endpoint.target}
            dependsOn: [db-instance.main]
            computeConfig:
              maxCapacityUnits: 4
              minCapacityUnits: 1
              replicationSubnetGroupId: ${dms-subnet-group.main}
              vpcSecurityGroupIds: ["${security-group.main}"]
            replicationSettings: {Logging: {EnableLogging: true}}
            supplementalSettings: {}
            tableMappings:
              rules:
                - rule-type: selection
                  rule-id: "1"
                  rule-name: all
                  rule-action: include
                  object-locator: {schema-name: HR, table-name: "%%"}
            %s
        """,
            attribute);
  }

  private static Case fullLoad() {
    return Case.of(
        "dms-full-load.main",
        task("run: running")
            + "dms-full-load: {main: {replicationTaskArn: \"${dms-task.main}\"}}\n");
  }

  private static String otherTables() {
    return "{rules: [{rule-type: selection, rule-id: \"1\", rule-name: all, rule-action: include,"
        + " object-locator: {schema-name: PAYROLL, table-name: \"%\"}}]}";
  }

  /** A task, everything that it needs, and a second instance that it can move to. */
  private static String task(String attribute) {
    return INSTANCE
        + DatabaseCases.TARGET
        + DatabaseCases.TARGET_INSTANCE
        + SOURCE
        + TARGET
        + String.format(
            Locale.ROOT,
            """
        dms-connection-test:
          source:
            endpointArn: ${dms-endpoint.source}
            replicationInstanceArn: ${dms-instance.main}
          target:
            endpointArn: ${dms-endpoint.target}
            replicationInstanceArn: ${dms-instance.main}
            dependsOn: [db-instance.main]
          other-source:
            endpointArn: ${dms-endpoint.source}
            replicationInstanceArn: ${dms-instance.other}
          other-target:
            endpointArn: ${dms-endpoint.target}
            replicationInstanceArn: ${dms-instance.other}
            dependsOn: [db-instance.main]
        dms-task:
          main:
            migrationType: full-load-and-cdc
            sourceEndpointArn: ${dms-endpoint.source}
            targetEndpointArn: ${dms-endpoint.target}
            replicationInstanceArn: ${dms-instance.main}
            replicationTaskSettings: {Logging: {EnableLogging: true}}
            tableMappings:
              rules:
                - rule-type: selection
                  rule-id: "1"
                  rule-name: all
                  rule-action: include
                  object-locator: {schema-name: HR, table-name: "%%"}
            %s
        """,
            attribute);
  }
}

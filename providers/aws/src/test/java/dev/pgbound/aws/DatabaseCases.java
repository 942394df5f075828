package dev.pgbound.aws;

import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;

/** The types of RDS, and the database that replication tasks write to. */
final class DatabaseCases {

  /** An Aurora cluster that a case may name as the target of a task. */
  static final String TARGET =
      """
      db-subnet-group:
        main:
          dbSubnetGroupDescription: Aurora
          subnetIds: ["${subnet.a}", "${subnet.b}"]
      db-cluster:
        main:
          engine: aurora-postgresql
          engineVersion: "16.4"
          masterUsername: dbadmin
          manageMasterUserPassword: true
          dbSubnetGroupName: ${db-subnet-group.main}
      """;

  /** The instance of that cluster. */
  static final String TARGET_INSTANCE =
      """
      db-instance:
        main:
          engine: aurora-postgresql
          dbInstanceClass: db.r6i.large
          dbClusterIdentifier: ${db-cluster.main}
      """;

  private DatabaseCases() {}

  static List<Case> all() {
    return List.of(subnetGroup(), parameterGroup(), cluster(), instance(), plainInstance());
  }

  private static Case subnetGroup() {
    return Case.of(
            "db-subnet-group.main",
            NetworkCases.NETWORK
                + """
                db-subnet-group:
                  main:
                    dbSubnetGroupDescription: Aurora
                    subnetIds: ["${subnet.a}", "${subnet.b}"]
                """)
        .change("dbSubnetGroupDescription", "Aurora of the warehouse")
        .change("subnetIds", "[\"${subnet.a}\", \"${subnet.c}\"]")
        .change("tags", "{team: data}")
        .change("dbSubnetGroupName", "warehouse");
  }

  private static Case parameterGroup() {
    return Case.of(
            "db-cluster-parameter-group.main",
            """
            db-cluster-parameter-group:
              main:
                dbParameterGroupFamily: aurora-postgresql16
                description: Aurora
                parameters: {rds.force_ssl: "0"}
            """)
        .change("parameters", "{rds.force_ssl: \"1\", log_statement: ddl}")
        .change("tags", "{team: data}")
        .change("description", "Aurora of the warehouse");
  }

  private static Case cluster() {
    return Case.of(
            "db-cluster.main",
            NetworkCases.NETWORK
                + NetworkCases.GROUPS
                + """
                db-cluster-parameter-group:
                  main: {dbParameterGroupFamily: aurora-postgresql16, description: Aurora}
                """
                + TARGET)
        .change("engineVersion", "\"16.6\"")
        .change("port", "5433")
        .change("vpcSecurityGroupIds", "[\"${security-group.other}\"]")
        .change("dbClusterParameterGroupName", "\"${db-cluster-parameter-group.main}\"")
        .change("copyTagsToSnapshot", "true")
        .change("backupRetentionPeriod", "14")
        .change("preferredBackupWindow", "\"01:00-01:30\"")
        .change("preferredMaintenanceWindow", "\"Sat:05:00-Sat:06:00\"")
        .change("deletionProtection", "true")
        .change("storageType", "aurora-iopt1")
        .change("enableIAMDatabaseAuthentication", "true")
        .change("enableCloudwatchLogsExports", "[postgresql]")
        .change("enableHttpEndpoint", "true")
        .change("serverlessV2ScalingConfiguration", "{minCapacity: 0.5, maxCapacity: 4}")
        .change("tags", "{team: data}")
        .change("databaseName", "hr")
        .change("masterUsername", "boss")
        .change("storageEncrypted", "true");
  }

  private static Case plainInstance() {
    return Case.of("db-instance.main", NetworkCases.NETWORK + TARGET + TARGET_INSTANCE)
        .change("enablePerformanceInsights", "true");
  }

  private static Case instance() {
    return Case.of(
            "db-instance.main",
            NetworkCases.NETWORK
                + TARGET
                + """
                iam-role:
                  monitoring:
                    assumeRolePolicyDocument:
                      Version: "2012-10-17"
                      Statement:
                        - Effect: Allow
                          Principal: {Service: monitoring.rds.amazonaws.com}
                          Action: sts:AssumeRole
                    managedPolicyArns:
                      - arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole
                db-instance:
                  main:
                    engine: aurora-postgresql
                    dbInstanceClass: db.r6i.large
                    dbClusterIdentifier: ${db-cluster.main}
                    availabilityZone: us-east-1a
                    monitoringInterval: 60
                    monitoringRoleArn: ${iam-role.monitoring}
                    enablePerformanceInsights: true
                    performanceInsightsRetentionPeriod: 7
                """)
        .change("dbInstanceClass", "db.r6i.xlarge")
        .change("promotionTier", "0")
        .change("publiclyAccessible", "true")
        .change("autoMinorVersionUpgrade", "false")
        .change("preferredMaintenanceWindow", "\"sat:05:00-sat:06:00\"")
        .change("monitoringInterval", "30")
        .change("performanceInsightsRetentionPeriod", "31")
        .change("caCertificateIdentifier", "rds-ca-rsa4096-g1")
        .change("tags", "{team: data}")
        .change("availabilityZone", "us-east-1b");
  }
}

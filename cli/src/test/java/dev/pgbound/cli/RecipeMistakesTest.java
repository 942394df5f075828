package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that work their way into migrations unseen: each is found, at its place. */
class RecipeMistakesTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Warning DMS-342   | dms-instance.main           | {publiclyAccessible: ^true}
          Warning DMS-343   | dms-instance.main           | {replicationInstanceClass: ^dms.c6i.large}
          Error RDS-101     | db-instance.extra           | {monitoringInterval: ^60}
          Error DMS-318     | dms-endpoint.target         | {postgreSQLSettings: {batchApplyEnabled: ^false}}
          Error SCHEMA-001  | dms-endpoint.target         | {postgreSQLSettings: {^BatchSplitSize: 0}}
          Error DMS-321     | dms-endpoint.source         | {oracleSettings: {securityDbEncryption: ^"NONE"}}
          Error DMS-301     | dms-endpoint.source         | {oracleSettings: {asmServer: ^""}}
          Warning DMS-322   | dms-endpoint.source         | {oracleSettings: {numberDatatypeScale: ^0}}
          Error SCHEMA-005  | dms-endpoint.source         | {oracleSettings: {numberDatatypeScale: ^39}}
          Error SCHEMA-005  | dms-endpoint.source         | {oracleSettings: {parallelAsmReadThreads: ^0}}
          Warning DMS-325   | dms-endpoint.source         | {oracleSettings: {readAheadBlocks: ^10000}}
          Warning DMS-327   | dms-endpoint.source         | {oracleSettings: {enableHomogenousTablespace: ^true}}
          Warning DMS-327   | dms-endpoint.source         | {oracleSettings: {directPathNoLog: ^true}}
          Warning DMS-333   | dms-endpoint.target         | {postgreSQLSettings: {heartbeatEnable: ^true}}
          Warning DMS-333   | dms-endpoint.target         | {postgreSQLSettings: {captureDdls: ^true}}
          Warning DMS-333   | dms-endpoint.target         | {postgreSQLSettings: {ddlArtifactsSchema: ^public}}
          Warning DMS-333   | dms-endpoint.target         | {postgreSQLSettings: {mapJsonbAsClob: ^false}}
          Warning DMS-333   | dms-endpoint.target         | {postgreSQLSettings: {mapLongVarcharAs: ^wstring}}
          Warning DMS-335   | dms-endpoint.target         | {postgreSQLSettings: {maxFileSize: ^512}}
          Error DMS-301     | dms-endpoint.target         | {postgreSQLSettings: {afterConnectScript: ^""}}
          Warning DMS-331   | dms-endpoint.target         | {engineName: ^postgres}
          Warning DMS-312   | dms-endpoint.target         | {sslMode: ^none}
          Warning DMS-332   | dms-endpoint.target         | {databaseName: ^postgres}
          Error DMS-309     | dms-endpoint.source         | {serverName: ^192.168.0.5}
          Error SCHEMA-009  | dms-endpoint.source         | {password: ^literal}
          Error SCHEMA-001  | dms-endpoint.source         | {oracleSettings: {^readAheadBlock: 10000}}
          Warning TASK-203  | dms-task.hr                 | {replicationTaskSettings: {TargetMetadata: {LobChunkSize: ^0}}}
          Warning TASK-209  | dms-task.hr                 | {replicationTaskSettings: {FullLoadSettings: {TargetTablePrepMode: ^DROP_AND_CREATE}}}
          Warning TASK-212  | dms-task.hr                 | {replicationTaskSettings: {ChangeProcessingDdlHandlingPolicy: {HandleSourceTableTruncated: ^true}}}
          Warning TASK-213  | dms-task.hr                 | {replicationTaskSettings: {ValidationSettings: {EnableValidation: ^false}}}
          Error TASK-204    | dms-task.hr                 | {replicationTaskSettings: {FullLoadSettings: {StopTaskCachedChangesApplied: true, StopTaskCachedChangesNotApplied: ^true}}}
          Error SCHEMA-001  | dms-task.hr                 | {replicationTaskSettings: {TargetMetadata: {^LobMaxSiz: 3}}}
          Error SCHEMA-001  | dms-task.hr                 | {replicationTaskSettings: {TargetMetadata: {^CommitRate: 3}}}
          Error SCHEMA-004  | dms-task.hr                 | {replicationTaskSettings: {FullLoadSettings: {TargetTablePrepMode: ^KEEP}}}
          Error SCHEMA-005  | dms-task.hr                 | {replicationTaskSettings: {FullLoadSettings: {MaxFullLoadSubTasks: ^50}}}
          Error SCHEMA-004  | dms-task.hr                 | {replicationTaskSettings: {Logging: {LogComponents: [{Id: ^TRANSFORMER, Severity: LOGGER_SEVERITY_DEFAULT}]}}}
          Warning TASK-312  | dms-task.hr                 | {tableMappings: {rules: [{rule-type: selection, rule-id: "1", rule-name: "1", object-locator: {schema-name: ^hr, table-name: "%"}, rule-action: include}]}}
          Error ALARM-001   | cloudwatch-alarm.hr-lag-source | {metricName: ^ReplicationLag}
          Error ALARM-002   | cloudwatch-alarm.hr-lag-source | {dimensions: [{name: ReplicationInstanceIdentifier, value: hr}, {name: ReplicationTaskIdentifier, value: ^hr-task}]}
          Error ALARM-003   | cloudwatch-alarm.hr-lag-source | {dimensions: ^[{name: ReplicationTaskIdentifier, value: "${dms-task.hr.resourceId}"}]}
          Warning ALARM-004 | cloudwatch-alarm.hr-lag-source | {statistic: ^Sum}
          Warning ALARM-006 | cloudwatch-alarm.hr-lag-source | {metricName: ^CDCChangesMemorySource}
          Error IAM-001     | iam-role.dms-vpc-role       | {roleName: ^DMS-VPC-Role}
          Error RDS-001     | db-cluster.target           | {masterUserPassword: ^"${env.PASSWORD}"}
          Warning RDS-005   | db-cluster.target           | {storageEncrypted: ^false}
          Error SCHEMA-007  | db-cluster.target           | {engineVersion: ^16.4}
          """)
  void isFoundAtItsPlace(String finding, String address, String attributes) {
    Shell shell = Shell.inExample("hr", folder);
    String override = "  " + address + ": " + attributes.replace("^", "");
    String extra =
        address.equals("db-instance.extra")
            ? "resources: {db-instance: {extra: {engine: aurora-postgresql, dbInstanceClass:"
                + " db.r6i.large, dbClusterIdentifier: \"${db-cluster.target}\"}}}\n"
            : "";
    String file = shell.read("migration.yaml") + extra + "overrides:\n" + override + "\n";
    shell.write("migration.yaml", file);

    Result result = shell.run("validate");

    int line = Math.toIntExact(file.lines().count());
    int column = ("  " + address + ": " + attributes).indexOf('^') + 1;
    assertThat(result.err())
        .containsPattern(finding + ": .*\n  migration.yaml:" + line + ":" + column + " ");
    assertThat(result.code()).isEqualTo(finding.startsWith("Error") ? 65 : 0);
  }
}

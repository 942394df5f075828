package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file with one mistake of every kind: all are reported in one run. */
class AllMistakesAtOnceTest {

  @TempDir private Path folder;

  @Test
  void reportsEachWithItsPositionAndAdvice() {
    Shell shell = new Shell(folder);
    shell.write(
        "migration.yaml",
        """
        version: 1
        migration: hr
        region: us-east-1
        target:
          aurora-postgresql: {version: 16.4, instances: [db.r6i.large], database: hr}
        network: {cidr: 10.0.0.0/16}
        replication: {instance: dms.r6i.large, storage: much, storage: 100}
        resources:
          dms-subnet-group:
            one: {replicationSubnetGroupDescription: a, subnetIds: ["${subnet.a}"], replicationSubnetGroupIdentifier: Twin}
            two: {replicationSubnetGroupDescription: b, subnetIds: ["${subnet.x}"], replicationSubnetGroupIdentifier: twin}
          subnet:
            z: {vpcId: "${vpc.main}"}
          security-group:
            a: {description: first, vpcId: "${vpc.main}", ingres: []}
            b: {description: second, vpcId: "${vpc.main.vpcIdd}"}
            p: {description: p, vpcId: "${vpc.main}", dependsOn: [security-group.q]}
            q: {description: q, vpcId: "${vpc.main}", dependsOn: [security-group.p]}
        """);

    Result result = shell.run("validate");

    assertThat(result.code()).isEqualTo(65);
    assertThat(result.err())
        .contains("Error SCHEMA-007: Number where a text is expected\n  migration.yaml:5:32")
        .contains("Error FILE-008: Duplicate key\n  migration.yaml:7:55")
        .contains("Error SCHEMA-003: Wrong type of value\n  migration.yaml:7:49")
        .contains("Error SCHEMA-001: Unknown key\n  migration.yaml:15:51")
        .contains("Did you mean \"ingress\"?")
        .contains("Error SCHEMA-002: Missing key\n  migration.yaml:13:5")
        .contains("Error GRAPH-001: Reference to an unknown resource\n  migration.yaml:11:62")
        .contains("Error GRAPH-002: Unknown output\n  migration.yaml:16:")
        .contains("Error GRAPH-003: Resources depend on one another in a circle")
        .contains("security-group.p needs security-group.q: dependsOn (migration.yaml:17:")
        .contains("Error GRAPH-004: Two resources with one name in AWS")
        .doesNotContain("Exception");
  }
}

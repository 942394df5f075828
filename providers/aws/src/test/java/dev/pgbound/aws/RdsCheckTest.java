package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of clusters, instances and roles. */
final class RdsCheckTest {

  private static final Fields GOOD =
      Fields.NONE
          .with("databaseName", "hr")
          .with("storageEncrypted", Value.of(true))
          .with("deletionProtection", Value.of(true))
          .with("manageMasterUserPassword", Value.of(true));

  private final TypeFixture cluster = new TypeFixture("db-cluster");
  private final TypeFixture instance = new TypeFixture("db-instance");
  private final TypeFixture role = new TypeFixture("iam-role");

  @AfterEach
  void stop() {
    cluster.close();
    instance.close();
    role.close();
  }

  @ParameterizedTest
  @CsvSource({
    "03:00-04:00, Sun:04:00-Sun:05:00, false",
    "03:00-04:00, sun:03:30-sun:04:30, true",
    "23:30-00:30, mon:00:00-mon:01:00, true",
    "03:00-04:00, sun:23:00-mon:02:00, false",
    "01:00-02:00, sun:23:00-mon:02:00, true",
  })
  void findsWindowsThatOverlap(String backup, String maintenance, boolean overlap) {
    assertThat(DbClusterCheck.overlap(backup, maintenance)).isEqualTo(overlap);
  }

  @Test
  void findsNothingWrongWithAGoodCluster() {
    assertThat(FoundProblems.in(cluster.type, GOOD).found()).isEmpty();
  }

  @Test
  void findsWhatHurtsLater() {
    assertThat(FoundProblems.in(cluster.type, Fields.NONE).found())
        .containsExactly(
            "ERROR  RDS-002", "WARNING  RDS-003", "WARNING  RDS-005", "WARNING  RDS-008");
  }

  @Test
  void findsTwoPasswords() {
    Fields both = GOOD.with("masterUserPassword", new Value.Unknown("${env.PASSWORD}"));

    assertThat(FoundProblems.in(cluster.type, both).found())
        .containsExactly("ERROR masterUserPassword RDS-001");
  }

  @Test
  void wantsARoleForMonitoring() {
    Fields monitored = Fields.NONE.with("monitoringInterval", Value.of(60));

    assertThat(FoundProblems.in(instance.type, monitored).found())
        .containsExactly("ERROR monitoringInterval RDS-101");
    assertThat(FoundProblems.in(instance.type, monitored.with("monitoringRoleArn", "a")).found())
        .isEmpty();
  }

  @Test
  void knowsWhatDmsDemandsOfItsRoles() {
    Fields declared =
        Fields.NONE
            .with("roleName", "DMS-VPC-Role")
            .with("managedPolicyArns", Value.of(List.of("arn:aws:iam::aws:policy/Other")))
            .with(
                "assumeRolePolicyDocument",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2\"}}}");

    assertThat(FoundProblems.in(role.type, declared).found())
        .containsExactly(
            "ERROR roleName IAM-001",
            "ERROR managedPolicyArns IAM-002",
            "ERROR assumeRolePolicyDocument IAM-003");
  }
}

package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.testkit.ResourceTypeContract;
import dev.pgbound.testkit.ResourceTypeContract.Case;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type of the provider, through the whole engine, against the simulated AWS. */
final class AwsTypesContractTest {

  /** What no case changes in place; only immutable attributes may be left out silently. */
  private static final List<String> NOT_CHANGED =
      List.of(
          // no second key to be had: KMS keys are not made by pgbound
          "db-cluster.masterUserSecretKmsKeyId",
          "db-instance.performanceInsightsKMSKeyId",
          "log-group.kmsKeyId",
          "secret.kmsKeyId",
          "sns-topic.kmsMasterKeyId",
          // a plan does not look into secrets, so it finds no change in them
          "db-cluster.masterUserPassword",
          "dms-endpoint.password",
          "secret.secretValues",
          // never without another attribute, or with something that no type makes
          "db-cluster.manageMasterUserPassword",
          "db-instance.dbParameterGroupName",
          "db-instance.monitoringRoleArn",
          // IPv6 and Kerberos
          "db-cluster.networkType",
          "dms-instance.kerberosAuthenticationSettings",
          "dms-instance.networkType",
          "vpc-endpoint.dnsOptions",
          "vpc-endpoint.ipAddressType",
          // what is to happen at a deletion, and what waits for the maintenance window
          "db-cluster.finalDBSnapshotIdentifier",
          "dms-instance.pendingModifiedValues");

  private static List<ResourceSchema> schemas() {
    try (SimulatedWorld world = new SimulatedWorld()) {
      return world.provider().types().stream().map(ResourceType::schema).toList();
    }
  }

  private static Stream<String> inPlace() {
    return schemas().stream()
        .flatMap(
            schema ->
                schema.attributes().stream()
                    .filter(attribute -> !attribute.is(Flag.IMMUTABLE))
                    .filter(attribute -> !attribute.is(Flag.COMPUTED))
                    .map(attribute -> schema.type() + "." + attribute.name()));
  }

  /** One or more for every type. */
  static List<Case> cases() {
    return Stream.of(NetworkCases.all(), DatabaseCases.all(), DmsCases.all(), OtherCases.all())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return cases().stream().flatMap(one -> ResourceTypeContract.tests(one, SimulatedWorld::new));
  }

  @Test
  void everyTypeHasACase() {
    assertThat(cases())
        .extracting(one -> one.subject().type())
        .containsAll(schemas().stream().map(ResourceSchema::type).toList());
  }

  @Test
  void everyAttributeThatChangesInPlaceIsChanged() {
    Set<String> changed = new TreeSet<>();
    for (Case one : cases()) {
      one.changes().forEach(change -> changed.add(one.subject().type() + "." + change.attribute()));
    }

    assertThat(inPlace().filter(name -> !changed.contains(name)))
        .containsExactlyInAnyOrderElementsOf(NOT_CHANGED);
  }
}

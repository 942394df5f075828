package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;

final class AwsSchemaTest {

  @Test
  void derivesEveryKindOfType() {
    List<Attribute> endpoint = RequestMembers.ofObject(CreateEndpointRequest.class);
    Type.ObjectType oracle = (Type.ObjectType) attribute(endpoint, "oracleSettings").type();
    List<Attribute> alarm = RequestMembers.ofObject(PutMetricAlarmRequest.class);

    assertThat(attribute(endpoint, "endpointType").type())
        .isEqualTo(Type.words("source", "target"));
    assertThat(attribute(endpoint, "engineName").type()).isEqualTo(Type.text());
    assertThat(attribute(endpoint, "port").type())
        .isEqualTo(Type.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertThat(oracle.attribute("useDirectPathFullLoad").orElseThrow().type())
        .isEqualTo(Type.bool());
    assertThat(oracle.attribute("extraArchivedLogDestIds").orElseThrow().type())
        .isEqualTo(Type.sequence(Type.integer(Integer.MIN_VALUE, Integer.MAX_VALUE)));
    assertThat(oracle.attribute("charLengthSemantics").orElseThrow().type())
        .isEqualTo(Type.words("default", "char", "byte"));
    assertThat(attribute(alarm, "threshold").type()).isEqualTo(Type.decimal());
    assertThat(attribute(alarm, "dimensions").type()).isInstanceOf(Type.ListType.class);
  }

  @Test
  void hasAllOracleAndPostgresSettings() {
    List<Attribute> endpoint = RequestMembers.ofObject(CreateEndpointRequest.class);

    assertThat(((Type.ObjectType) attribute(endpoint, "oracleSettings").type()).attributes())
        .hasSizeGreaterThanOrEqualTo(44);
    assertThat(((Type.ObjectType) attribute(endpoint, "postgreSQLSettings").type()).attributes())
        .hasSizeGreaterThanOrEqualTo(27);
  }

  @Test
  void leavesOutWhatSteersTheCall() {
    assertThat(RequestMembers.ofObject(CreateDbClusterRequest.class))
        .extracting(Attribute::name)
        .contains("dbClusterIdentifier", "enableIAMDatabaseAuthentication")
        .doesNotContain("tags");
  }

  @Test
  void describesWhatNobodyDescribed() {
    List<Attribute> instance = RequestMembers.ofObject(CreateReplicationInstanceRequest.class);
    Type.ObjectType kerberos =
        (Type.ObjectType) attribute(instance, "kerberosAuthenticationSettings").type();

    assertThat(attribute(instance, "multiAZ").doc())
        .isEqualTo("`MultiAZ` of CreateReplicationInstance.");
    assertThat(kerberos.attributes().get(0).doc())
        .startsWith("`KerberosAuthenticationSettings.")
        .endsWith("` of CreateReplicationInstance.");
  }

  @Test
  void refusesAnAttributeWhoseChangeNobodyThoughtAbout() {
    AwsSchema schema = subnetGroup().inPlace(Impact.NONE, "", "subnetIds");

    assertThatThrownBy(schema::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("replicationSubnetGroupDescription");
  }

  @Test
  void refusesFactsAboutAttributesThatDoNotExist() {
    assertThatThrownBy(() -> subnetGroup().required("subnets"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> subnetGroup().set("replicationSubnetGroupDescription"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void reachesInsideAttributes() {
    AwsSchema endpoint = AwsSchema.of("x", "X.", CreateEndpointRequest.class);
    List<Attribute> all = endpoint.sensitive("oracleSettings.password").attributes();

    Type.ObjectType oracle = (Type.ObjectType) attribute(all, "oracleSettings").type();
    assertThat(oracle.attribute("password").orElseThrow().is(Flag.SENSITIVE)).isTrue();
    assertThat(oracle.attribute("securityDbEncryption").orElseThrow().is(Flag.SENSITIVE)).isFalse();
  }

  private static AwsSchema subnetGroup() {
    return AwsSchema.of("x", "X.", CreateReplicationSubnetGroupRequest.class)
        .namedBy("replicationSubnetGroupIdentifier", Normalizers::lowerCase);
  }

  private static Attribute attribute(List<Attribute> attributes, String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }
}

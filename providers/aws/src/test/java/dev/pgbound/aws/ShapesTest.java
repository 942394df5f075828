package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.databasemigration.model.Certificate;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.ImportCertificateRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;

final class ShapesTest {

  @ParameterizedTest
  @CsvSource({
    "DBClusterIdentifier, dbClusterIdentifier",
    "MultiAZ, multiAZ",
    "VpcId, vpcId",
    "EnableIAMDatabaseAuthentication, enableIAMDatabaseAuthentication",
    "KmsKeyId, kmsKeyId",
    "PostgreSQLSettings, postgreSQLSettings",
    "IBMDb2Settings, ibmDb2Settings",
    "CACertificateIdentifier, caCertificateIdentifier",
    "logGroupName, logGroupName",
    "ARN, arn"
  })
  void namesAttributesLikeTheSdkNamesAccessors(String member, String attribute) {
    assertThat(Members.attributeName(member)).isEqualTo(attribute);
  }

  @Test
  void sendsOnlyWhatIsDeclared() {
    CreateDbClusterRequest request =
        Shapes.fill(
                CreateDbClusterRequest.builder(),
                Fields.NONE
                    .with("dbClusterIdentifier", "hr")
                    .with("backupRetentionPeriod", Value.of(7))
                    .with("kmsKeyId", Value.Null.INSTANCE))
            .build();

    assertThat(request.dbClusterIdentifier()).isEqualTo("hr");
    assertThat(request.backupRetentionPeriod()).isEqualTo(7);
    assertThat(request.kmsKeyId()).isNull();
    assertThat(request.storageEncrypted()).isNull();
    assertThat(request.hasVpcSecurityGroupIds()).isFalse();
  }

  @Test
  void fillsNestedShapesAndLists() {
    CreateEndpointRequest request =
        Shapes.fill(
                CreateEndpointRequest.builder(),
                Fields.NONE
                    .with("tags", Tags.pairs(java.util.Map.of("team", "data")))
                    .with(
                        "oracleSettings",
                        Fields.NONE
                            .with("readAheadBlocks", Value.of(20000))
                            .with("useDirectPathFullLoad", Value.of(false))
                            .with("extraArchivedLogDestIds", new Value.Items(List.of(Value.of(2))))
                            .with("charLengthSemantics", "char")))
            .build();

    assertThat(request.oracleSettings().readAheadBlocks()).isEqualTo(20000);
    assertThat(request.oracleSettings().useDirectPathFullLoad()).isFalse();
    assertThat(request.oracleSettings().extraArchivedLogDestIds()).containsExactly(2);
    assertThat(request.oracleSettings().charLengthSemanticsAsString()).isEqualTo("char");
    assertThat(request.oracleSettings().databaseName()).isNull();
    assertThat(request.tags().get(0).key()).isEqualTo("team");
  }

  @Test
  void revealsSecretsOnlyIntoTheRequest() {
    Fields declared = Fields.NONE.with("password", new Value.Secret("tiger"));

    CreateEndpointRequest request = Shapes.fill(CreateEndpointRequest.builder(), declared).build();

    assertThat(request.password()).isEqualTo("tiger");
    assertThat(request.toString()).doesNotContain("tiger");
    assertThatThrownBy(
            () ->
                Shapes.fill(
                    CreateEndpointRequest.builder(),
                    Fields.NONE.with("port", new Value.Secret("tiger"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("tiger");
  }

  @Test
  void sendsTreesForTextMembersAsJson() {
    Fields policy =
        Fields.NONE
            .with("Version", "2012-10-17")
            .with("Statement", new Value.Items(List.of(Fields.NONE.with("Effect", "Allow"))));

    CreateVpcEndpointRequest request =
        Shapes.fill(CreateVpcEndpointRequest.builder(), Fields.NONE.with("policyDocument", policy))
            .build();

    assertThat(request.policyDocument())
        .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}");
  }

  @Test
  void carriesBinaryMembersAsBase64() {
    ImportCertificateRequest request =
        Shapes.fill(
                ImportCertificateRequest.builder(), Fields.NONE.with("certificateWallet", "AAEC"))
            .build();
    assertThat(request.certificateWallet().asByteArray()).containsExactly(0, 1, 2);

    Certificate certificate =
        Certificate.builder()
            .certificateWallet(SdkBytes.fromByteArray(new byte[] {0, 1, 2}))
            .validToDate(Instant.parse("2030-01-02T03:04:05Z"))
            .build();
    assertThat(Shapes.read(certificate))
        .isEqualTo(
            Fields.NONE
                .with("certificateWallet", "AAEC")
                .with("validToDate", "2030-01-02T03:04:05Z"));
  }

  @Test
  void readsAbsentMembersAsAbsent() {
    assertThat(Shapes.read(Vpc.builder().vpcId("vpc-1").build()))
        .isEqualTo(Fields.NONE.with("vpcId", "vpc-1"));
    assertThat(Shapes.read(Vpc.builder().tags(List.of()).isDefault(false).build()))
        .isEqualTo(
            Fields.NONE
                .with("isDefault", Value.of(false))
                .with("tags", new Value.Items(List.of())));
  }

  @Test
  void readsBackWhatItFilled() {
    Fields values =
        Fields.NONE
            .with("cidrBlock", "10.0.0.0/16")
            .with("ipv4NetmaskLength", Value.of(24))
            .with("amazonProvidedIpv6CidrBlock", Value.of(true))
            .with(
                "tagSpecifications",
                new Value.Items(
                    List.of(
                        Fields.NONE
                            .with("resourceType", "vpc")
                            .with("tags", Tags.pairs(java.util.Map.of("a", "b"))))));

    Fields read = Shapes.read(Shapes.fill(CreateVpcRequest.builder(), values).build());

    assertThat(read.fields()).containsExactlyInAnyOrderEntriesOf(values.fields());
  }

  @Test
  void refusesWhatTheEngineShouldHaveRefused() {
    assertThatThrownBy(
            () -> Shapes.fill(CreateVpcRequest.builder(), Fields.NONE.with("cidr", "10.0.0.0/8")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cidr");
    assertThatThrownBy(
            () ->
                Shapes.fill(
                    CreateVpcRequest.builder(),
                    Fields.NONE.with("cidrBlock", new Value.Unknown("${var.x}"))))
        .isInstanceOf(IllegalStateException.class);
  }
}

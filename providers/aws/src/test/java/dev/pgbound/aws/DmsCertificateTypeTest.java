package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DmsCertificateTypeTest {

  private static final String ADDRESS = "dms-certificate.rds";
  private static final String ARN = DmsAnswers.ARN + "cert:XYZ";
  private static final String PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  private static final Fields DESIRED =
      Fields.NONE.with("certificateIdentifier", "HR-rds").with("certificatePem", PEM + "\n");

  private final TypeFixture certificate = new TypeFixture("dms-certificate");

  @AfterEach
  void stop() {
    certificate.close();
  }

  @Test
  void importsPemText() {
    certificate
        .aws
        .answer("ImportCertificate", "{\"Certificate\":" + pem() + "}")
        .answer("DescribeCertificates", DmsAnswers.page("Certificates", pem()))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    Live live = certificate.type.create(DESIRED, TestContext.step(ADDRESS));

    assertThat(certificate.aws.lastBody("ImportCertificate"))
        .contains("\"CertificateIdentifier\":\"hr-rds\"", "BEGIN CERTIFICATE")
        .doesNotContain("CertificateWallet");
    assertThat(normalized("certificatePem", live.attributes()))
        .isEqualTo(normalized("certificatePem", DESIRED));
    assertThat(live.attributes().text("arn")).contains(ARN);
  }

  @Test
  void importsAndReadsAWalletAsBytes() {
    String answer =
        "{\"CertificateIdentifier\":\"hr-ora\",\"CertificateWallet\":\"AAECAwQ=\","
            + String.format(Locale.ROOT, "\"CertificateArn\":\"%s\"}", ARN);
    certificate
        .aws
        .answer("ImportCertificate", "{\"Certificate\":" + answer + "}")
        .answer("DescribeCertificates", DmsAnswers.page("Certificates", answer))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));
    Fields desired =
        Fields.NONE
            .with("certificateIdentifier", "hr-ora")
            .with("certificateWallet", "AAEC\nAwQ=\n");

    Live live = certificate.type.create(desired, TestContext.step(ADDRESS));

    assertThat(certificate.aws.lastBody("ImportCertificate"))
        .contains("\"CertificateWallet\":\"AAECAwQ=\"");
    assertThat(normalized("certificateWallet", live.attributes()))
        .isEqualTo(normalized("certificateWallet", desired));
  }

  @Test
  void replacesACertificateWhoseContentChanges() {
    assertThat(certificate.type.schema().attributes())
        .filteredOn(attribute -> attribute.name().startsWith("certificate"))
        .allSatisfy(
            attribute -> {
              assertThat(attribute.is(Flag.IMMUTABLE)).as(attribute.name()).isTrue();
              assertThat(attribute.impactText()).contains("of another name");
            })
        .hasSize(3);
  }

  @Test
  void changesTagsOnly() {
    certificate
        .aws
        .answer("AddTagsToResource", "{}")
        .answer("DescribeCertificates", DmsAnswers.page("Certificates", pem()))
        .answer("ListTagsForResource", DmsAnswers.tags(ADDRESS, ARN));

    certificate.type.update(prior(), DESIRED, Set.of("tags"), TestContext.step(ADDRESS));

    assertThat(certificate.aws.operations())
        .containsExactly("AddTagsToResource", "DescribeCertificates", "ListTagsForResource");
  }

  @Test
  void reportsACertificateThatIsInUse() {
    certificate.aws.refuseJson(
        "DeleteCertificate", "InvalidResourceStateFault", "is used by an endpoint");

    assertThatThrownBy(this::delete).hasMessageContaining("is used by an endpoint.");
  }

  @Test
  void takesAMissingCertificateForDeleted() {
    certificate.aws.refuseJson("DeleteCertificate", "ResourceNotFoundFault", "gone");

    delete();

    assertThat(certificate.aws.lastBody("DeleteCertificate")).contains(ARN);
  }

  @Test
  void checksTheContent() {
    assertThat(found(DESIRED)).isEmpty();
    assertThat(found(wallet("AAEC\nAwQ="))).isEmpty();
    assertThat(found(Fields.NONE)).containsExactly("ERROR certificatePem DMS-351");
    assertThat(found(DESIRED.with("certificateWallet", "AAEC")))
        .containsExactly("ERROR certificateWallet DMS-351");
    assertThat(found(Fields.NONE.with("certificatePem", "rds-ca.pem")))
        .containsExactly("ERROR certificatePem DMS-352");
    assertThat(
            found(
                Fields.NONE.with(
                    "certificatePem", PEM + "\n-----BEGIN RSA PRIVATE KEY-----\nMIIB")))
        .containsExactly("ERROR certificatePem DMS-353");
    assertThat(found(wallet("cwallet.sso"))).containsExactly("ERROR certificateWallet DMS-354");
    assertThat(found(DESIRED.with("kmsKeyId", "alias/dms")))
        .containsExactly("ERROR kmsKeyId DMS-313");
  }

  private List<String> found(Fields declared) {
    return FoundProblems.in(certificate.type, declared).found();
  }

  private static Fields wallet(String content) {
    return Fields.NONE.with("certificateWallet", content);
  }

  private void delete() {
    certificate.type.delete(prior(), Optional.empty(), TestContext.step(ADDRESS));
  }

  private Value normalized(String attribute, Fields values) {
    return certificate
        .type
        .schema()
        .attribute(attribute)
        .orElseThrow()
        .normalizer()
        .apply(values.get(attribute).orElseThrow());
  }

  private static Live prior() {
    return new Live("hr-rds", DESIRED.with("arn", ARN), Map.of(), Live.Health.READY);
  }

  private static String pem() {
    return String.format(
        Locale.ROOT,
        """
        {"CertificateIdentifier":"hr-rds","CertificatePem":"%s","CertificateArn":"%s"}
        """,
        PEM.replace("\n", "\\r\\n"),
        ARN);
  }
}

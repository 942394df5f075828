package dev.pgbound.simulator;

import static dev.pgbound.simulator.DmsAccount.filter;
import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Certificate;
import software.amazon.awssdk.services.databasemigration.model.DmsSslModeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;

class DmsCertificateTest {

  /** Of a key that nobody has, valid from 2026 to 2126. */
  private static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIIBiDCCAS+gAwIBAgIUTjxlLIxgh84dVbRSMeX/DyWW9jkwCgYIKoZIzj0EAwIw
      GTEXMBUGA1UEAwwOZGIuZXhhbXBsZS5jb20wIBcNMjYxMTIyMDkzODU0WhgPMjEy
      NjEwMjkwOTM4NTRaMBkxFzAVBgNVBAMMDmRiLmV4YW1wbGUuY29tMFkwEwYHKoZI
      zj0CAQYIKoZIzj0DAQcDQgAEHhg12KfpkjDuTSOIy/LVT8NJQItw5AXkphMN57mL
      ezWTMCL4tZkuKgq7/HD+gp+zDSGotVSTg/uIaflhYYUbXqNTMFEwHQYDVR0OBBYE
      FHSdbK0CBRi6P5DNrziGGuA9SuODMB8GA1UdIwQYMBaAFHSdbK0CBRi6P5DNrziG
      GuA9SuODMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgOTmTd1mb
      c92TkRbiHCFrORkbBI6C+5OTGdupE92oFKkCIHl7JTECQUo6vGzCVO41+1uDDWh0
      AaR2MD/+Dmzq/CT3
      -----END CERTIFICATE-----
      """;

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final DatabaseMigrationClient dms =
      Clients.client(DatabaseMigrationClient.builder(), aws);

  private Certificate importPem(String identifier) {
    return dms.importCertificate(r -> r.certificateIdentifier(identifier).certificatePem(PEM))
        .certificate();
  }

  @Test
  void readsAPemFile() {
    Certificate certificate = importPem("Root-CA");

    assertThat(certificate.certificateIdentifier()).isEqualTo("Root-CA");
    assertThat(certificate.certificatePem()).isEqualTo(PEM);
    assertThat(certificate.certificateWallet()).isNull();
    assertThat(certificate.signingAlgorithm()).isEqualTo("SHA256withECDSA");
    assertThat(certificate.keyLength()).isEqualTo(256);
    assertThat(certificate.validFromDate()).isBefore(certificate.validToDate());
    assertThat(certificate.certificateOwner()).isEqualTo("123456789012");
    assertThat(certificate.certificateArn())
        .matches("arn:aws:dms:us-east-1:123456789012:cert:[A-Z0-9]{26}");
    assertThat(
            dms.describeCertificates(r -> r.filters(filter("certificate-id", "root-ca")))
                .certificates())
        .containsExactly(certificate);
  }

  @Test
  void keepsAWalletAsItIs() {
    SdkBytes wallet = SdkBytes.fromByteArray(new byte[] {0, -1, 127});

    Certificate certificate =
        dms.importCertificate(r -> r.certificateIdentifier("w").certificateWallet(wallet))
            .certificate();

    assertThat(certificate.certificateWallet()).isEqualTo(wallet);
    assertThat(dms.describeCertificates().certificates()).containsExactly(certificate);
  }

  @Test
  void refusesWhatIsNoCertificate() {
    assertRefused(
        "InvalidCertificateFault",
        () -> dms.importCertificate(r -> r.certificateIdentifier("a").certificatePem("PEM")));
    assertRefused(
        "InvalidParameterCombinationException",
        () -> dms.importCertificate(r -> r.certificateIdentifier("a")));
    importPem("taken");
    assertRefused("ResourceAlreadyExistsFault", () -> importPem("Taken"));
    assertThat(dms.describeCertificates().certificates()).hasSize(1);
  }

  @Test
  void staysWhileAnEndpointUsesIt() {
    String arn = importPem("ca").certificateArn();
    String endpoint =
        dms.createEndpoint(
                r ->
                    r.endpointIdentifier("target")
                        .endpointType(ReplicationEndpointTypeValue.TARGET)
                        .engineName("postgres")
                        .serverName("db.example.com")
                        .port(5432)
                        .username("dms")
                        .password("secret")
                        .sslMode(DmsSslModeValue.VERIFY_FULL)
                        .certificateArn(arn))
            .endpoint()
            .endpointArn();

    assertRefused(
        "InvalidResourceStateFault", () -> dms.deleteCertificate(r -> r.certificateArn(arn)));
    String other = importPem("other").certificateArn();
    dms.modifyEndpoint(r -> r.endpointArn(endpoint).certificateArn(other));
    dms.deleteCertificate(r -> r.certificateArn(arn));

    assertRefused("ResourceNotFoundFault", () -> dms.deleteCertificate(r -> r.certificateArn(arn)));
    assertRefused(
        "ResourceNotFoundFault",
        "No Certificates found matching provided filters",
        () -> dms.describeCertificates(r -> r.filters(filter("certificate-arn", arn))));
  }
}

package dev.pgbound.simulator.service.dms;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import software.amazon.awssdk.services.databasemigration.model.Certificate;
import software.amazon.awssdk.services.databasemigration.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeCertificatesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeCertificatesResponse;
import software.amazon.awssdk.services.databasemigration.model.ImportCertificateRequest;
import software.amazon.awssdk.services.databasemigration.model.ImportCertificateResponse;

/** Certificates of databases: PEM files, and Oracle wallets, which DMS does not look into. */
final class Certificates {

  private static final int LONGEST_IDENTIFIER = 255;

  private final DmsStore store;
  private final KeyArns keys;

  Certificates(DmsStore store, KeyArns keys) {
    this.store = store;
    this.keys = keys;
  }

  void register(Operations operations) {
    operations
        .on("ImportCertificate", ImportCertificateRequest::builder, this::importCertificate)
        .on("DescribeCertificates", DescribeCertificatesRequest::builder, this::describe)
        .on("DeleteCertificate", DeleteCertificateRequest::builder, this::delete);
  }

  private ImportCertificateResponse importCertificate(ImportCertificateRequest request) {
    String identifier =
        Identifiers.name(
            request.certificateIdentifier(), "CertificateIdentifier", LONGEST_IDENTIFIER);
    store
        .certificates()
        .refuseSecond(c -> c.certificateIdentifier().equalsIgnoreCase(identifier), identifier);
    if ((request.certificatePem() == null) == (request.certificateWallet() == null)) {
      throw Refusals.invalidCombination(
          "Exactly one of CertificatePem and CertificateWallet must be provided.");
    }
    String arn = store.world().arn("dms", "cert:" + Identifiers.arnPart(null, store.world().ids()));
    Certificate.Builder certificate =
        Certificate.builder()
            .certificateArn(arn)
            .certificateIdentifier(identifier)
            .certificateCreationDate(store.world().now())
            .certificateOwner(ACCOUNT)
            .kmsKeyId(keys.resolve(request.kmsKeyId()));
    if (request.certificatePem() == null) {
      certificate.certificateWallet(request.certificateWallet());
    } else {
      describe(certificate, request.certificatePem());
    }
    return ImportCertificateResponse.builder()
        .certificate(store.certificates().add(arn, certificate.build(), request.tags()).view())
        .build();
  }

  private static void describe(Certificate.Builder certificate, String pem) {
    X509Certificate x509 = parse(pem);
    certificate
        .certificatePem(pem)
        .validFromDate(x509.getNotBefore().toInstant())
        .validToDate(x509.getNotAfter().toInstant())
        .signingAlgorithm(x509.getSigAlgName())
        .keyLength(keyLength(x509));
  }

  /** The first certificate of a chain. */
  private static X509Certificate parse(String pem) {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new Fault("InvalidCertificateFault", "The certificate was not valid.");
    }
  }

  private static int keyLength(X509Certificate certificate) {
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength();
    }
    return certificate.getPublicKey() instanceof ECPublicKey ec
        ? ec.getParams().getCurve().getField().getFieldSize()
        : 0;
  }

  private DescribeCertificatesResponse describe(DescribeCertificatesRequest request) {
    Page<Certificate> page =
        store
            .certificates()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                Stored::view);
    return DescribeCertificatesResponse.builder()
        .certificates(page.items())
        .marker(page.next())
        .build();
  }

  private DeleteCertificateResponse delete(DeleteCertificateRequest request) {
    Stored<Certificate, Certificate.Builder> certificate =
        store.certificates().get(request.certificateArn(), "CertificateArn");
    if (store.endpoints().any(endpoint -> certificate.arn().equals(endpoint.certificateArn()))) {
      throw Refusals.invalidState(
          "Certificate " + certificate.arn() + " is in use by one or more endpoints.");
    }
    certificate.remove();
    return DeleteCertificateResponse.builder().certificate(certificate.view()).build();
  }
}

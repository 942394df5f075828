package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Certificate;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ImportCertificateRequest;

/**
 * A certificate that endpoints check their server against. DMS has no call to change one, and keeps
 * one that an endpoint uses from being deleted.
 */
final class DmsCertificateType implements AwsType {

  private static final String NAME = "certificateIdentifier";
  private static final String PEM = "certificatePem";
  private static final String WALLET = "certificateWallet";
  private static final ArnKind ARN = new ArnKind("dms", "cert:");

  /** Longer ones are bundles that nobody wants to read in a file. */
  private static final int LONGEST = 8_000;

  private static final String NEW_CERTIFICATE =
      "DMS has no call to change a certificate: endpoints that use it take one of another name.";

  private final Aws aws;
  private final DmsObjects<Certificate> objects;
  private final ResourceSchema schema =
      AwsSchema.of(
              "dms-certificate",
              "A certificate that endpoints check their server against.",
              ImportCertificateRequest.class)
          .namedBy(NAME, Normalizers::lowerCase)
          .describe(NAME, "Name of the certificate.")
          .describe(PEM, "Certificates of the authority in PEM form, for PostgreSQL.")
          .normalized(Normalizers::lines, PEM)
          .describe(WALLET, "Content of a wallet (`cwallet.sso`) in base64, for Oracle.")
          .normalized(Normalizers::base64, WALLET)
          .describe("kmsKeyId", "KMS key, by id or ARN, that encrypts it.")
          .normalized(Normalizers::kmsKey, "kmsKeyId")
          .immutable(Impact.STOPS_REPLICATION, NEW_CERTIFICATE, NAME, PEM, WALLET, "kmsKeyId")
          .output("arn", "The ARN.")
          .build();

  DmsCertificateType(Aws aws) {
    this.aws = aws;
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "certificate-id",
            filters ->
                dms().describeCertificatesPaginator(r -> r.filters(filters)).stream()
                    .flatMap(page -> page.certificates().stream()));
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, this::live);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    return objects.lookup(selector, this::live);
  }

  @Override
  public Value.Fields describe(Live live) {
    return Description.of(schema, live).unlessText("kmsKeyId", aws.keys()::isOfAws).fields();
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    if (live.attributes().has(WALLET)) {
      return Optional.of("its wallet may hold keys, which belong into no file");
    }
    return live.attributes()
        .text(PEM)
        .filter(pem -> pem.length() > LONGEST)
        .map(pem -> "its text is too long for a file");
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    Value.Fields request = objects.creation(desired, context);
    Certificate imported = dms().importCertificate(r -> Shapes.fill(r, request)).certificate();
    return objects.read(imported.certificateIdentifier(), this::live);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    aws.tags().dms().complete(DmsObjects.arn(prior), prior, desired, context);
    return objects.read(prior.identifier(), this::live);
  }

  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    Absence.asSuccess(() -> dms().deleteCertificate(r -> r.certificateArn(DmsObjects.arn(prior))));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    List<Endpoint> endpoints =
        Absence.asEmpty(
            () ->
                dms().describeEndpointsPaginator().stream()
                    .flatMap(page -> page.endpoints().stream()));
    return Users.find(
        deletions,
        endpoints,
        (certificate, user) -> DmsObjects.arn(certificate.live()).equals(user.certificateArn()),
        user -> new User("dms-endpoint", user.endpointIdentifier()));
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Value.Fields declared = resource.attributes();
    if (declared.has(PEM) == declared.has(WALLET)) {
      DmsFinding.CERTIFICATE_CONTENT.at(declared.has(PEM) ? WALLET : PEM, problems);
    }
    declared.text(PEM).ifPresent(pem -> checkPem(pem, problems));
    declared
        .text(WALLET)
        .filter(wallet -> !isBase64(wallet))
        .ifPresent(wallet -> DmsFinding.NO_WALLET.at(WALLET, problems));
    DmsFinding.checkKey(declared, problems);
  }

  private static void checkPem(String pem, Problems problems) {
    if (pem.contains("PRIVATE KEY-----")) {
      DmsFinding.PRIVATE_KEY.at(PEM, problems);
    } else if (!pem.contains("-----BEGIN CERTIFICATE-----")
        || !pem.contains("-----END CERTIFICATE-----")) {
      DmsFinding.NO_CERTIFICATE.at(PEM, problems);
    }
  }

  private static boolean isBase64(String text) {
    String compact = text.replaceAll("\\s", "");
    try {
      return Base64.getDecoder().decode(compact).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Live live(Certificate certificate) {
    Value.Fields read = Shapes.read(certificate).with("arn", certificate.certificateArn());
    return Lives.of(schema, read, Map.of(), Live.Health.READY);
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}

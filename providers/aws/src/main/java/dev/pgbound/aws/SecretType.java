package dev.pgbound.aws;

import static dev.pgbound.spi.Attribute.Flag.SENSITIVE;
import static dev.pgbound.spi.Attribute.Flag.WRITE_ONLY;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;

/** A secret of Secrets Manager: plain fields, fields from the environment, generated ones. */
final class SecretType implements AwsType {

  private static final String NAME = "name";
  private static final ArnKind ARN = new ArnKind("secretsmanager", "secret:");
  private static final List<String> PARTS = List.of("values", "secretValues", "generated");

  /** Neither DMS nor RDS takes these in a password. */
  private static final String EXCLUDED = "\"'@/\\%;,.:+ ";

  private static final String ENDPOINTS_READ_IT = "Endpoints read it at their next connection.";

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of(
              "secret",
              "A secret; its value never passes through a file, a plan or a log.",
              CreateSecretRequest.class)
          .without("secretBinary", "secretString", "addReplicaRegions")
          .without("forceOverwriteReplicaSecret", "type")
          .namedBy(NAME, Normalizers::same)
          .describe(NAME, "Name of the secret.")
          .describe("description", "What the secret is for.")
          .describe("kmsKeyId", "The key that encrypts it; the account's own when left out.")
          .normalized(Normalizers::kmsKey, "kmsKeyId")
          .inPlace(Impact.NONE, "", "description", "kmsKeyId")
          .add(
              Attribute.named(
                      "values", Type.map(Type.any()), "Fields that are no secret, such as host.")
                  .with(WRITE_ONLY)
                  .impact(Impact.NONE, ENDPOINTS_READ_IT))
          .add(
              Attribute.named(
                      "secretValues", Type.map(Type.text()), "Secret fields, each as ${env.NAME}.")
                  .with(SENSITIVE, WRITE_ONLY)
                  .impact(Impact.NONE, ENDPOINTS_READ_IT))
          .add(
              Attribute.named(
                      "generated",
                      Type.set(Type.text()),
                      "Fields that get a random value of 32 characters when they are missing.")
                  .with(WRITE_ONLY)
                  .impact(Impact.NONE, ENDPOINTS_READ_IT))
          .deletion(Impact.DESTROYS_DATA, "The secret can be restored for 7 days, then it is gone.")
          .output("arn", "The ARN.")
          .output("versionId", "The version of the value that counts now.")
          .renews("versionId", PARTS)
          .build();

  private final Supplier<List<SecretListEntry>> listed;

  SecretType(Aws aws) {
    this.aws = aws;
    listed = aws.discovery().remembering(this::list);
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
  public void check(Declared resource, Problems problems) {
    if (PARTS.stream().noneMatch(resource.attributes()::has)) {
      problems.error(
          "",
          "SECRET-001",
          "Secret without a value",
          "Give at least one of values, secretValues and generated, or describe a secret that"
              + " exists under \"existing\".");
    }
  }

  /** ListSecrets may lack a secret of the last minutes, which DescribeSecret knows at once. */
  @Override
  public List<Live> discover(Query query, Context context) {
    List<Live> found = new ArrayList<>(aws.discovery().tagged(query, schema, this::describe));
    if (query.scope() == Query.Scope.PLAN) {
      found.removeIf(live -> isOfAService(live.identifier()));
      Set<String> missing = Discovery.wantedNames(query, schema);
      found.forEach(live -> missing.remove(live.identifier()));
      missing.forEach(name -> found.addAll(describe(Optional.of(name))));
    }
    return List.copyOf(found);
  }

  @Override
  public List<Live> lookup(Value.Fields selector, Context context) {
    Optional<String> name = selector.text(NAME);
    List<Live> named =
        all().stream().filter(live -> name.map(live.identifier()::equals).orElse(true)).toList();
    List<Live> found = named.isEmpty() && name.isPresent() ? describe(name) : named;
    return found.stream()
        .filter(
            live ->
                selector
                    .text("arn")
                    .map(live.attributes().text("arn").orElse("")::equals)
                    .orElse(true))
        .filter(
            live ->
                live.attributes()
                    .fields("tags")
                    .fields()
                    .entrySet()
                    .containsAll(selector.fields("tags").fields().entrySet()))
        .toList();
  }

  /** What is in a secret is never read, so that nothing can be declared of it. */
  @Override
  public Optional<String> objection(Live live, Context context) {
    return Optional.of("pgbound does not read what is in secrets");
  }

  /**
   * A secret that is waiting for its deletion keeps its name; one of this migration is brought
   * back, since its value is written anew anyway.
   */
  @Override
  public Live create(Value.Fields desired, Context context) {
    String name = desired.text(NAME).orElseThrow();
    Map<String, Value> fields = fields(Map.of(), desired);
    var request = CreateSecretRequest.builder();
    Shapes.fill(request, Tags.forCreation(without(desired), context));
    request.secretString(json(fields));
    Optional<DescribeSecretResponse> waiting = waiting(name);
    if (waiting.isPresent()) {
      refuseForeign(waiting.get(), context);
      aws.clients().secretsManager().restoreSecret(r -> r.secretId(name));
      Live restored = read(name);
      write(name, desired, fields);
      aws.tags().secretsManager().complete(name, restored, desired, context);
      return read(name);
    }
    aws.clients().secretsManager().createSecret(request.build());
    return read(name);
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    if (changed.stream().anyMatch(PARTS::contains)) {
      write(name, desired, fields(current(name), desired));
    } else if (!Set.of("tags").containsAll(changed)) {
      describe(name, desired);
    }
    aws.tags().secretsManager().complete(name, prior, desired, context);
    return read(name);
  }

  /** DeleteSecret refuses a secret that is waiting for its deletion already. */
  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
    String name = prior.identifier();
    if (waiting(name).isEmpty()) {
      Absence.asSuccess(
          () ->
              aws.clients()
                  .secretsManager()
                  .deleteSecret(r -> r.secretId(name).recoveryWindowInDays(7L)));
    }
  }

  private void write(String name, Value.Fields desired, Map<String, Value> fields) {
    update(UpdateSecretRequest.builder().secretId(name).secretString(json(fields)), desired);
  }

  /** Changes what is said about the secret; its value keeps its version. */
  private void describe(String name, Value.Fields desired) {
    update(UpdateSecretRequest.builder().secretId(name), desired);
  }

  private void update(UpdateSecretRequest.Builder request, Value.Fields desired) {
    Shapes.fill(request, desired.only(List.of("description", "kmsKeyId")));
    aws.clients().secretsManager().updateSecret(request.build());
  }

  private static Value.Fields without(Value.Fields desired) {
    return desired.without("values").without("secretValues").without("generated");
  }

  /** What the secret is to hold: what is declared over what is there; generated fields stay. */
  private Map<String, Value> fields(Map<String, Value> current, Value.Fields desired) {
    Map<String, Value> fields = new LinkedHashMap<>(current);
    fields.putAll(desired.fields("values").fields());
    desired
        .fields("secretValues")
        .fields()
        .forEach((name, value) -> fields.put(name, revealed(value)));
    for (String name : desired.texts("generated")) {
      fields.computeIfAbsent(name, field -> Value.of(random()));
    }
    return fields;
  }

  private static Value revealed(Value value) {
    return value instanceof Value.Secret secret ? Value.of(secret.revealed()) : value;
  }

  private String random() {
    return aws.clients()
        .secretsManager()
        .getRandomPassword(r -> r.passwordLength(32L).excludeCharacters(EXCLUDED))
        .randomPassword();
  }

  private static String json(Map<String, Value> fields) {
    return Json.write(new Value.Fields(fields));
  }

  private Map<String, Value> current(String name) {
    String text =
        aws.clients().secretsManager().getSecretValue(r -> r.secretId(name)).secretString();
    return Json.parse(text).orElse(Value.Fields.NONE) instanceof Value.Fields fields
        ? fields.fields()
        : Map.of();
  }

  private Optional<DescribeSecretResponse> waiting(String name) {
    return find(name).stream().filter(secret -> secret.deletedDate() != null).findFirst();
  }

  /** Somebody who deleted a secret by mistake wants it back as it was. */
  private static void refuseForeign(DescribeSecretResponse waiting, Context context) {
    if (context.migration().equals(Tags.read(waiting.tags()).get(Live.MIGRATION_TAG))) {
      return;
    }
    throw new ResourceException(
        Kind.ALREADY_EXISTS,
        "SecretInRecovery",
        String.format(
            Locale.ROOT,
            "A secret %s that this migration did not make waits for its deletion. Restore it and set"
                + " \"adopt: true\" to take it over, choose another name, or wait until it is gone.",
            waiting.name()));
  }

  private Live read(String name) {
    return describe(Optional.of(name)).stream()
        .findFirst()
        .orElseThrow(() -> Absence.vanished("secret", name));
  }

  /** A secret that waits for its deletion counts as gone, as it does for those who read it. */
  private List<Live> describe(Optional<String> name) {
    if (name.isEmpty()) {
      return all();
    }
    return find(name.get()).stream()
        .filter(secret -> secret.deletedDate() == null)
        .map(
            secret ->
                live(Shapes.read(secret), Tags.read(secret.tags()), secret.versionIdsToStages()))
        .toList();
  }

  private List<SecretListEntry> list() {
    return aws.clients().secretsManager().listSecretsPaginator(r -> r.maxResults(100)).stream()
        .flatMap(page -> page.secretList().stream())
        .toList();
  }

  /** A secret that a service makes, keeps and deletes itself, as RDS does for a master user. */
  private boolean isOfAService(String name) {
    return listed.get().stream()
        .anyMatch(entry -> entry.name().equals(name) && entry.owningService() != null);
  }

  private List<Live> all() {
    return listed.get().stream()
        .map(
            entry ->
                live(Shapes.read(entry), Tags.read(entry.tags()), entry.secretVersionsToStages()))
        .toList();
  }

  private List<DescribeSecretResponse> find(String name) {
    return Absence.asEmpty(
        () -> Stream.of(aws.clients().secretsManager().describeSecret(r -> r.secretId(name))));
  }

  private Live live(Value.Fields read, Map<String, String> tags, Map<String, List<String>> stages) {
    Optional<String> current =
        stages.entrySet().stream()
            .filter(version -> version.getValue().contains("AWSCURRENT"))
            .map(Map.Entry::getKey)
            .findFirst();
    return Lives.of(
        schema,
        current.map(version -> read.with("versionId", version)).orElse(read),
        tags,
        Live.Health.READY);
  }
}

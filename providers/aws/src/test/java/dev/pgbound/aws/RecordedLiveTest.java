package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.CallContext;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.wire.Protocol;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.testkit.Bench;
import dev.pgbound.testkit.FakeTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What AWS really answered, with all that it fills in, lower-cases and reorders: a plan against it
 * is empty, for what was declared then and for the whole of what is live. The facts in the files
 * were recorded from live accounts by the public project cdk-real-drift (Apache-2.0); each file has
 * what was declared, under other spellings where AWS takes them for the same, and the answers.
 */
final class RecordedLiveTest {

  private static final Path FOLDER =
      Path.of("src", "test", "resources", "dev", "pgbound", "aws", "recorded");

  private static final Map<String, String> PACKAGES =
      Map.of(
          "dms", "databasemigration",
          "monitoring", "cloudwatch",
          "logs", "cloudwatchlogs",
          "tagging", "resourcegroupstaggingapi");

  private static final Map<String, String> ACCOUNT =
      Map.of(
          "sts:GetCallerIdentity",
          "{\"Account\": \"111111111111\", \"Arn\": \"arn:aws:iam::111111111111:user/recorded\"}",
          "tagging:GetResources",
          "{\"ResourceTagMappingList\": []}",
          "iam:GetAccountAuthorizationDetails",
          "{\"RoleDetailList\": []}");

  /**
   * What says again what another attribute says, which a file may not: the zone of a subnet, the
   * connection in the settings of an endpoint. DMS writes the type of an endpoint in capitals.
   */
  private static final Set<String> REPEATING =
      Set.of("availabilityZoneId", "postgreSQLSettings", "endpointType");

  /** One recorded object. */
  private record Recorded(String name, String type, JsonNode declared, ObjectNode answers) {

    static Recorded read(Path file) {
      try {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
        return new Recorded(
            file.getFileName().toString().replace(".json", ""),
            root.path("type").asString(),
            root.path("declared"),
            (ObjectNode) root.path("answers"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** A file that declares it so; JSON is YAML. */
    String file(String attributes) {
      return String.format(
          Locale.ROOT,
          "version: 1\nmigration: recorded\nregion: us-east-1\nresources:\n  %s:\n    main: %s\n",
          type,
          attributes);
    }
  }

  @TestFactory
  Stream<DynamicTest> planOfWhatWasDeclaredIsEmpty() throws IOException {
    return recordings().map(one -> dynamicTest(one.name(), () -> declaredIsLive(one)));
  }

  @TestFactory
  Stream<DynamicTest> planOfTheWholeLiveObjectIsEmpty() throws IOException {
    return recordings().map(one -> dynamicTest(one.name(), () -> wholeIsLive(one)));
  }

  private static Stream<Recorded> recordings() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Recorded::read).toList().stream();
    }
  }

  private static void declaredIsLive(Recorded recorded) {
    try (CannedAws aws = answering(recorded);
        AwsProvider provider = new AwsProvider(recordedThere(aws), CallListener.NONE)) {
      Bench bench = new Bench(provider, new FakeTimeline());

      assertThat(differences(bench.plan(recorded.file(recorded.declared().toString())))).isEmpty();
    }
  }

  private static void wholeIsLive(Recorded recorded) {
    try (CannedAws aws = answering(recorded);
        AwsProvider provider = new AwsProvider(recordedThere(aws), CallListener.NONE)) {
      Bench bench = new Bench(provider, new FakeTimeline());
      Value.Fields whole = whole(recorded, provider, bench);

      assertThat(whole.fields()).hasSizeGreaterThanOrEqualTo(recorded.declared().size());
      assertThat(differences(bench.plan(recorded.file(Json.write(whole))))).isEmpty();
    }
  }

  /** What was declared, and every other attribute that is live, with the value that it has. */
  private static Value.Fields whole(Recorded recorded, AwsProvider provider, Bench bench) {
    ResourceType type = bench.registry().type(recorded.type());
    ResourceChange change =
        bench.plan(recorded.file(recorded.declared().toString())).changes().get(0);
    Value.Fields declared = change.resource().attributes();
    Optional<String> name =
        type.schema().identifier().flatMap(attribute -> declared.text(attribute.name()));
    Live live =
        type
            .discover(
                new Query(
                    "recorded",
                    List.of(new Query.Wanted(change.address(), name, declared)),
                    Query.Scope.PLAN),
                context(provider, bench))
            .stream()
            .filter(one -> one.address().filter(change.address()::equals).isPresent())
            .findFirst()
            .orElseThrow();
    Value.Fields whole = declared;
    for (Attribute attribute : type.schema().attributes()) {
      Optional<Value> value = live.attributes().get(attribute.name());
      boolean canBeDeclared =
          !attribute.is(Attribute.Flag.COMPUTED) && !REPEATING.contains(attribute.name());
      if (canBeDeclared && value.isPresent()) {
        whole = whole.with(attribute.name(), value.get());
      }
    }
    return whole;
  }

  private static Context context(AwsProvider provider, Bench bench) {
    return new CallContext(
        "recorded",
        provider.account(),
        Map.of(),
        Duration.ofMinutes(1),
        reference -> provider.secret(reference).orElseThrow(),
        bench.timeline(),
        () -> false,
        phase -> {});
  }

  /** Leads to the answers, in the region in which they were recorded. */
  private static AwsSettings recordedThere(CannedAws aws) {
    AwsSettings canned = aws.settings();
    return new AwsSettings(
        canned.httpClient(),
        canned.endpoint(),
        canned.profile(),
        Optional.of("us-east-1"),
        canned.credentials(),
        canned.rehearsal());
  }

  private static List<String> differences(Plan plan) {
    assertThat(plan.refusals()).isEmpty();
    ResourceChange change = plan.changes().get(0);
    assertThat(change.identifier()).as("found").isPresent();
    return Stream.concat(
            change.changes().stream().map(AttributeChange::toString),
            change.isChange() ? Stream.of(change.reason().toString()) : Stream.of())
        .toList();
  }

  private static CannedAws answering(Recorded recorded) {
    CannedAws aws = new CannedAws();
    ACCOUNT.forEach(
        (call, answer) -> {
          if (!recorded.answers().has(call)) {
            aws.answer(operation(call), encoded(call, (ObjectNode) tree(answer)));
          }
        });
    recorded
        .answers()
        .properties()
        .forEach(
            each ->
                aws.answer(
                    operation(each.getKey()),
                    encoded(each.getKey(), (ObjectNode) each.getValue())));
    return aws;
  }

  private static JsonNode tree(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private static String operation(String call) {
    return call.substring(call.indexOf(':') + 1);
  }

  /** The answer as its service writes it. */
  private static String encoded(String call, ObjectNode answer) {
    String service = call.substring(0, call.indexOf(':'));
    String operation = operation(call);
    SdkPojo response = response(service, operation, answer);
    WireRequest request =
        new WireRequest("POST / HTTP/1.1", "", new TreeMap<>(), "Action=" + operation);
    return protocol(service).encode(request, response, "request-1").body();
  }

  private static Protocol protocol(String service) {
    return switch (service) {
      case "ec2" -> QueryProtocol.EC2;
      case "rds", "iam", "sns", "sts", "monitoring" -> QueryProtocol.QUERY;
      default -> new JsonProtocol();
    };
  }

  private static SdkPojo response(String service, String operation, ObjectNode answer) {
    String type =
        String.format(
            Locale.ROOT,
            "software.amazon.awssdk.services.%s.model.%sResponse",
            PACKAGES.getOrDefault(service, service),
            operation.replace("DB", "Db"));
    try {
      SdkBuilder<?, ?> builder =
          (SdkBuilder<?, ?>) Class.forName(type).getMethod("builder").invoke(null);
      ModelJson.STATE.decode(answer, (SdkPojo) builder);
      return (SdkPojo) builder.build();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type, e);
    }
  }
}

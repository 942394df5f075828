package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgbound.engine.adopt.Adoption.Meant;
import dev.pgbound.engine.adopt.Draft;
import dev.pgbound.engine.adopt.Takeovers;
import dev.pgbound.engine.plan.CallContext;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Query.Scope;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.testkit.Bench;
import dev.pgbound.testkit.FakeClaimant;
import dev.pgbound.testkit.ResourceTypeContract.Case;
import dev.pgbound.testkit.ResourceTypeContract.Change;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Every type, made by somebody else: with the first values of its case and with all others, the
 * file that is written for it makes a plan without changes, and taking it over writes nothing but
 * tags.
 */
final class AdoptionContractTest {

  @TestFactory
  Stream<DynamicTest> takesOverWhatSomebodyElseMade() {
    return AwsTypesContractTest.cases().stream()
        .flatMap(
            one ->
                Stream.of(
                    dynamicTest(
                        one.subject() + " as it is", () -> takeOver(one, one.file(), List.of())),
                    dynamicTest(
                        one.subject() + " with other values",
                        () -> takeOver(one, changed(one), said(one)))));
  }

  /** What is in secrets and wallets is not read or not written into a file. */
  private static final List<String> LOOKED_UP = List.of("secret", "dms-certificate");

  /** How the short form says an attribute of the instance. */
  private static final Map<String, String> SHORT_FORM =
      Map.of(
          "replicationInstanceClass", "instance",
          "allocatedStorage", "storage",
          "engineVersion", "version",
          "multiAZ", "multiAz",
          "vpcSecurityGroupIds", "security-group.main");

  /** What AWS chooses by itself, so that nobody can tell whether somebody has chosen it. */
  private static final List<String> CHOSEN_BY_AWS =
      List.of(
          "tags",
          "preferredMaintenanceWindow",
          "preferredBackupWindow",
          "availabilityZone",
          "availabilityZoneIndex");

  /** The attributes that a file must have after all changes of a case. */
  private static List<String> said(Case one) {
    return LOOKED_UP.contains(one.subject().type())
        ? List.of()
        : one.changes().stream()
            .map(Change::attribute)
            .filter(attribute -> !isExclusive(one, attribute))
            .filter(attribute -> !CHOSEN_BY_AWS.contains(attribute))
            .toList();
  }

  private static String changed(Case one) {
    StringBuilder changes = new StringBuilder();
    one.changes().stream()
        .filter(change -> !change.attribute().equals("availabilityZoneIndex"))
        .filter(change -> !isExclusive(one, change.attribute()))
        .forEach(
            change ->
                changes
                    .append(changes.isEmpty() ? "" : ", ")
                    .append(change.attribute())
                    .append(": ")
                    .append(change.yaml()));
    return one.file()
        + String.format(Locale.ROOT, "overrides:\n  %s: {%s}\n", one.subject(), changes);
  }

  /** Changes of a case come one after the other; together some contradict one another. */
  private static boolean isExclusive(Case one, String attribute) {
    return Map.of(
            "subnet", List.of("availabilityZoneId"),
            "dms-instance", List.of("availabilityZone"),
            "dms-certificate", List.of("certificateWallet"))
        .getOrDefault(one.subject().type(), List.of())
        .contains(attribute);
  }

  private static void takeOver(Case one, String file, List<String> said) {
    try (SimulatedWorld world = new SimulatedWorld()) {
      Bench bench = new Bench(world.provider(), world.timeline());
      bench.applyFully(bench.planAllowingAll(file));
      Map<Address, String> arns = disown(world);
      List<String> heads =
          arns.entrySet().stream()
              .filter(entry -> entry.getKey().type().equals("dms-instance"))
              .map(Map.Entry::getValue)
              .toList();
      List<String> subject = Optional.ofNullable(arns.get(one.subject())).stream().toList();

      Draft draft = bench.engine().draft(new Meant(Optional.of("taken"), heads, subject));
      Takeovers takeovers =
          bench
              .engine()
              .takeovers(
                  bench.load(draft.yaml()),
                  Optional.empty(),
                  Optional.empty(),
                  new FakeClaimant("adopt"));

      assertThat(takeovers.refusals()).as(draft.yaml()).isEmpty();
      assertThat(changes(takeovers.afterwards())).as(draft.yaml()).isEmpty();
      // Of the log group of an instance there is nothing to say until somebody has changed it.
      boolean silent = said.isEmpty() && one.subject().type().equals("log-group");
      if (!LOOKED_UP.contains(one.subject().type()) && !subject.isEmpty() && !silent) {
        assertThat(takeovers.all())
            .extracting(takeover -> takeover.live().attributes().text("arn").orElse(""))
            .as(draft.yaml())
            .contains(subject.get(0));
      }
      said.forEach(
          attribute ->
              assertThat(draft.yaml())
                  .containsAnyOf(
                      attribute + ":", SHORT_FORM.getOrDefault(attribute, attribute) + ":"));
      world.aws().calls().clear();
      takeovers
          .all()
          .forEach(takeover -> bench.engine().adoption().takeOver("taken", takeover, phase -> {}));
      assertThat(world.aws().calls().calls())
          .extracting(call -> call.operation())
          .allMatch(AdoptionContractTest::onlyReadsAndTags);
      Plan plan = bench.plan(draft.yaml());
      assertThat(plan.refusals()).as(draft.yaml()).isEmpty();
      assertThat(changes(plan)).as(draft.yaml()).isEmpty();
    }
  }

  private static boolean onlyReadsAndTags(String operation) {
    return operation.matches("(Describe|List|Get).*|.*Tag.*|TagRole");
  }

  /** Takes the ownership tags off everything that can carry them, and returns the ARNs. */
  private static Map<Address, String> disown(SimulatedWorld world) {
    Map<Address, String> arns = new TreeMap<>();
    world.provider().ownedTypes("contract");
    Context context =
        new CallContext(
            "contract",
            world.provider().account(),
            Map.of(),
            Duration.ofMinutes(5),
            reference -> Value.Fields.NONE,
            world.timeline(),
            () -> false,
            phase -> {});
    try (AwsClients clients = world.clients()) {
      for (ResourceType type : world.provider().types()) {
        for (Live live : type.discover(new Query("contract", List.of(), Scope.PLAN), context)) {
          if (live.isOwnedBy("contract")) {
            arns.put(live.address().orElseThrow(), live.attributes().text("arn").orElseThrow());
            disown(clients, type.schema().type(), live);
          }
        }
      }
    }
    return arns;
  }

  private static void disown(AwsClients clients, String type, Live live) {
    List<String> keys = List.of(Live.MIGRATION_TAG, Live.ADDRESS_TAG, Live.DIGEST_TAG);
    String arn = live.attributes().text("arn").orElseThrow();
    switch (arn.split(":", 4)[2]) {
      case "ec2" ->
          clients
              .ec2()
              .deleteTags(
                  r ->
                      r.resources(live.identifier())
                          .tags(keys.stream().map(key -> Tag.builder().key(key).build()).toList()));
      case "rds" -> clients.rds().removeTagsFromResource(r -> r.resourceName(arn).tagKeys(keys));
      case "dms" -> clients.dms().removeTagsFromResource(r -> r.resourceArn(arn).tagKeys(keys));
      case "iam" -> clients.iam().untagRole(r -> r.roleName(live.identifier()).tagKeys(keys));
      case "sns" -> clients.sns().untagResource(r -> r.resourceArn(arn).tagKeys(keys));
      case "logs" -> clients.logs().untagResource(r -> r.resourceArn(arn).tagKeys(keys));
      case "cloudwatch" ->
          clients.cloudWatch().untagResource(r -> r.resourceARN(arn).tagKeys(keys));
      case "secretsmanager" ->
          clients.secretsManager().untagResource(r -> r.secretId(arn).tagKeys(keys));
      default -> throw new IllegalStateException(type);
    }
  }

  private static List<String> changes(Plan plan) {
    return plan.changes().stream()
        .filter(ResourceChange::isChange)
        .map(change -> change.address() + " " + change.action() + " " + change.changes())
        .toList();
  }
}

package dev.pgbound.simulator.service.iam;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Policy;

/** Managed policies: those that AWS has made for every account, and the account's own. */
final class ManagedPolicies {

  private static final Kind<Policy, Policy.Builder> POLICY =
      Kind.global("iam/policy", Policy::builder);

  private static final String DOCUMENT = "document";

  /** Those of AWS's policies that a migration needs; their documents are resources. */
  private static final List<String> BY_AWS =
      List.of(
          "AmazonDMSCloudWatchLogsRole",
          "AmazonDMSRedshiftS3Role",
          "AmazonDMSVPCManagementRole",
          "AmazonRDSEnhancedMonitoringRole");

  private static final String BY_AWS_PREFIX = "arn:aws:iam::aws:policy/service-role/";

  private final Table<Policy, Policy.Builder> table;

  ManagedPolicies(World world) {
    this.table = world.table(POLICY);
  }

  Stored<Policy, Policy.Builder> add(Policy policy, String document, Map<String, String> tags) {
    if (table.find(policy.arn()).isPresent()) {
      throw new Fault(
          "EntityAlreadyExists",
          409,
          "A policy called "
              + policy.policyName()
              + " already exists. Duplicate names are not allowed.");
    }
    Stored<Policy, Policy.Builder> stored = table.add(policy.arn(), policy.arn(), policy, tags);
    stored.hide(DOCUMENT, document);
    return stored;
  }

  /** The account's own policies. */
  Stream<Stored<Policy, Policy.Builder>> own() {
    return table.all().stream();
  }

  Optional<Policy> find(String arn) {
    return own()
        .filter(policy -> policy.arn().equals(arn))
        .map(Stored::view)
        .findFirst()
        .or(() -> byAws().filter(policy -> policy.arn().equals(arn)).findFirst());
  }

  /** What the policy with this ARN says; empty when there is none. */
  Optional<String> document(String arn) {
    return table
        .find(arn)
        .flatMap(policy -> policy.hidden(DOCUMENT))
        .or(
            () ->
                byAws()
                    .filter(policy -> policy.arn().equals(arn))
                    .map(policy -> read(policy.policyName()))
                    .findFirst());
  }

  /** AWS's policies. */
  Stream<Policy> byAws() {
    return BY_AWS.stream()
        .map(
            name ->
                Policy.builder()
                    .policyName(name)
                    .policyId("ANPA" + name.toUpperCase(Locale.ROOT).substring(0, 17))
                    .arn(BY_AWS_PREFIX + name)
                    .path("/service-role/")
                    .defaultVersionId("v1")
                    .isAttachable(true)
                    .createDate(Instant.parse("2016-04-20T16:33:12Z"))
                    .updateDate(Instant.parse("2016-04-20T16:33:12Z"))
                    .build());
  }

  static String arn(String path, String name) {
    return "arn:aws:iam::" + ACCOUNT + ":policy" + path + name;
  }

  /** The path in a policy's ARN. */
  static String path(String arn) {
    return arn.replaceFirst("^.*:policy", "").replaceFirst("[^/]*$", "");
  }

  static void checkArn(@Nullable String arn) {
    String given = Faults.CONSTRAINTS.sized(arn, "policyArn", 20, 2048);
    if (!given.matches("arn:aws:iam::(aws|\\d{12}):policy/.+")) {
      throw new Fault("InvalidInput", "ARN " + arn + " is not valid.");
    }
  }

  private static String read(String name) {
    try (InputStream document = ManagedPolicies.class.getResourceAsStream(name + ".json")) {
      if (document == null) {
        throw new IllegalStateException("No document for the policy " + name);
      }
      return new String(document.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

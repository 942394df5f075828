package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.wire.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A policy in IAM's JSON language: of a role's trust, or of what somebody may do. */
record PolicyDocument(List<JsonNode> statements) {

  private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Reads a document that was accepted before. */
  static PolicyDocument parse(String text) {
    return json(text)
        .map(document -> new PolicyDocument(list(document.path("Statement")).toList()))
        .orElseThrow(() -> new IllegalStateException("A stored policy is not JSON: " + text));
  }

  /**
   * Checks a trust policy.
   *
   * @param isRole whether a role with this ARN exists
   * @throws Fault MalformedPolicyDocument
   */
  static void checkTrust(@Nullable String text, Predicate<String> isRole) {
    PolicyDocument policy = checked(text, "This policy contains invalid Json");
    for (JsonNode statement : policy.statements) {
      require(statement.has("Principal"), "Missing required field Principal");
      require(statement.has("Action"), "Missing required field Action");
      require(!statement.has("Resource"), "Has prohibited field Resource");
      require(
          strings(statement.path("Action")).allMatch(action -> action.matches("(?i)sts:.+")),
          "AssumeRole policy may only specify STS AssumeRole actions.");
      JsonNode principal = statement.path("Principal");
      strings(principal.path("Service"))
          .filter(service -> !SERVICE.matcher(service).matches())
          .findFirst()
          .ifPresent(service -> invalidPrincipal("SERVICE", service));
      strings(principal.path("AWS"))
          .filter(aws -> aws.contains(":role/") && !isRole.test(aws))
          .findFirst()
          .ifPresent(aws -> invalidPrincipal("AWS", aws));
    }
  }

  /**
   * Checks a policy that says what its owner may do.
   *
   * @throws Fault MalformedPolicyDocument
   */
  static void checkPermissions(@Nullable String text) {
    PolicyDocument policy = checked(text, "Syntax errors in policy.");
    for (JsonNode statement : policy.statements) {
      require(!statement.has("Principal"), "Policy document should not specify a principal.");
      require(
          statement.has("Action") || statement.has("NotAction"),
          "Policy statement must contain actions.");
      require(
          statement.has("Resource") || statement.has("NotResource"),
          "Policy statement must contain resources.");
      require(
          strings(statement.path("Action")).allMatch(a -> a.equals("*") || a.contains(":")),
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
  }

  /** Whether one of the policies allows the action and none denies it. */
  static boolean permit(List<PolicyDocument> policies, String action) {
    Set<String> effects =
        policies.stream()
            .flatMap(policy -> policy.statements.stream())
            .filter(statement -> concerns(statement, action))
            .map(statement -> statement.path("Effect").asString())
            .collect(Collectors.toCollection(TreeSet::new));
    return effects.contains("Allow") && !effects.contains("Deny");
  }

  /** Whether this trust policy lets a service assume the role. */
  boolean trusts(String service) {
    return statements.stream()
        .filter(statement -> statement.path("Effect").asString().equals("Allow"))
        .filter(statement -> concerns(statement, "sts:AssumeRole"))
        .map(statement -> statement.path("Principal"))
        .anyMatch(
            principal ->
                principal.isString()
                    ? principal.asString().equals("*")
                    : strings(principal.path("Service")).anyMatch(service::equals));
  }

  private static boolean concerns(JsonNode statement, String action) {
    return statement.has("NotAction")
        ? strings(statement.path("NotAction")).noneMatch(pattern -> matches(pattern, action))
        : strings(statement.path("Action")).anyMatch(pattern -> matches(pattern, action));
  }

  private static boolean matches(String pattern, String action) {
    String regex =
        Pattern.quote(pattern.toLowerCase(Locale.ROOT))
            .replace("*", "\\E.*\\Q")
            .replace("?", "\\E.\\Q");
    return action.toLowerCase(Locale.ROOT).matches(regex);
  }

  private static PolicyDocument checked(@Nullable String text, String notJson) {
    String given = Faults.CONSTRAINTS.required(text, "policyDocument");
    ObjectNode document = json(given).orElseThrow(() -> malformed(notJson));
    JsonNode version = document.path("Version");
    require(
        version.isMissingNode() || VERSIONS.contains(version.asString("")),
        "The policy must contain a valid version string");
    List<JsonNode> statements = list(document.path("Statement")).toList();
    require(!statements.isEmpty(), "Syntax errors in policy.");
    for (JsonNode statement : statements) {
      require(
          statement.isObject()
              && Set.of("Allow", "Deny").contains(statement.path("Effect").asString("")),
          "Syntax errors in policy.");
    }
    return new PolicyDocument(statements);
  }

  private static Optional<ObjectNode> json(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** IAM writes a single item with or without brackets around it. */
  private static Stream<JsonNode> list(JsonNode node) {
    if (node.isMissingNode()) {
      return Stream.empty();
    }
    return node.isArray() ? node.valueStream() : Stream.of(node);
  }

  private static Stream<String> strings(JsonNode node) {
    return list(node).map(item -> item.asString(""));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw malformed(otherwise);
    }
  }

  private static void invalidPrincipal(String kind, String principal) {
    throw malformed("Invalid principal in policy: \"" + kind + "\":\"" + principal + "\"");
  }

  private static Fault malformed(String message) {
    return new Fault("MalformedPolicyDocument", message);
  }
}

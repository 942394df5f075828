package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks the roles that DMS looks for by their names: each needs the managed policy that belongs to
 * it and must trust DMS.
 */
final class DmsRoleCheck {

  private static final String SERVICE = "dms.amazonaws.com";
  private static final String TRUST = "assumeRolePolicyDocument";

  /** The roles and their policies, as the DMS user guide names them. */
  private static final Map<String, String> POLICIES =
      new TreeMap<>(
          Map.of(
              "dms-vpc-role", "AmazonDMSVPCManagementRole",
              "dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole",
              "dms-access-for-endpoint", "AmazonDMSRedshiftS3Role"));

  private DmsRoleCheck() {}

  /** Reports nothing for roles that have nothing to do with DMS. */
  static void run(String roleName, Fields role, Problems problems) {
    String name = roleName.toLowerCase(Locale.ROOT);
    String policy = POLICIES.get(name);
    if (policy == null) {
      return;
    }
    if (!name.equals(roleName)) {
      IamFinding.FIXED_NAME_CASE.report(problems, "roleName", "Write `" + name + "`.");
    }
    List<Value> policies = role.items("managedPolicyArns");
    boolean isAttached = policies.stream().anyMatch(arn -> isUnknown(arn) || named(arn, policy));
    if (!isAttached && role.get("managedPolicyArns").filter(Value::isUnknown).isEmpty()) {
      String arn = "arn:aws:iam::aws:policy/service-role/" + policy;
      IamFinding.FIXED_ROLE_POLICY.report(
          problems, "managedPolicyArns", "Add `" + arn + "` to managedPolicyArns.");
    }
    role.get(TRUST)
        .filter(document -> !document.isUnknown())
        .ifPresent(document -> trust(Normalizers.policy(document), problems));
  }

  /** Whether DMS looks for a role of this name. */
  static boolean isOfAccount(String roleName) {
    return POLICIES.containsKey(roleName);
  }

  private static void trust(Value document, Problems problems) {
    if (!(document instanceof Fields policy)) {
      return;
    }
    List<Fields> trusting =
        each(policy.get("Statement").orElse(Fields.NONE)).stream()
            .filter(Fields.class::isInstance)
            .map(Fields.class::cast)
            .filter(statement -> statement.text("Effect").filter("Allow"::equals).isPresent())
            .filter(DmsRoleCheck::isAboutDms)
            .toList();
    if (trusting.isEmpty()) {
      IamFinding.FIXED_ROLE_TRUST.report(problems, TRUST);
    } else if (trusting.stream().allMatch(statement -> statement.has("Condition"))) {
      IamFinding.FIXED_ROLE_CONDITION.report(problems, TRUST);
    }
  }

  private static boolean isAboutDms(Fields statement) {
    return each(statement.fields("Principal").get("Service").orElse(Fields.NONE)).stream()
        .anyMatch(service -> isUnknown(service) || service.toString().equals(SERVICE));
  }

  private static List<Value> each(Value value) {
    return value instanceof Value.Items list ? list.items() : List.of(value);
  }

  private static boolean named(Value arn, String policy) {
    return arn.toString().endsWith(":policy/service-role/" + policy);
  }

  private static boolean isUnknown(Value value) {
    return value.isUnknown();
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.ResourceType.Implied;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The roles that DMS works with. A role takes up to a minute from IAM to DMS, which until then
 * refuses with {@code AccessDeniedFault}; what the caller itself is not allowed is refused with
 * another code.
 */
final class DmsRoles {

  /** DMS looks for it by this name, once per account. */
  static final String VPC = "dms-vpc-role";

  /** As {@link #VPC}; without it tasks write no log. */
  static final String LOGS = "dms-cloudwatch-logs-role";

  private DmsRoles() {}

  /** The declared roles of these names, which DMS demands although nothing refers to them. */
  static List<Implied> implied(Collection<Declared> all, String... names) {
    return all.stream()
        .filter(resource -> resource.address().type().equals("iam-role"))
        .flatMap(
            role ->
                List.of(names).stream()
                    .filter(name -> role.attributes().text("roleName").equals(Optional.of(name)))
                    .map(name -> new Implied(role.address(), "DMS works with the role " + name)))
        .toList();
  }

  /** Creates what DMS needs its role in the VPC for, once it sees the role. */
  static <T> T awaitVpcRole(Context context, Supplier<T> create) {
    return await(
        context,
        VPC,
        "It must trust dms.amazonaws.com and have the managed policy AmazonDMSVPCManagementRole.",
        refusal -> refusal.getMessage().contains(VPC),
        create);
  }

  /** Creates what writes a log, once DMS sees its role for that. */
  static <T> T awaitLogsRole(Context context, Supplier<T> create) {
    return await(
        context,
        LOGS,
        "It must trust dms.amazonaws.com and have the managed policy AmazonDMSCloudWatchLogsRole.",
        refusal -> refusal.getMessage().contains(LOGS),
        create);
  }

  /** Makes a call that names a role with which DMS reads secrets, once DMS sees the role. */
  static <T> T awaitSecretsRole(Context context, String role, Supplier<T> call) {
    String region = context.account().region();
    return await(
        context,
        role,
        String.format(
            Locale.ROOT,
            "Its role must trust dms.%s.amazonaws.com and allow secretsmanager:GetSecretValue and"
                + " secretsmanager:DescribeSecret on the secret, and kms:Decrypt on its key.",
            region),
        refusal -> true,
        call);
  }

  private static <T> T await(
      Context context,
      String role,
      String demands,
      Predicate<ResourceException> concerned,
      Supplier<T> call) {
    Predicate<ResourceException> refused = AwsErrors.code("AccessDeniedFault").and(concerned);
    try {
      return context.retrying(
          "the role " + role + " to become visible to DMS", Patience.brief(refused), call);
    } catch (ResourceException e) {
      if (!refused.test(e)) {
        throw e;
      }
      throw new ResourceException(e.kind(), e.code(), e.getMessage() + " " + demands, e);
    }
  }
}

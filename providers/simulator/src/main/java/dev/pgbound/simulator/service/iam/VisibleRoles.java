package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/**
 * The roles as services other than IAM see them. A role that was created, an attachment and a new
 * trust policy reach them only some seconds after IAM itself shows them; until then a service
 * refuses the role, as the first apply of many a user has found out.
 */
public final class VisibleRoles {

  /** How far other services are behind. */
  public static final Duration DELAY = Duration.ofSeconds(12);

  /**
   * Copies of roles that follow the originals; they have no ARN, so nobody takes them for those.
   */
  private static final Kind<RoleDetail, RoleDetail.Builder> SEEN =
      Kind.global("iam/role-seen-by-services", RoleDetail::builder);

  private final Table<RoleDetail, RoleDetail.Builder> seen;
  private final ManagedPolicies policies;

  /** What services see of the roles in {@code world}. */
  public VisibleRoles(World world) {
    this.seen = world.table(SEEN);
    this.policies = new ManagedPolicies(world);
  }

  /** The role with this name or ARN as other services see it; its documents are plain JSON. */
  public Optional<RoleDetail> find(String nameOrArn) {
    return seen.all().stream()
        .map(Stored::model)
        .filter(role -> nameOrArn.equals(role.roleName()) || nameOrArn.equals(role.arn()))
        .findFirst();
  }

  /**
   * Whether services can see a role with this name or ARN that trusts {@code principal}.
   *
   * @param principal a service, such as {@code dms.amazonaws.com}
   */
  public boolean isAssumableBy(String nameOrArn, String principal) {
    return find(nameOrArn)
        .map(role -> PolicyDocument.parse(role.assumeRolePolicyDocument()).trusts(principal))
        .orElse(false);
  }

  /**
   * Whether services can see a role with this name or ARN whose attached and inline policies allow
   * {@code action}. Resources and conditions are not looked at.
   *
   * @param action such as {@code logs:PutLogEvents}
   */
  public boolean permits(String nameOrArn, String action) {
    return find(nameOrArn)
        .map(role -> PolicyDocument.permit(documents(role).toList(), action))
        .orElse(false);
  }

  private Stream<PolicyDocument> documents(RoleDetail role) {
    Stream<String> attached =
        role.attachedManagedPolicies().stream()
            .map(AttachedPolicy::policyArn)
            .flatMap(arn -> policies.document(arn).stream());
    Stream<String> inline = role.rolePolicyList().stream().map(PolicyDetail::policyDocument);
    return Stream.concat(attached, inline).map(PolicyDocument::parse);
  }

  /** Lets the services see a new role in a while. */
  void create(RoleDetail role) {
    // a role of the same name may have been deleted a moment ago and not be forgotten yet
    seen.find(role.roleName()).ifPresent(Stored::remove);
    seen.add(role.roleName(), "", RoleDetail.builder().build(), Map.of());
    update(role);
  }

  /** Lets the services see in a while what the role is now. */
  void update(RoleDetail role) {
    seen.find(role.roleName())
        .orElseThrow(() -> new IllegalStateException("No copy of role " + role.roleName()))
        .after(
            DELAY,
            copy ->
                copy.roleName(role.roleName())
                    .arn(role.arn())
                    .assumeRolePolicyDocument(role.assumeRolePolicyDocument())
                    .attachedManagedPolicies(role.attachedManagedPolicies())
                    .rolePolicyList(role.rolePolicyList()));
  }

  /** Lets the services forget a role in a while. */
  void delete(String name) {
    seen.find(name).ifPresent(copy -> copy.removeAfter(DELAY));
  }
}

package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.world.World;

/**
 * IAM: roles and their policies. What it answers is true at once; what other services see of it is
 * some seconds behind and found in {@link VisibleRoles}.
 */
public final class Iam {

  private final Operations operations = new Operations("iam", QueryProtocol.QUERY);

  /** IAM in {@code world}. */
  public Iam(World world) {
    ManagedPolicies policies = new ManagedPolicies(world);
    Roles roles = new Roles(world);
    new RoleOperations(roles).register(operations);
    new RolePolicies(roles, policies).register(operations);
    new PolicyOperations(roles, policies).register(operations);
    new AccountDetails(roles).register(operations);
  }

  /** What the service answers to. */
  public Operations operations() {
    return operations;
  }
}

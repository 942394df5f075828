package dev.pgbound.simulator.service.dms;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.service.iam.VisibleRoles;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;

/** The roles that DMS takes on. A new one does not count before services other than IAM see it. */
final class ServiceRoles {

  private static final String PRINCIPAL = "dms.amazonaws.com";
  private static final String VPC = "dms-vpc-role";
  private static final String LOGS = "dms-cloudwatch-logs-role";

  private final World world;
  private final VisibleRoles roles;

  ServiceRoles(World world) {
    this.world = world;
    this.roles = new VisibleRoles(world);
  }

  /** Refuses to work in a VPC without the role of the fixed name that lets DMS do so. */
  void requireVpcRole() {
    require(VPC, "ec2:CreateNetworkInterface");
  }

  /** Refuses to log without the role of the fixed name that lets DMS do so. */
  void requireLogsRole() {
    require(LOGS, "logs:PutLogEvents");
  }

  /** Whether DMS could read a secret with this role. */
  boolean canReadSecretsWith(String arn) {
    return isTrusting(arn) && roles.permits(arn, "secretsmanager:GetSecretValue");
  }

  /** Refuses a role that DMS does not see or may not take on. */
  void requireTrustOf(String arn) {
    if (!isTrusting(arn)) {
      throw notConfigured(arn);
    }
  }

  /** Roles for secrets trust DMS of their region; older ones trust all of DMS. */
  private boolean isTrusting(String arn) {
    return roles.isAssumableBy(arn, "dms." + world.region() + ".amazonaws.com")
        || roles.isAssumableBy(arn, PRINCIPAL);
  }

  private void require(String name, String action) {
    if (!roles.isAssumableBy(name, PRINCIPAL) || !roles.permits(name, action)) {
      throw notConfigured("arn:aws:iam::" + ACCOUNT + ":role/" + name);
    }
  }

  private static Fault notConfigured(String arn) {
    return Refusals.accessDenied("The IAM Role " + arn + " is not configured properly.");
  }
}

package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.iam.VisibleRoles;
import dev.pgbound.simulator.world.World;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enhanced monitoring, which needs a role that RDS can see and use. */
final class Monitoring {

  private static final Set<Integer> INTERVALS = Set.of(0, 1, 5, 10, 15, 30, 60);

  private final VisibleRoles roles;

  Monitoring(World world) {
    this.roles = new VisibleRoles(world);
  }

  /** Refuses an interval and a role that do not go together, and a role that cannot be used. */
  void check(int interval, @Nullable String roleArn) {
    if (!INTERVALS.contains(interval)) {
      throw RdsFaults.invalidValue(
          "Invalid monitoring interval: " + interval + ". Valid values: 0, 1, 5, 10, 15, 30, 60");
    }
    if (interval != 0 && roleArn == null) {
      throw RdsFaults.invalidCombination(
          "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other"
              + " than 0.");
    }
    if (interval == 0 && roleArn != null) {
      throw RdsFaults.invalidCombination(
          "You must specify a MonitoringInterval value other than 0 when you specify a"
              + " MonitoringRoleARN value.");
    }
    if (roleArn != null
        && !(roles.isAssumableBy(roleArn, "monitoring.rds.amazonaws.com")
            && roles.permits(roleArn, "logs:CreateLogGroup")
            && roles.permits(roleArn, "logs:PutLogEvents"))) {
      throw RdsFaults.invalidValue(
          "IAM role ARN value is invalid or does not include the required permissions for:"
              + " ENHANCED_MONITORING");
    }
  }
}

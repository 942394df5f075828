package dev.pgbound.simulator;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Ssm;
import dev.pgbound.simulator.service.Sts;
import dev.pgbound.simulator.service.Tagging;
import dev.pgbound.simulator.service.cloudwatch.CloudWatch;
import dev.pgbound.simulator.service.dms.Dms;
import dev.pgbound.simulator.service.dms.TaskMetrics;
import dev.pgbound.simulator.service.ec2.Ec2;
import dev.pgbound.simulator.service.iam.Iam;
import dev.pgbound.simulator.service.kms.Kms;
import dev.pgbound.simulator.service.logs.Logs;
import dev.pgbound.simulator.service.rds.Rds;
import dev.pgbound.simulator.service.secrets.SecretsManager;
import dev.pgbound.simulator.service.sns.Sns;
import dev.pgbound.simulator.world.World;
import java.util.List;

/** The services that are simulated. */
final class Services {

  private Services() {}

  static List<Operations> of(World world, Dms dms) {
    return List.of(
        new Ec2(world).operations(),
        new Iam(world).operations(),
        new Rds(world).operations(),
        dms.operations(),
        new Sts().operations(),
        new Tagging(world).operations(),
        new SecretsManager(world).operations(),
        new Kms(world).operations(),
        new Sns(world).operations(),
        new CloudWatch(world, new TaskMetrics(world)).operations(),
        new Logs(world).operations(),
        new Ssm(world).operations());
  }
}

package dev.pgbound.simulator.service.logs;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;

/**
 * The log groups of an account, for CloudWatch Logs itself and for the services that write to logs;
 * every instance over the same world has the same ones.
 */
public final class LogGroups {

  private static final Kind<LogGroup, LogGroup.Builder> GROUP =
      Kind.regional("logs/group", LogGroup::builder);

  private final World world;
  private final Table<LogGroup, LogGroup.Builder> groups;

  /** The log groups of {@code world}. */
  public LogGroups(World world) {
    this.world = world;
    this.groups = world.table(GROUP);
  }

  /** Creates a log group unless it is there, as a service does before it writes its first line. */
  public void ensure(String name) {
    if (find(name).isEmpty()) {
      add(name, Map.of());
    }
  }

  /** The log group of this name. */
  public Optional<Stored<LogGroup, LogGroup.Builder>> find(String name) {
    return groups.find(name);
  }

  /** The log group that a request names. */
  Stored<LogGroup, LogGroup.Builder> required(String name) {
    return find(name).orElseThrow(LogGroups::missing);
  }

  static Fault missing() {
    return new Fault("ResourceNotFoundException", "The specified log group does not exist.");
  }

  List<Stored<LogGroup, LogGroup.Builder>> all() {
    return groups.all();
  }

  /** Adds a log group; the name must be free. */
  Stored<LogGroup, LogGroup.Builder> add(String name, Map<String, String> tags) {
    String arn = world.arn("logs", "log-group:" + name);
    LogGroup group =
        LogGroup.builder()
            .logGroupName(name)
            .logGroupArn(arn)
            .arn(arn + ":*")
            .creationTime(world.now().toEpochMilli())
            .metricFilterCount(0)
            .storedBytes(0L)
            .logGroupClass(LogGroupClass.STANDARD)
            .deletionProtectionEnabled(false)
            .build();
    return groups.add(name, arn, group, tags);
  }
}

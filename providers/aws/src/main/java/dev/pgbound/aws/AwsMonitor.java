package dev.pgbound.aws;

import dev.pgbound.spi.MigrationStatus;
import dev.pgbound.spi.MigrationStatus.Alarm;
import dev.pgbound.spi.MigrationStatus.Connection;
import dev.pgbound.spi.Monitor;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * How a migration is getting on, as DMS, CloudWatch and RDS tell it: some ten calls, and one for
 * the tables of each task.
 */
final class AwsMonitor implements Monitor {

  /** How many alarms one call of DescribeAlarms can be asked for by name. */
  private static final int MOST_ALARMS = 100;

  private final AwsClients clients;
  private final TagIndex index;

  AwsMonitor(AwsClients clients, TagIndex index) {
    this.clients = clients;
    this.index = index;
  }

  @Override
  public MigrationStatus look(Watched watched) {
    List<String> unread = new ArrayList<>();
    Ours ours = new Ours(watched.declared(), index.refresh(watched.migration()));
    WatchedTasks tasks = new WatchedTasks(clients, ours);
    WatchedInstances instances =
        read(
            "replication instances",
            unread,
            WatchedInstances.NONE,
            () -> WatchedInstances.read(clients, ours, tasks));
    Map<String, TaskState.Lag> lags =
        read(
            "CDC latency",
            unread,
            Map.of(),
            () -> new Lags(clients, watched.now()).of(tasks.all(), instances.names()));
    return new MigrationStatus(
        watched.now(),
        tasks.states(lags, unread),
        read("connection tests", unread, List.of(), () -> connections(ours, tasks)),
        read("alarms", unread, List.of(), () -> alarms(ours)),
        read(
            "maintenance",
            unread,
            List.of(),
            () -> new PendingMaintenance(clients, ours).of(instances)),
        read(
            "leftovers",
            unread,
            List.of(),
            () -> new Leftovers(clients, ours, tasks).of(instances)),
        unread);
  }

  /** Part of a look: what one call is refused does not hide what the others tell. */
  static <T> T read(String what, List<String> unread, T otherwise, Supplier<T> call) {
    try {
      return call.get();
    } catch (ResourceException e) {
      if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.INTERRUPTED) {
        throw e;
      }
      unread.add(what + ": " + e.getMessage());
      return otherwise;
    }
  }

  private List<Connection> connections(Ours ours, WatchedTasks tasks) {
    return Absence.asEmpty(
            () ->
                clients.dms().describeConnectionsPaginator(r -> r.maxRecords(100)).stream()
                    .flatMap(page -> page.connections().stream()))
        .stream()
        .filter(
            one ->
                tasks.use(one.endpointArn())
                    || ours.has("dms-endpoint", one.endpointArn(), one.endpointIdentifier()))
        .map(
            one ->
                new Connection(
                    one.endpointIdentifier(),
                    one.replicationInstanceIdentifier(),
                    one.status(),
                    words(one.lastFailureMessage())))
        .sorted(Comparator.comparing(Connection::endpoint).thenComparing(Connection::instance))
        .toList();
  }

  private List<Alarm> alarms(Ours ours) {
    List<String> names = ours.alarms();
    List<Alarm> alarms = new ArrayList<>();
    for (int from = 0; from < names.size(); from += MOST_ALARMS) {
      List<String> some = names.subList(from, Math.min(names.size(), from + MOST_ALARMS));
      clients.cloudWatch().describeAlarmsPaginator(r -> r.alarmNames(some)).metricAlarms().stream()
          .map(AwsMonitor::alarm)
          .forEach(alarms::add);
    }
    return alarms;
  }

  private static Alarm alarm(MetricAlarm alarm) {
    return new Alarm(
        alarm.alarmName(),
        switch (alarm.stateValue()) {
          case OK -> Alarm.State.OK;
          case ALARM -> Alarm.State.ALARM;
          case INSUFFICIENT_DATA, UNKNOWN_TO_SDK_VERSION -> Alarm.State.NO_DATA;
        },
        words(alarm.stateReason()).orElse(""),
        Optional.ofNullable(alarm.stateTransitionedTimestamp())
            .or(() -> Optional.ofNullable(alarm.stateUpdatedTimestamp())));
  }

  /** What the service says, if it says anything. */
  static Optional<String> words(@Nullable String text) {
    return Optional.ofNullable(text).map(String::strip).filter(one -> !one.isEmpty());
  }
}

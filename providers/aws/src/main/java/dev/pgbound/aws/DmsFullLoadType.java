package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTaskStats;

/**
 * The end of the full load of a task: something that others wait for, such as indexes that are
 * built once all rows are there. It exists when the load has finished, and making it means to wait.
 */
final class DmsFullLoadType implements AwsType {

  private static final String TASK = "replicationTaskArn";
  private static final int PERCENT = 100;

  private final TaskRuns runs;
  private final Supplier<List<ReplicationTask>> tasks;
  private final ResourceSchema schema =
      ResourceSchema.of(
              "dms-full-load", "The end of a task's full load, for which other resources wait.")
          .attribute(
              Attribute.named(TASK, Type.text(), "The dms-task.")
                  .with(Flag.REQUIRED, Flag.IMMUTABLE)
                  .impact(Impact.NONE, ""))
          .attribute(
              Attribute.named("finished", Type.text(), "When the load had finished.")
                  .with(Flag.COMPUTED))
          .attribute(Attribute.named("id", Type.text(), "The task.").with(Flag.COMPUTED))
          .identifiedBy("id")
          .ownership(Ownership.BY_PARENT)
          .takes(Operation.CREATE, Duration.ofMinutes(30), Duration.ofDays(14))
          .build();

  /**
   * @param tasks all tasks, as far as a plan has read them already
   */
  DmsFullLoadType(Supplier<DatabaseMigrationClient> dms, Supplier<List<ReplicationTask>> tasks) {
    this.runs = new TaskRuns(new ClassicTasks(dms));
    this.tasks = tasks;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.empty();
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    List<Live> found = new ArrayList<>();
    for (Query.Wanted wanted : query.wanted()) {
      Map<String, String> owner =
          Map.of(
              Live.MIGRATION_TAG, query.migration(), Live.ADDRESS_TAG, wanted.address().toString());
      wanted
          .desired()
          .text(TASK)
          .flatMap(arn -> find(arn, query.scope()))
          .filter(DmsFullLoadType::isLoaded)
          .ifPresent(task -> found.add(live(task, owner)));
    }
    return found;
  }

  @Override
  public Live create(Value.Fields desired, Context context) {
    String arn = desired.text(TASK).orElseThrow();
    TaskRun loaded = runs.await(arn, "to load all tables", context, DmsFullLoadType::progress);
    return live(loaded.task(), Map.of());
  }

  @Override
  public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
    return prior;
  }

  /** What has happened stays so. */
  @Override
  public void delete(Live prior, Optional<Value.Fields> desired, Context context) {}

  private Optional<ReplicationTask> find(String arn, Query.Scope scope) {
    return switch (scope) {
      case PLAN, ACCOUNT ->
          tasks.get().stream().filter(task -> task.replicationTaskArn().equals(arn)).findFirst();
      case OBJECT -> runs.find(arn).map(TaskRun::task);
    };
  }

  private static Poll<TaskRun> progress(TaskRun run) {
    if (run.tablesInError() > 0) {
      return Poll.failed(
          String.format(
              Locale.ROOT,
              "%d tables are in error; the table statistics say which, the log why. Reload them,"
                  + " then apply again",
              run.tablesInError()));
    }
    if (isLoaded(run.task())) {
      return Poll.done(run);
    }
    if (run.isRunning() || TaskRun.TRANSITIONAL.contains(run.status())) {
      return Poll.pending("loaded " + percent(run.task()) + " %");
    }
    return Poll.failed(
        String.format(
            Locale.ROOT,
            "it does not run (%s%s). Let it run: write run: running",
            run.status(),
            run.why().map(words -> ", " + words).orElse("")));
  }

  /** DMS shows 100 % while it still applies what was cached; the end has a date. */
  private static boolean isLoaded(ReplicationTask task) {
    ReplicationTaskStats stats = task.replicationTaskStats();
    return stats != null
        && stats.fullLoadFinishDate() != null
        && percent(task) == PERCENT
        && new TaskRun(task).tablesInError() == 0;
  }

  private static int percent(ReplicationTask task) {
    ReplicationTaskStats stats = task.replicationTaskStats();
    return stats == null || stats.fullLoadProgressPercent() == null
        ? 0
        : stats.fullLoadProgressPercent();
  }

  private Live live(ReplicationTask task, Map<String, String> owner) {
    Value.Fields read =
        Value.Fields.NONE
            .with(TASK, task.replicationTaskArn())
            .with("id", task.replicationTaskArn());
    ReplicationTaskStats stats = task.replicationTaskStats();
    if (stats != null && stats.fullLoadFinishDate() != null) {
      read = read.with("finished", stats.fullLoadFinishDate().toString());
    }
    return Lives.of(schema, read, owner, Live.Health.READY);
  }
}

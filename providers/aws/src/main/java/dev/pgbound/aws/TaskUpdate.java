package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.TableRules;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;

/**
 * One change of a task. DMS changes a task that stands still, except for the severities of its log.
 * Stopping it before and setting it going afterwards are steps of the engine, so that a task that
 * runs here was started by somebody else in between; it is left alone.
 */
final class TaskUpdate {

  /** What ModifyReplicationTask changes. */
  private static final Set<String> MODIFIED =
      Set.of(TableRules.ATTRIBUTE, TaskSettings.ATTRIBUTE, "cdcStopPosition");

  private final DatabaseMigrationClient dms;
  private final TaskRuns runs;
  private final Live prior;
  private final Fields desired;
  private final Set<String> changed;
  private final Context context;
  private final String arn;
  private final TaskGround ground;

  /** See {@link dev.pgbound.spi.ResourceType#update}. */
  TaskUpdate(
      DatabaseMigrationClient dms,
      TaskRuns runs,
      Live prior,
      Fields desired,
      Set<String> changed,
      Context context) {
    this.dms = dms;
    this.runs = runs;
    this.prior = prior;
    this.desired = desired;
    this.changed = changed;
    this.context = context;
    arn = DmsObjects.arn(prior);
    ground = TaskGround.of(dms, desired);
  }

  /** Changes everything but tags and run state. */
  void change() {
    boolean moves = changed.contains(TaskMove.INSTANCE);
    boolean modifies = changed.stream().anyMatch(MODIFIED::contains);
    if (!moves && !modifies) {
      return;
    }
    boolean running = runs.settled(arn, context).isRunning();
    if (running && !moves && onlySeverities()) {
      modify(
          Fields.NONE.with(
              TaskSettings.ATTRIBUTE, TaskSettings.severities(settings(desired), liveSettings())));
      return;
    }
    if (running) {
      throw new ResourceException(
          Kind.CONFLICT,
          "StillRunning",
          "dms-task "
              + prior.identifier()
              + " runs, and DMS changes a task that stands still: somebody has started it in the"
              + " meantime. Plan again.");
    }
    if (moves) {
      move();
    }
    if (modifies) {
      modify(documents());
    }
  }

  private boolean onlySeverities() {
    return changed.stream().filter(MODIFIED::contains).allMatch(TaskSettings.ATTRIBUTE::equals)
        && TaskSettings.differOnlyInSeverities(settings(desired), liveSettings());
  }

  /** DMS takes mapping and migration type only together, and settings by the key. */
  private Fields documents() {
    Fields documents =
        desired
            .only(Set.of("migrationType", "cdcStopPosition"))
            .with(
                TableRules.ATTRIBUTE, TableRules.forRequest(desired.fields(TableRules.ATTRIBUTE)));
    Fields settings = TaskSettings.forModification(settings(desired), liveSettings());
    return settings.equals(Fields.NONE)
        ? documents
        : documents.with(TaskSettings.ATTRIBUTE, settings);
  }

  private void modify(Fields changes) {
    String statusBefore = prior.attributes().text("status").orElse("");
    ground.retrying(
        "dms-task " + prior.identifier() + " to take changes",
        context,
        () ->
            DmsRoles.awaitLogsRole(
                context,
                () ->
                    dms.modifyReplicationTask(
                        r -> Shapes.fill(r.replicationTaskArn(arn), changes))));
    runs.await(
        arn,
        "to take its changes",
        context,
        run -> {
          if (TaskRun.TRANSITIONAL.contains(run.status())) {
            return Poll.pending(run.phase());
          }
          boolean failed = run.status().equals("failed") && !statusBefore.equals("failed");
          return failed ? TaskRuns.failed(run) : Poll.done(run);
        });
  }

  private void move() {
    String target = desired.text(TaskMove.INSTANCE).orElseThrow();
    ground.retrying(
        "dms-task " + prior.identifier() + " to begin to move",
        context,
        () ->
            dms.moveReplicationTask(
                r -> r.replicationTaskArn(arn).targetReplicationInstanceArn(target)));
    runs.await(
        arn,
        "to move",
        context,
        run -> {
          if (run.status().equals("failed-move")) {
            return TaskRuns.failed(run);
          }
          boolean there = run.task().replicationInstanceArn().equals(target);
          return there && !TaskRun.TRANSITIONAL.contains(run.status())
              ? Poll.done(run)
              : Poll.pending(run.phase());
        });
  }

  private Fields liveSettings() {
    return settings(prior.attributes());
  }

  private static Fields settings(Fields attributes) {
    return attributes.fields(TaskSettings.ATTRIBUTE);
  }
}

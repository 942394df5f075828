package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.databasemigration.model.StartReplicationTaskTypeValue;

/** Starts and stops tasks of one sort, and waits until they have. */
record TaskRuns(Remote remote) {

  /** The calls for one sort of tasks. */
  interface Remote {

    /** The resource type, for messages. */
    String type();

    /** The task as it is now; empty when it is not there. */
    Optional<TaskRun> find(String arn);

    /** Has a task that stands begin in this way. */
    void start(TaskRun standing, StartReplicationTaskTypeValue type, Context context);

    void stop(String arn);
  }

  /** The task as it is now. */
  Optional<TaskRun> find(String arn) {
    return remote.find(arn);
  }

  /** Waits until the task is in a status that it does not leave at once. */
  TaskRun settled(String arn, Context context) {
    return await(
        arn,
        "to settle",
        context,
        run ->
            TaskRun.TRANSITIONAL.contains(run.status())
                ? Poll.pending(run.phase())
                : Poll.done(run));
  }

  /**
   * Starts a task that never ran, resumes any other, and returns when it runs, or when it has ended
   * as it should before anybody looked. Does nothing to a task that runs.
   */
  void start(String arn, Context context) {
    TaskRun before = settled(arn, context);
    if (!before.isRunning()) {
      start(before, before.startType(), context);
    }
  }

  /** Stops a task that runs, and has it load all tables again. */
  void reload(String arn, Context context) {
    stop(arn, context);
    TaskRun before = settled(arn, context);
    start(before, before.reloadType(), context);
  }

  private void start(TaskRun before, StartReplicationTaskTypeValue type, Context context) {
    remote.start(before, type, context);
    String arn = before.task().replicationTaskArn();
    await(arn, "to run", context, run -> afterStart(before, run));
  }

  /** Stops a task at a checkpoint and returns when it stands. */
  void stop(String arn, Context context) {
    if (!settled(arn, context).isRunning()) {
      return;
    }
    try {
      remote.stop(arn);
    } catch (ResourceException e) {
      // it may have stopped by itself in the meantime
      if (!AwsErrors.code("InvalidResourceStateFault").test(e)
          || find(arn).filter(TaskRun::isRunning).isPresent()) {
        throw e;
      }
    }
    await(
        arn,
        "to stop",
        context,
        run ->
            TaskRun.STANDING.contains(run.status()) ? Poll.done(run) : Poll.pending(run.phase()));
  }

  /**
   * Waits for what {@code judge} says of each look.
   *
   * @param what what is waited for, such as "to stop"
   */
  TaskRun await(String arn, String what, Context context, Function<TaskRun, Poll<TaskRun>> judge) {
    return context.await(
        name(arn) + " " + what,
        () -> find(arn).map(judge).orElseGet(() -> Poll.failed("it was deleted")));
  }

  static Poll<TaskRun> failed(TaskRun run) {
    return Poll.failed("status is " + run.word() + run.why().map(words -> ": " + words).orElse(""));
  }

  private static Poll<TaskRun> afterStart(TaskRun before, TaskRun now) {
    if (now.status().equals(Pausable.RUNNING)) {
      return Poll.done(now);
    }
    if (TaskRun.TRANSITIONAL.contains(now.status()) || now.isSameAs(before)) {
      return Poll.pending(now.phase());
    }
    Optional<StopReason.Meaning> meaning = StopReason.of(now.task()).map(StopReason::meaning);
    if (!now.status().equals(Pausable.STOPPED) || meaning.isEmpty()) {
      return failed(now);
    }
    return switch (meaning.get()) {
      case ENDED ->
          now.tablesInError() > 0
              ? Poll.failed(
                  String.format(
                      Locale.ROOT,
                      "it stopped with %d tables in error; the table statistics say which, the log why",
                      now.tablesInError()))
              : Poll.done(now);
      case RESTARTS -> Poll.pending(now.phase());
      case FAILED -> failed(now);
    };
  }

  private String name(String arn) {
    return remote.type() + " " + DmsObjects.lastPart(arn);
  }
}

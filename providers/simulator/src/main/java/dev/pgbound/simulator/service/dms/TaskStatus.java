package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.Fault;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** What a replication task is doing. */
enum TaskStatus {
  CREATING,
  READY,
  STARTING,
  RUNNING,
  STOPPING,
  STOPPED,
  MODIFYING,
  FAILED,
  DELETING,
  MOVING,
  FAILED_MOVE;

  /** The states in which a task rests, so that it can be started, modified, moved and deleted. */
  private static final Set<TaskStatus> RESTING = EnumSet.of(READY, STOPPED, FAILED, FAILED_MOVE);

  /** The states in which a task's endpoints must stay as they are. */
  private static final Set<TaskStatus> ACTIVE = EnumSet.of(STARTING, RUNNING, STOPPING);

  static TaskStatus of(ReplicationTask task) {
    return valueOf(task.status().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  boolean isResting() {
    return RESTING.contains(this);
  }

  boolean isActive() {
    return ACTIVE.contains(this);
  }

  /** Refuses a task that does not rest, whatever {@code verb} says should happen to it. */
  static void requireResting(ReplicationTask task, String verb) {
    if (!of(task).isResting()) {
      throw refusal(verb);
    }
  }

  static Fault refusal(String verb) {
    return Refusals.invalidState("Replication Task cannot be " + verb + ", invalid state");
  }

  /** The word in answers, such as {@code failed-move}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

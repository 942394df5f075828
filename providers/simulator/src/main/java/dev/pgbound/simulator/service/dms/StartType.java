package dev.pgbound.simulator.service.dms;

import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.CDC;
import static software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue.FULL_LOAD;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.Replication;

/** How a serverless replication begins: it is the SDK's plain text, unlike that of a task. */
enum StartType {
  START_REPLICATION,
  RESUME_PROCESSING,
  RELOAD_TARGET;

  /**
   * The type that was sent, if the replication can be started in this way. What loads tables is
   * started once and then loaded again; a mere full load has no position to resume from.
   */
  static StartType checked(@Nullable String sent, Replication replication) {
    String wanted = Refusals.required(sent, "StartReplicationType");
    StartType type =
        Arrays.stream(values())
            .filter(each -> each.toString().equals(wanted))
            .findFirst()
            .orElseThrow(() -> Refusals.invalidValue("Invalid StartReplicationType: " + wanted));
    MigrationTypeValue migration = replication.replicationType();
    boolean isFirst = replication.replicationStats() == null;
    boolean isAllowed =
        switch (type) {
          case START_REPLICATION -> isFirst || migration == CDC;
          case RESUME_PROCESSING -> migration == CDC || (!isFirst && migration != FULL_LOAD);
          case RELOAD_TARGET -> !isFirst && migration != CDC;
        };
    if (!isAllowed) {
      throw Refusals.invalidCombination(
          "Start Type : %s, not valid for a %s replication that has %s",
          type.name(), migration, isFirst ? "never run" : "run");
    }
    return type;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

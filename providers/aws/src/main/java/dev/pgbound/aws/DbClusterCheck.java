package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be seen in the file to be wrong with a cluster. */
final class DbClusterCheck {

  private static final int DAY = 24 * 60;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern DAILY = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
  private static final Pattern WEEKLY =
      Pattern.compile("([a-z]{3}):(\\d\\d):(\\d\\d)-([a-z]{3}):(\\d\\d):(\\d\\d)");

  private DbClusterCheck() {}

  static void run(Fields cluster, Problems problems) {
    password(cluster, problems);
    if (!cluster.has("databaseName")) {
      RdsFinding.NO_DATABASE.report(problems, "");
    } else if (cluster.text("databaseName").filter("postgres"::equals).isPresent()) {
      RdsFinding.MAINTENANCE_DATABASE.report(problems, "databaseName");
    }
    boolean isEncryptionOpen =
        cluster.get("storageEncrypted").filter(value -> value.isUnknown()).isPresent();
    if (!isEncryptionOpen && !cluster.flag("storageEncrypted").orElse(false)) {
      RdsFinding.NOT_ENCRYPTED.report(
          problems, cluster.has("storageEncrypted") ? "storageEncrypted" : "");
    }
    boolean isProtectionOpen =
        cluster.get("deletionProtection").filter(value -> value.isUnknown()).isPresent();
    if (!isProtectionOpen && !cluster.flag("deletionProtection").orElse(false)) {
      RdsFinding.NOT_PROTECTED.report(
          problems, cluster.has("deletionProtection") ? "deletionProtection" : "");
    }
    if (cluster.number("backupRetentionPeriod").filter(d -> d.signum() <= 0).isPresent()) {
      RdsFinding.NO_BACKUPS.report(problems, "backupRetentionPeriod");
    }
    Optional<String> backup = cluster.text("preferredBackupWindow");
    Optional<String> maintenance = cluster.text("preferredMaintenanceWindow");
    if (backup.isPresent() && maintenance.isPresent() && overlap(backup.get(), maintenance.get())) {
      RdsFinding.OVERLAPPING_WINDOWS.report(problems, "preferredMaintenanceWindow");
    }
  }

  private static void password(Fields cluster, Problems problems) {
    boolean isManaged =
        cluster
            .get("manageMasterUserPassword")
            .filter(
                value ->
                    value.isUnknown() || cluster.flag("manageMasterUserPassword").orElse(false))
            .isPresent();
    if (isManaged && cluster.has("masterUserPassword")) {
      RdsFinding.TWO_PASSWORDS.report(problems, "masterUserPassword");
    } else if (!isManaged && !cluster.has("masterUserPassword")) {
      RdsFinding.NO_PASSWORD.report(problems, "");
    }
  }

  /** Whether a daily and a weekly window have a minute in common. Malformed ones have none. */
  static boolean overlap(String daily, String weekly) {
    Matcher backup = DAILY.matcher(daily);
    Matcher maintenance = WEEKLY.matcher(weekly.toLowerCase(Locale.ROOT));
    if (!backup.matches() || !maintenance.matches()) {
      return false;
    }
    int from = minutes(backup.group(1), backup.group(2));
    int to = after(from, minutes(backup.group(3), backup.group(4)), DAY);
    int begin = ofWeek(maintenance, 1);
    int end = after(begin, ofWeek(maintenance, 4), 7 * DAY);
    for (int day = -1; day <= 14; day++) {
      if (from + day * DAY < end && begin < to + day * DAY) {
        return true;
      }
    }
    return false;
  }

  private static int after(int begin, int end, int round) {
    return end > begin ? end : end + round;
  }

  private static int ofWeek(Matcher window, int group) {
    int time = minutes(window.group(group + 1), window.group(group + 2));
    return DAYS.indexOf(window.group(group)) * DAY + time;
  }

  private static int minutes(String hours, String minutes) {
    return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
  }
}

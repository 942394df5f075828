package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.DurationText;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code alerts}: who is told, and from which lag on. */
final class AlertsSection {

  static final String NAME = "alerts";

  private static final int PERIOD_SECONDS = 60;
  private static final int PERIODS = 5;

  private AlertsSection() {}

  static void expand(Sheet sheet) {
    sheet.section(NAME).ifPresent(section -> expand(sheet, section));
  }

  private static void expand(Sheet sheet, Section alerts) {
    Draft topic = topic(sheet, alerts);
    sheet
        .add("dms-event-subscription", "failures", alerts.pointer())
        .set("sourceType", "replication-task")
        .set("eventCategories", List.of("failure"))
        .set("snsTopicArn", topic.ref())
        .set("enabled", true);
    Duration limit =
        alerts.text("lagAbove").flatMap(DurationText::parse).orElse(Duration.ofMinutes(5));
    List<Draft> tasks =
        sheet.drafts().values().stream()
            .filter(draft -> draft.address().type().equals("dms-task"))
            .toList();
    for (Draft task : tasks) {
      lag(sheet, alerts, topic, task, "Source", limit);
      lag(sheet, alerts, topic, task, "Target", limit);
    }
  }

  private static Draft topic(Sheet sheet, Section alerts) {
    List<Value> subscriptions = new ArrayList<>();
    for (String address : alerts.texts("notify")) {
      subscriptions.add(Json.fields("protocol", "email", "endpoint", address));
    }
    return sheet
        .add("sns-topic", "alerts", alerts.pointer())
        // By default only the account itself may publish; these services report failures and lag.
        .set("publishers", List.of("cloudwatch.amazonaws.com", "dms.amazonaws.com"))
        .set("subscriptions", new Value.Items(subscriptions), alerts.place("notify"));
  }

  private static void lag(
      Sheet sheet, Section alerts, Draft topic, Draft task, String side, Duration limit) {
    String name = task.address().name() + "-lag-" + side.toLowerCase(Locale.ROOT);
    Pointer cause = alerts.has("lagAbove") ? alerts.place("lagAbove") : alerts.pointer();
    sheet
        .add("cloudwatch-alarm", name, cause)
        .set(
            "alarmDescription",
            String.format(Locale.ROOT, "Replication of task %s lags", task.address().name()))
        .set("namespace", "AWS/DMS")
        .set("metricName", "CDCLatency" + side)
        .set("statistic", "Maximum")
        .set("period", PERIOD_SECONDS)
        .set("evaluationPeriods", PERIODS)
        .set("threshold", Value.of(limit.toSeconds()), cause)
        .set("comparisonOperator", "GreaterThanThreshold")
        // A task that reports nothing is one that does not run.
        .set("treatMissingData", "breaching")
        .set("alarmActions", List.of(topic.ref()))
        .set("okActions", List.of(topic.ref()))
        .set(
            "dimensions",
            Json.items(
                Json.fields(
                    "name",
                    "ReplicationInstanceIdentifier",
                    "value",
                    String.format(
                        Locale.ROOT,
                        "${%s.replicationInstanceIdentifier}",
                        new Address("dms-instance", "main"))),
                Json.fields("name", "ReplicationTaskIdentifier", "value", task.ref("resourceId"))));
  }
}

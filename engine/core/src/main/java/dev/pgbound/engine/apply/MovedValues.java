package dev.pgbound.engine.apply;

import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says which values of an object are no longer what a plan was made against. */
final class MovedValues {

  /** What a line may show of a value. */
  private static final int LONGEST = 60;

  private MovedValues() {}

  /**
   * One sentence part for each value that moved; empty where only what a plan does not show did.
   *
   * @param desired what the plan declares, with its references resolved
   */
  static List<String> of(
      ResourceSchema schema, ResourceChange planned, Value.Fields desired, Live now) {
    Map<String, AttributeChange> before = new LinkedHashMap<>();
    planned.changes().forEach(change -> before.put(change.path(), change));
    List<String> moved = new ArrayList<>();
    for (AttributeChange change : Differ.compare(schema, desired, now)) {
      AttributeChange then = before.remove(change.path());
      boolean known = change.after().filter(Value::isUnknown).isEmpty();
      if (then == null ? known : !then.before().equals(change.before())) {
        moved.add(
            String.format(
                Locale.ROOT,
                "%s was %s and is %s now",
                change.path(),
                then == null ? "as declared" : text(then.before(), change.sensitive()),
                text(change.before(), change.sensitive())));
      }
    }
    before.values().stream()
        .filter(then -> then.before().isPresent())
        .forEach(
            then ->
                moved.add(
                    String.format(
                        Locale.ROOT,
                        "%s was %s and is as declared now",
                        then.path(),
                        text(then.before(), then.sensitive()))));
    return moved;
  }

  private static String text(Optional<Value> value, boolean sensitive) {
    if (sensitive) {
      return "something else";
    }
    String text = value.map(Value::toString).orElse("not there");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}

package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Field;
import dev.pgbound.cli.render.PlanView.Line;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one plan would do that another would not. The order of the changes, and where in the file
 * they come from, make no difference.
 */
public final class PlanDiff {

  private final PlanView before;
  private final PlanView after;
  private final List<Entry> entries = new ArrayList<>();

  /** One difference: a line, and what there is to say beneath it. */
  private record Entry(char sign, String text, List<String> details) {}

  private PlanDiff(Plan before, Plan after) {
    this.before = PlanView.of(before, List.of());
    this.after = PlanView.of(after, List.of());
  }

  public static PlanDiff between(Plan before, Plan after) {
    PlanDiff diff = new PlanDiff(before, after);
    diff.heads();
    diff.changes();
    diff.texts("refused", refusals(before), refusals(after));
    diff.texts("kept", kept(before), kept(after));
    return diff;
  }

  /** Whether applying the one is applying the other. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** For people, ending with a line break: one line for a change that only one of the plans has. */
  public String text(OptionalInt columns) {
    TextBlock text = new TextBlock(columns);
    for (Entry entry : entries) {
      text.wrapped(entry.text(), entry.sign() + " ", "    ");
      entry.details().forEach(detail -> text.wrapped(detail, "    ", "      "));
    }
    if (!entries.isEmpty()) {
      text.line("");
    }
    text.line(summary());
    return text.toString();
  }

  private String summary() {
    return isEmpty()
        ? "diff: no difference"
        : String.format(
            Locale.ROOT,
            "diff: %d more, %d fewer, %d different",
            count('+'),
            count('-'),
            count('~'));
  }

  private long count(char sign) {
    return entries.stream().filter(entry -> entry.sign() == sign).count();
  }

  private void heads() {
    Plan one = before.plan();
    Plan other = after.plan();
    head("migration", one.migration(), other.migration());
    head("account", one.account().id(), other.account().id());
    head("region", one.account().region(), other.account().region());
    head("goal", before.title(), after.title());
  }

  private void head(String name, String one, String other) {
    if (!one.equals(other)) {
      entries.add(
          new Entry(
              '~', name + "  " + Words.visible(one) + " → " + Words.visible(other), List.of()));
    }
  }

  private void changes() {
    Map<Address, Change> one = byAddress(before);
    Map<Address, Change> other = byAddress(after);
    Set<Address> all = new LinkedHashSet<>(one.keySet());
    all.addAll(other.keySet());
    for (Address address : all) {
      Change was = one.get(address);
      Change is = other.get(address);
      if (was == null && is != null) {
        entries.add(new Entry('+', line(is), List.of()));
      } else if (was != null && is == null) {
        entries.add(new Entry('-', line(was), List.of()));
      } else if (was != null && is != null) {
        List<String> details = details(was, is);
        if (!details.isEmpty()) {
          entries.add(new Entry('~', address + "  " + is.what(), details));
        }
      }
    }
  }

  private static Map<Address, Change> byAddress(PlanView view) {
    Map<Address, Change> changes = new TreeMap<>();
    view.changes().forEach(change -> changes.put(change.address(), change));
    return changes;
  }

  private static String line(Change change) {
    String impact = change.consequence().isEmpty() ? "" : " (" + change.impact().word() + ")";
    return change.address() + "  " + change.what() + impact;
  }

  private static List<String> details(Change was, Change is) {
    List<String> details = new ArrayList<>();
    moved(details, "what", was.what(), is.what());
    moved(details, "impact", was.impact().word(), is.impact().word());
    moved(details, "steps", String.join(", ", was.steps()), String.join(", ", is.steps()));
    texts(details, lines(was), lines(is));
    ResourceChange one = was.resource();
    ResourceChange other = is.resource();
    if (details.isEmpty() && !one.fingerprint().equals(other.fingerprint())) {
      details.add("the live object has changed in between");
    }
    boolean same =
        one.resource().equals(other.resource())
            && one.identifier().equals(other.identifier())
            && one.impactText().equals(other.impactText());
    if (details.isEmpty() && !same) {
      details.add("what is declared differs in parts that a plan does not show");
    }
    return details;
  }

  private static void moved(List<String> details, String name, String one, String other) {
    if (!one.equals(other)) {
      details.add(name + "  " + one + " → " + other);
    }
  }

  /** Everything that a change says about values, by name. */
  private static Map<String, String> lines(Change change) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Field field : change.values()) {
      lines.put(field.name(), field.value());
    }
    if (change.lines().isEmpty()) {
      nested(change).forEach(lines::putIfAbsent);
    }
    for (Line line : change.lines()) {
      String remarks = line.remarks().isEmpty() ? "" : "   # " + String.join(", ", line.remarks());
      lines.put(
          line.path(),
          line.before().orElse("none") + " → " + line.after().orElse("none") + remarks);
    }
    return lines;
  }

  /** Of something new, the values that a plan does not list. */
  private static Map<String, String> nested(Change change) {
    Map<String, String> nested = new TreeMap<>();
    change
        .resource()
        .resource()
        .attributes()
        .fields()
        .forEach((name, value) -> leaves(Words.visible(name), value, nested));
    return nested;
  }

  private static void leaves(String path, Value value, Map<String, String> into) {
    if (value instanceof Value.Fields fields) {
      fields
          .fields()
          .forEach((name, inner) -> leaves(path + "." + Words.visible(name), inner, into));
    } else if (value instanceof Value.Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        leaves(path + "[" + i + "]", list.items().get(i), into);
      }
    } else {
      into.put(path, Words.whole(value));
    }
  }

  private static void texts(
      List<String> details, Map<String, String> one, Map<String, String> other) {
    Set<String> names = new LinkedHashSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      Optional<String> was = Optional.ofNullable(one.get(name));
      Optional<String> is = Optional.ofNullable(other.get(name));
      if (!was.equals(is)) {
        String context = is.orElse("");
        was.ifPresent(text -> details.add("- " + name + "  " + Words.cut(text, context, 120)));
        String former = was.orElse("");
        is.ifPresent(text -> details.add("+ " + name + "  " + Words.cut(text, former, 120)));
      }
    }
  }

  private void texts(String word, Map<String, String> one, Map<String, String> other) {
    Set<String> names = new LinkedHashSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      @Nullable String was = one.get(name);
      @Nullable String is = other.get(name);
      if (!Objects.equals(was, is)) {
        char sign = was == null ? '+' : is == null ? '-' : '~';
        entries.add(new Entry(sign, word + " " + name + ": " + (is == null ? was : is), List.of()));
      }
    }
  }

  private static Map<String, String> refusals(Plan plan) {
    Map<String, String> texts = new TreeMap<>();
    plan.refusals()
        .forEach(
            one ->
                texts.merge(
                    one.code() + " " + one.subject(),
                    Words.clean(one.text()),
                    (text, more) -> text + " " + more));
    return texts;
  }

  private static Map<String, String> kept(Plan plan) {
    Map<String, String> texts = new TreeMap<>();
    plan.kept()
        .forEach(
            one ->
                texts.put(
                    one.address() + " (" + Words.visible(one.identifier()) + ")",
                    Words.clean(one.text())));
    return texts;
  }
}

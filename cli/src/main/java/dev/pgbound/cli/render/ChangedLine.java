package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Line;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.AttributeChange.Place;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What there is to say about one value that differs. */
final class ChangedLine {

  static final String FORCES_REPLACEMENT = "forces replacement";

  private static final String SENSITIVE = "(sensitive)";

  /** Paths of which every part is a plain name; others cannot be written as nested maps. */
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private ChangedLine() {}

  static Line of(ResourceChange change, AttributeChange one) {
    boolean mixed = change.origin().filter(origin -> origin == Origin.BOTH).isPresent();
    List<String> remarks = new ArrayList<>();
    if (one.forcesReplacement()) {
      remarks.add(FORCES_REPLACEMENT);
    }
    // What all lines have in common stands above them.
    if (one.impact() != Impact.NONE && change.changes().size() > 1) {
      remarks.add(one.impact().word());
    }
    if (mixed && isDrift(one)) {
      remarks.add("changed outside");
    }
    return new Line(
        Words.visible(one.path()),
        one.sensitive() ? Optional.of(SENSITIVE) : one.before().map(Words::whole),
        one.sensitive() ? Optional.of(SENSITIVE) : one.after().map(Words::whole),
        one.impact(),
        List.copyOf(remarks),
        keep(change, one));
  }

  private static boolean isDrift(AttributeChange one) {
    return one.origin().filter(o -> o == Origin.DRIFT || o == Origin.BOTH).isPresent();
  }

  /**
   * What to write so that the live value stays: in the place of the declared value where nothing
   * else depends on it, under {@code overrides} otherwise.
   */
  private static Optional<String> keep(ResourceChange change, AttributeChange one) {
    Optional<String> live = one.before().flatMap(ChangedLine::scalar);
    if (!isDrift(one) || live.isEmpty() || one.place().isEmpty()) {
      return Optional.empty();
    }
    Place place = one.place().get();
    if (place.verbatim()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s: %s (%s)",
              Words.visible(place.pointer()),
              live.get(),
              PlanView.position(place.range())));
    }
    boolean ofSection =
        !place.pointer().startsWith("resources.") && !place.pointer().startsWith("overrides.");
    return ofSection && NAMES.matcher(one.path()).matches()
        ? Optional.of(override(change, one.path(), live.get()))
        : Optional.empty();
  }

  private static String override(ResourceChange change, String path, String live) {
    String[] names = path.split("\\.", -1);
    StringBuilder text = new StringBuilder("overrides: {" + change.address() + ": ");
    for (String name : names) {
      text.append('{').append(Yaml.key(name)).append(": ");
    }
    return text.append(live).append("}".repeat(names.length + 1)).toString();
  }

  private static Optional<String> scalar(Value value) {
    boolean scalar =
        value instanceof Value.Text || value instanceof Value.Num || value instanceof Value.Bool;
    String text = value.toString();
    // A text with a reference in it would be taken for one.
    boolean writable = !text.contains("${") && text.equals(Words.visible(text));
    return scalar && writable ? Optional.of(Yaml.scalar(value)) : Optional.empty();
  }
}

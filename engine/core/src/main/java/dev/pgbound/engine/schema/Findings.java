package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.engine.config.Template;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts what is wrong at its place in the file, one diagnostic for one cause. */
final class Findings {

  private static final int MOST_KEYS_LISTED = 15;

  private final SourceMap map;
  private final UnaryOperator<Pointer> origin;
  private final String root;
  private final Diagnostics sink;

  /** For values that stand in the file where they stand in the document. */
  Findings(Document document, Diagnostics sink) {
    this(document.map(), UnaryOperator.identity(), "the file", sink);
  }

  /**
   * @param origin where in the file the value at a place comes from
   * @param root what the outermost keys belong to
   */
  Findings(SourceMap map, UnaryOperator<Pointer> origin, String root, Diagnostics sink) {
    this.map = map;
    this.origin = origin;
    this.root = root;
    this.sink = sink;
  }

  /** Whether more findings would help nobody. */
  boolean isFull() {
    return sink.isFull();
  }

  /** Reports at the key. */
  void error(Code code, String detail, Pointer place) {
    sink.error(code, detail, map.key(origin.apply(place)), origin.apply(place));
  }

  /** Reports at the value, or at its key where the value has several lines. */
  void valueError(Code code, String detail, Pointer place) {
    Pointer source = origin.apply(place);
    SourceRange value = map.value(source);
    boolean line = value.line() == value.endLine() && value.column() < value.endColumn();
    sink.error(code, detail, line ? value : map.key(source), source);
  }

  /** Reports at a part of a text. */
  void error(Code code, String detail, Pointer place, int start, int end) {
    Pointer source = origin.apply(place);
    sink.error(code, detail, map.within(source, start, end), source);
  }

  /** A value of another type than expected. */
  void wrongType(Value value, String expected, String hint, Pointer place) {
    if (value instanceof Value.Null) {
      noValue("Write " + expected + " behind it, or delete the key.", place);
      return;
    }
    valueError(
        Code.WRONG_TYPE,
        Words.quoted(name(place))
            + " takes "
            + expected
            + ", but this is "
            + Words.kind(value)
            + "."
            + hint,
        place);
  }

  void noValue(String advice, Pointer place) {
    error(Code.NO_VALUE, Words.quoted(name(place)) + " has no value. " + advice, place);
  }

  /** A key that no attribute has; {@code hint} says where it belongs, empty when unknown. */
  void unknownKey(String key, List<String> valid, String hint, Pointer place) {
    String advice = hint.isEmpty() ? Nearest.hint(key, valid) : hint;
    if (advice.isEmpty() && !valid.isEmpty() && valid.size() <= MOST_KEYS_LISTED) {
      advice = " Valid: " + String.join(", ", valid) + ".";
    }
    error(
        Code.UNKNOWN_KEY,
        "There is no key " + Words.quoted(key) + " in " + container(place.parent()) + "." + advice,
        place);
  }

  /** Keys that must be there and are not, unless a key in the map was probably meant to be it. */
  void missing(Value.Fields fields, List<String> required, List<String> valid, Pointer place) {
    List<String> missing = new ArrayList<>(required);
    missing.removeAll(fields.fields().keySet());
    if (missing.isEmpty()) {
      return;
    }
    for (String key : fields.fields().keySet()) {
      if (!valid.contains(key)) {
        Nearest.to(key, valid).ifPresent(missing::remove);
      }
    }
    if (!missing.isEmpty()) {
      error(
          Code.MISSING_KEY,
          (missing.size() == 1 ? "The key " : "The keys ")
              + Words.keys(missing)
              + (missing.size() == 1 ? " is" : " are")
              + " missing in "
              + container(place)
              + ".",
          place);
    }
  }

  /** Keeps a value out of every excerpt. */
  void conceal(Pointer place) {
    sink.conceal(map.value(origin.apply(place)));
  }

  /** The value as it is written; empty when it stands elsewhere or takes several lines. */
  Optional<String> written(Pointer place) {
    return map.written(origin.apply(place)).filter(text -> !Template.refers(text));
  }

  /** Whether the value came into its place through a variable. */
  boolean isFilledIn(Pointer place) {
    return map.written(origin.apply(place)).filter(Template::refers).isPresent();
  }

  private String container(Pointer place) {
    return place.isRoot() ? root : Words.quoted(name(place));
  }

  private static String name(Pointer place) {
    return place.last().startsWith("[") ? place.parent().last() + place.last() : place.last();
  }
}

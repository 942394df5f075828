package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where each value of a document stands in its file. What the file does not hold is answered with
 * the nearest thing around it, so that every question about a document has an answer.
 */
public final class SourceMap {

  /** How a value is written; decides whether a place inside it can be found. */
  enum Form {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    OTHER
  }

  /** {@code key} is the range of the value itself where there is no key. */
  record Entry(SourceRange key, SourceRange value, Form form) {}

  private final Source source;
  private final Map<Pointer, Entry> entries;

  SourceMap(Source source, Map<Pointer, Entry> entries) {
    this.source = source;
    this.entries = new HashMap<>(entries);
  }

  /** For values that no file holds: each of them stands at the beginning of {@code file}. */
  public static SourceMap none(String file) {
    return new SourceMap(new Source(file, ""), Map.of());
  }

  public Source source() {
    return source;
  }

  /** Whether the file itself holds a value there. */
  public boolean has(Pointer pointer) {
    return entries.containsKey(pointer);
  }

  /** The key of a value; of a list element the element. */
  public SourceRange key(Pointer pointer) {
    return nearest(pointer).key();
  }

  /** The value; the key of the nearest container where the file does not hold it. */
  public SourceRange value(Pointer pointer) {
    Entry entry = entries.get(pointer);
    return entry == null ? nearest(pointer).key() : entry.value();
  }

  /**
   * A part of a text value, from {@code start} to before {@code end} in UTF-16 units of the value.
   * The start of the value where it is written over several lines.
   */
  public SourceRange within(Pointer pointer, int start, int end) {
    Entry entry = entries.get(pointer);
    if (entry == null) {
      return value(pointer);
    }
    SourceRange value = entry.value();
    String written = source.text(value);
    if (entry.form() == Form.OTHER || written.isEmpty()) {
      return new SourceRange(
          value.file(), value.line(), value.column(), value.line(), value.column() + 1);
    }
    int from = Quoting.writtenOffset(written, entry.form(), start);
    int to = Quoting.writtenOffset(written, entry.form(), end);
    return new SourceRange(
        value.file(),
        value.line(),
        value.column() + written.codePointCount(0, from),
        value.line(),
        value.column() + written.codePointCount(0, to));
  }

  /** A value as it is written in the file; empty when it takes more than one line. */
  public Optional<String> written(Pointer pointer) {
    Entry entry = entries.get(pointer);
    return entry == null
        ? Optional.empty()
        : Optional.of(source.text(entry.value())).filter(text -> !text.isEmpty());
  }

  /**
   * Finds the pointer for a path that a check reports, such as {@code settings.TargetMetadata},
   * below {@code base}. Names with dots in them are found when the file holds them.
   */
  public Pointer resolve(Pointer base, String path) {
    Pointer parsed = Pointer.parse(path);
    Pointer found = base;
    int from = 0;
    while (from < parsed.segments().size()) {
      int to = parsed.segments().size();
      while (to > from + 1 && !has(found.child(joined(parsed, from, to)))) {
        to--;
      }
      found = found.child(joined(parsed, from, to));
      from = to;
    }
    return found;
  }

  private static String joined(Pointer pointer, int from, int to) {
    return String.join(".", pointer.segments().subList(from, to));
  }

  private Entry nearest(Pointer pointer) {
    Pointer at = pointer;
    while (true) {
      Entry entry = entries.get(at);
      if (entry != null) {
        return entry;
      }
      if (at.isRoot()) {
        SourceRange start = new SourceRange(source.file(), 1, 1, 1, 1);
        return new Entry(start, start, Form.OTHER);
      }
      at = at.parent();
    }
  }
}

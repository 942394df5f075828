package dev.pgbound.engine.config;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value stands in a document or in a resource: the names and list places from the top down.
 * Its text form is {@code tasks.hr.include[0]}.
 *
 * @param segments names, and {@code [n]} for the element {@code n} of a list, counted from 0
 */
public record Pointer(List<String> segments) {

  /** The whole document. */
  public static final Pointer ROOT = new Pointer(List.of());

  private static final Pattern PART = Pattern.compile("\\[\\d+]|[^.\\[]+");
  private static final Pattern ITEM = Pattern.compile("\\[(\\d{1,9})]");

  public Pointer {
    segments = List.copyOf(segments);
  }

  public static Pointer of(String... names) {
    return new Pointer(List.of(names));
  }

  /** Reads the text form; a name that contains a dot cannot be written in it. */
  public static Pointer parse(String text) {
    List<String> segments = new ArrayList<>();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      segments.add(part.group());
    }
    return new Pointer(segments);
  }

  public Pointer child(String name) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(name);
    return new Pointer(longer);
  }

  public Pointer item(int index) {
    return child("[" + index + "]");
  }

  /** This pointer continued by {@code rest}. */
  public Pointer append(Pointer rest) {
    List<String> longer = new ArrayList<>(segments);
    longer.addAll(rest.segments);
    return new Pointer(longer);
  }

  /** Whether this is {@code other}, or something in it. */
  public boolean startsWith(Pointer other) {
    return segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** The container around the value; the root is its own. */
  public Pointer parent() {
    return isRoot() ? this : new Pointer(segments.subList(0, segments.size() - 1));
  }

  /** The last name or list place; empty for the root. */
  public String last() {
    return isRoot() ? "" : segments.get(segments.size() - 1);
  }

  /** The value in {@code root} to which this points. */
  public Optional<Value> find(Value root) {
    Value value = root;
    for (String segment : segments) {
      Optional<Value> next = step(value, segment);
      if (next.isEmpty()) {
        return next;
      }
      value = next.get();
    }
    return Optional.of(value);
  }

  private static Optional<Value> step(Value value, String segment) {
    if (value instanceof Value.Fields fields) {
      return fields.get(segment);
    }
    Matcher item = ITEM.matcher(segment);
    if (value instanceof Value.Items list && item.matches()) {
      int index = Integer.parseInt(item.group(1));
      return index < list.items().size() ? Optional.of(list.items().get(index)) : Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String segment : segments) {
      if (!text.isEmpty() && !segment.startsWith("[")) {
        text.append('.');
      }
      text.append(segment);
    }
    return text.toString();
  }
}

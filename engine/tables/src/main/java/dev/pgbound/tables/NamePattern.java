package dev.pgbound.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A name in an object locator: {@code %} stands for any characters, {@code _} for any one, and
 * {@code [ab]} or {@code [a-d]} for one of these; {@code [_]} is an underscore. Behind the escape
 * character of the source endpoint, where it has one, every character stands for itself. Everything
 * else is compared exactly, upper and lower case included.
 */
public final class NamePattern {

  static final NamePattern ALL = new NamePattern("%", Optional.empty());

  /** What stands at one place of a name; the ranges hold first and last character in turn. */
  private record Part(Kind kind, String ranges) {
    static final Part ANY = new Part(Kind.ANY, "");
    static final Part ONE = new Part(Kind.ONE, "");

    static Part of(char character) {
      return new Part(Kind.SET, "" + character + character);
    }

    boolean isCharacter() {
      return kind == Kind.SET && ranges.length() == 2 && ranges.charAt(0) == ranges.charAt(1);
    }

    boolean takes(char character) {
      if (kind == Kind.ONE) {
        return true;
      }
      for (int i = 0; i < ranges.length(); i += 2) {
        if (ranges.charAt(i) <= character && character <= ranges.charAt(i + 1)) {
          return true;
        }
      }
      return false;
    }

    /** Whether both take some character; neither is {@link #ANY}. */
    boolean meets(Part other) {
      if (kind == Kind.ONE || other.kind == Kind.ONE) {
        return true;
      }
      return anyRange(
          (from, to) -> other.anyRange((otherFrom, otherTo) -> from <= otherTo && otherFrom <= to));
    }

    /** Whether this takes every character that the other one takes; neither is {@link #ANY}. */
    boolean covers(Part other) {
      if (kind == Kind.ONE || other.kind == Kind.ONE) {
        return kind == Kind.ONE;
      }
      return !other.anyRange(
          (otherFrom, otherTo) -> !anyRange((from, to) -> from <= otherFrom && otherTo <= to));
    }

    private boolean anyRange(BiPredicate<Character, Character> test) {
      for (int i = 0; i < ranges.length(); i += 2) {
        if (test.test(ranges.charAt(i), ranges.charAt(i + 1))) {
          return true;
        }
      }
      return false;
    }
  }

  private enum Kind {
    ANY,
    ONE,
    SET
  }

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private Optional<String> mistake = Optional.empty();
  private final Optional<String> literal;
  private final boolean bare;

  /**
   * @param escape the character behind which a wildcard stands for itself
   */
  NamePattern(String text, Optional<Character> escape) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      at = read(at, escape);
    }
    literal = literalOf(parts);
    bare = parts.contains(Part.ONE);
  }

  /** Reads the part that begins at a place; returns where the next one begins. */
  private int read(int at, Optional<Character> escape) {
    char character = text.charAt(at);
    if (escape.isPresent() && escape.get() == character) {
      if (at + 1 == text.length()) {
        mistake = Optional.of("it ends with the escape character");
        parts.add(Part.of(character));
        return at + 1;
      }
      parts.add(Part.of(text.charAt(at + 1)));
      return at + 2;
    }
    if (character == '[') {
      return set(at);
    }
    parts.add(character == '%' ? Part.ANY : character == '_' ? Part.ONE : Part.of(character));
    return at + 1;
  }

  private int set(int at) {
    int end = text.indexOf(']', at + 1);
    if (end < 0) {
      mistake = Optional.of("the bracket is never closed");
      parts.add(Part.of('['));
      return at + 1;
    }
    String inside = text.substring(at + 1, end);
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < inside.length(); i++) {
      boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
      char to = range ? inside.charAt(i + 2) : inside.charAt(i);
      if (to < inside.charAt(i)) {
        mistake =
            Optional.of(
                String.format(
                    Locale.ROOT, "the range %s runs backwards", inside.substring(i, i + 3)));
      }
      ranges.append(inside.charAt(i)).append(to);
      i += range ? 2 : 0;
    }
    if (inside.isEmpty()) {
      mistake = Optional.of("the brackets are empty");
    }
    parts.add(new Part(Kind.SET, ranges.toString()));
    return end + 1;
  }

  private static Optional<String> literalOf(List<Part> parts) {
    StringBuilder name = new StringBuilder();
    for (Part part : parts) {
      if (part.kind() == Kind.ONE) {
        name.append('_');
      } else if (part.isCharacter()) {
        name.append(part.ranges().charAt(0));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(name.toString());
  }

  /** The pattern as it is written. */
  public String text() {
    return text;
  }

  /** Why no name fits what is written; empty when it is well formed. */
  Optional<String> mistake() {
    return mistake;
  }

  /** Whether it is meant as one name: an underscore that stands for any character counts as one. */
  boolean isExact() {
    return literal.isPresent();
  }

  /** Whether it has an underscore that stands for any character. */
  boolean hasBareUnderscore() {
    return bare;
  }

  boolean hasLowerCase() {
    return parts.stream()
        .filter(Part::isCharacter)
        .anyMatch(part -> Character.isLowerCase(part.ranges().charAt(0)));
  }

  /** The name that an exact pattern means; the text of any other one. */
  String literal() {
    return literal.orElse(text);
  }

  /** Whether a name fits. */
  public boolean matches(String name) {
    if (literal.isPresent() && !bare) {
      return literal.get().equals(name);
    }
    // walks on greedily; where that fails, the last % takes one character more
    int part = 0;
    int at = 0;
    int lastAny = -1;
    int resume = 0;
    while (at < name.length()) {
      if (part < parts.size() && parts.get(part).kind() == Kind.ANY) {
        lastAny = part++;
        resume = at;
      } else if (part < parts.size() && parts.get(part).takes(name.charAt(at))) {
        part++;
        at++;
      } else if (lastAny >= 0) {
        part = lastAny + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    return onlyAny(part);
  }

  /** Whether a name fits when upper and lower case are not told apart. */
  boolean matchesInAnyCase(String name) {
    return new NamePattern(text.toUpperCase(Locale.ROOT), Optional.empty())
        .matches(name.toUpperCase(Locale.ROOT));
  }

  private boolean onlyAny(int from) {
    int part = from;
    while (part < parts.size() && parts.get(part).kind() == Kind.ANY) {
      part++;
    }
    return part == parts.size();
  }

  /** Whether everything that the other one matches is certainly matched by this one, too. */
  boolean covers(NamePattern other) {
    return equals(other) || covers(other, new boolean[parts.size() + 1][other.parts.size() + 1]);
  }

  /** From the back to the front: does the rest of this one cover the rest of the other one? */
  private boolean covers(NamePattern other, boolean[][] covered) {
    for (int i = parts.size(); i >= 0; i--) {
      for (int j = other.parts.size(); j >= 0; j--) {
        boolean more = j < other.parts.size();
        if (i == parts.size()) {
          covered[i][j] = !more;
        } else if (parts.get(i).kind() == Kind.ANY) {
          covered[i][j] = covered[i + 1][j] || (more && covered[i][j + 1]);
        } else {
          covered[i][j] =
              more
                  && other.parts.get(j).kind() != Kind.ANY
                  && parts.get(i).covers(other.parts.get(j))
                  && covered[i + 1][j + 1];
        }
      }
    }
    return covered[0][0];
  }

  /** Whether some name fits both. */
  boolean meets(NamePattern other) {
    boolean[][] met = new boolean[parts.size() + 1][other.parts.size() + 1];
    for (int i = parts.size(); i >= 0; i--) {
      for (int j = other.parts.size(); j >= 0; j--) {
        met[i][j] = meets(other, i, j, met);
      }
    }
    return met[0][0];
  }

  private boolean meets(NamePattern other, int i, int j, boolean[][] met) {
    boolean more = i < parts.size();
    boolean otherMore = j < other.parts.size();
    if (more && parts.get(i).kind() == Kind.ANY) {
      return met[i + 1][j] || (otherMore && met[i][j + 1]);
    }
    if (otherMore && other.parts.get(j).kind() == Kind.ANY) {
      return met[i][j + 1] || (more && met[i + 1][j]);
    }
    if (!more || !otherMore) {
      return more == otherMore;
    }
    return met[i + 1][j + 1] && parts.get(i).meets(other.parts.get(j));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern pattern
        && (isExact() ? literal.equals(pattern.literal) : parts.equals(pattern.parts));
  }

  @Override
  public int hashCode() {
    return isExact() ? literal.hashCode() : parts.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

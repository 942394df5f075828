package dev.pgbound.aws;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A name in an object locator: {@code %} stands for any characters, {@code _} for any one, and
 * {@code [ab]} or {@code [a-d]} for one of these; {@code [_]} is an underscore.
 */
final class NamePattern {

  private static final Pattern PART =
      Pattern.compile("(?<any>%)|(?<one>_)|\\[(?<set>[^\\]]+)\\]|(?<plain>[^%_\\[]+|\\[)");

  static final NamePattern ALL = new NamePattern("%");

  private final String text;
  private final String literal;
  private final boolean exact;
  private final Pattern regex;

  NamePattern(String text) {
    this.text = text;
    literal = text.replace("[_]", "_");
    exact = literal.indexOf('%') < 0 && literal.indexOf('[') < 0;
    StringBuilder built = new StringBuilder();
    var parts = PART.matcher(text);
    while (parts.find()) {
      if (parts.group("any") != null) {
        built.append(".*");
      } else if (parts.group("one") != null) {
        built.append('.');
      } else if (parts.group("set") != null) {
        built
            .append('[')
            .append(parts.group("set").replaceAll("[\\[\\\\^&]", "\\\\$0"))
            .append(']');
      } else {
        built.append(Pattern.quote(parts.group()));
      }
    }
    regex = compile(built.toString());
  }

  private Pattern compile(String expression) {
    try {
      return Pattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      // a range that runs backwards, which no name can be in
      return Pattern.compile(Pattern.quote(text));
    }
  }

  String text() {
    return text;
  }

  /** Whether a name that is equal to this one, underscores included, is certainly what is meant. */
  boolean isExact() {
    return exact;
  }

  /** Whether it has an underscore that stands for any character. */
  boolean hasBareUnderscore() {
    return text.replaceAll("\\[[^\\]]*\\]", "").indexOf('_') >= 0;
  }

  boolean hasLowerCase() {
    String outside = text.replaceAll("\\[[^\\]]*\\]", "");
    return !outside.equals(outside.toUpperCase(Locale.ROOT));
  }

  /** The name that an exact pattern means. */
  String literal() {
    return literal;
  }

  boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  /** Whether everything that the other one matches is matched by this one, too. */
  boolean covers(NamePattern other) {
    return equals(other) || matches(other.literal());
  }

  /** Whether some name is matched by both, as far as that shows without knowing the names. */
  boolean meets(NamePattern other) {
    return covers(other) || other.covers(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern pattern && literal.equals(pattern.literal);
  }

  @Override
  public int hashCode() {
    return literal.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

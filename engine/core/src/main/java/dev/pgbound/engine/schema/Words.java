package dev.pgbound.engine.schema;

import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;

/** Says types and values in words that fit into a sentence. */
final class Words {

  private static final int LONGEST_QUOTE = 60;

  private Words() {}

  /** What a type expects, such as "a whole number from 1 to 5". */
  static String expected(Type type) {
    if (type instanceof Type.TextType text) {
      return text.form().isEmpty() ? "a text" : text.form();
    }
    if (type instanceof Type.EnumType words) {
      return oneOf(words.words());
    }
    if (type instanceof Type.IntType range) {
      return range.min() == range.max()
          ? "the number " + range.min()
          : "a whole number" + range(range);
    }
    if (type instanceof Type.DecimalType) {
      return "a number";
    }
    if (type instanceof Type.BoolType) {
      return "true or false";
    }
    if (type instanceof Type.ListType) {
      return "a list";
    }
    return type instanceof Type.AnyType ? "any value" : "keys and values";
  }

  private static String range(Type.IntType range) {
    boolean low = range.min() != Long.MIN_VALUE;
    boolean high = range.max() != Long.MAX_VALUE;
    if (low && high) {
      return " from " + range.min() + " to " + range.max();
    }
    return low ? " from " + range.min() + " on" : high ? " up to " + range.max() : "";
  }

  /** {@code a, b or c}. */
  static String oneOf(List<String> words) {
    return joined(words, " or ");
  }

  /** {@code "a", "b" and "c"}. */
  static String keys(List<String> names) {
    return joined(names.stream().map(name -> "\"" + name + "\"").toList(), " and ");
  }

  private static String joined(List<String> words, String last) {
    int end = words.size() - 1;
    return end < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, end)) + last + words.get(end);
  }

  /** What a value is, such as "a list". */
  static String kind(Value value) {
    if (value instanceof Value.Text) {
      return "a text";
    }
    if (value instanceof Value.Num num) {
      return num.number().scale() > 0 ? "a number with a fraction" : "a number";
    }
    if (value instanceof Value.Bool) {
      return "true or false";
    }
    return value instanceof Value.Items ? "a list" : "keys and values";
  }

  /** A text in quotes, cut when it is long. */
  static String quoted(String text) {
    boolean cut = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
    String shown = cut ? text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) : text;
    return "\"" + shown.replace('\n', ' ') + (cut ? "..." : "") + "\"";
  }
}

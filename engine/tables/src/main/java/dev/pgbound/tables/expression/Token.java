package dev.pgbound.tables.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of an expression.
 *
 * @param text a keyword or function in lower case, a column without its dollar sign, a string
 *     without its quotes, otherwise as it is written
 * @param place where it begins, counted from 1
 */
record Token(Kind kind, String text, int place) {

  /** What a token is. */
  enum Kind {
    NUMBER,
    STRING,
    COLUMN,
    WORD,
    SIGN,
    END
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+)"
              + "|(?<number>(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
              + "|'(?<string>(?:[^']|'')*+)'"
              + "|\\$(?<column>[\\p{L}_][\\p{L}\\p{N}_$#]*+)"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*+)"
              + "|(?<sign>\\|\\||<=|>=|<>|!=|==|[-+*/%(),=<>])");

  /** The tokens of a text, an {@link Kind#END} behind them. */
  static List<Token> all(String text) throws ExpressionException {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new ExpressionException(unreadable(text.charAt(at)), at + 1);
      }
      if (matcher.group("space") == null) {
        tokens.add(token(matcher, at + 1));
      }
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1));
    return tokens;
  }

  private static Token token(Matcher matcher, int place) {
    if (matcher.group("number") != null) {
      return new Token(Kind.NUMBER, matcher.group("number"), place);
    }
    if (matcher.group("string") != null) {
      return new Token(Kind.STRING, matcher.group("string").replace("''", "'"), place);
    }
    if (matcher.group("column") != null) {
      return new Token(Kind.COLUMN, matcher.group("column"), place);
    }
    return matcher.group("word") != null
        ? new Token(Kind.WORD, matcher.group("word").toLowerCase(Locale.ROOT), place)
        : new Token(Kind.SIGN, matcher.group("sign"), place);
  }

  private static String unreadable(char character) {
    return switch (character) {
      case '\'' -> "a string that begins here never ends";
      case '"' -> "a string stands in single quotes, a column has a $ before its name";
      case '$' -> "a $ has the name of a column behind it";
      default -> "\"" + character + "\" cannot stand here";
    };
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** The token for a message. */
  @Override
  public String toString() {
    return kind == Kind.END ? "the end" : "\"" + text + "\"";
  }
}

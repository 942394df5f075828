package dev.pgbound.tables.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The functions of SQLite that DMS documents, and its own. */
enum Function {
  LOWER("lower", 1, 1),
  UPPER("upper", 1, 1),
  LTRIM("ltrim", 1, 2),
  RTRIM("rtrim", 1, 2),
  TRIM("trim", 1, 2),
  REPLACE("replace", 3, 3),
  REPLACE_CHARS("replaceChars", 3, 3),
  SUBSTR("substr", 2, 3),
  HEX("hex", 1, 1),
  RANDOM_BLOB("randomblob", 1, 1),
  ZERO_BLOB("zeroblob", 1, 1),
  ABS("abs", 1, 1),
  RANDOM("random", 0, 0),
  ROUND("round", 1, 2),
  MAX("max", 2, 99),
  MIN("min", 2, 99),
  COALESCE("coalesce", 2, 99),
  IFNULL("ifnull", 2, 2),
  NULLIF("nullif", 2, 2),
  DATE("date", 1, 9),
  TIME("time", 1, 9),
  DATETIME("datetime", 1, 9),
  JULIANDAY("julianday", 1, 9),
  STRFTIME("strftime", 2, 9),
  HASH_SHA256("hash_sha256", 1, 1),
  /** Its own of DMS: one of three values, for a deletion, an update and an insertion. */
  OPERATION_INDICATOR("operation_indicator", 3, 3);

  /** What comes out differently each time, and the calendar of SQLite. */
  private static final List<Function> NOT_COMPUTED =
      List.of(RANDOM_BLOB, RANDOM, DATE, TIME, DATETIME, JULIANDAY, STRFTIME);

  private final String word;
  private final int fewest;
  private final int most;

  Function(String word, int fewest, int most) {
    this.word = word;
    this.fewest = fewest;
    this.most = most;
  }

  static Optional<Function> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equalsIgnoreCase(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Function::word).toList();
  }

  String word() {
    return word;
  }

  /** Whether its value follows from its arguments and is computed here. */
  boolean isComputed() {
    return !NOT_COMPUTED.contains(this);
  }

  /** What is wrong with so many arguments. */
  Optional<String> refusal(int arguments) {
    if (arguments >= fewest && arguments <= most) {
      return Optional.empty();
    }
    String wanted =
        fewest == most ? String.valueOf(fewest) : fewest + (most > 9 ? " or more" : " to " + most);
    return Optional.of(
        String.format(Locale.ROOT, "%s takes %s arguments, not %d", word, wanted, arguments));
  }
}

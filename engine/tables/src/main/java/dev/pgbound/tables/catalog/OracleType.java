package dev.pgbound.tables.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a column in Oracle.
 *
 * @param name without measures: {@code VARCHAR2}, {@code TIMESTAMP WITH TIME ZONE}; with its owner
 *     where it is a type that users have made
 * @param measures what stands in parentheses, {@code *} as the largest number
 * @param characters whether the length counts characters and not bytes
 */
public record OracleType(String name, List<Integer> measures, boolean characters) {

  /** Fewest and most measures, and for each the smallest and the largest value. */
  private record Form(int fewest, int most, List<Integer> bounds) {}

  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  static {
    known("CHAR NCHAR", 0, 1, 1, 2000);
    known("VARCHAR2 VARCHAR NVARCHAR2", 1, 1, 1, 32_767);
    known("RAW", 1, 1, 1, 32_767);
    known("NUMBER DECIMAL NUMERIC", 0, 2, 1, 38, -84, 127);
    known("FLOAT", 0, 1, 1, 126);
    known("INTEGER INT SMALLINT REAL DOUBLE_PRECISION BINARY_FLOAT BINARY_DOUBLE", 0, 0);
    known("DATE CLOB NCLOB BLOB BFILE LONG LONG_RAW ROWID XMLTYPE JSON BOOLEAN ANYDATA", 0, 0);
    known("SDO_GEOMETRY", 0, 0);
    known("TIMESTAMP TIMESTAMP_WITH_TIME_ZONE TIMESTAMP_WITH_LOCAL_TIME_ZONE", 0, 1, 0, 9);
    known("INTERVAL_YEAR_TO_MONTH", 0, 1, 0, 9);
    known("INTERVAL_DAY_TO_SECOND", 0, 2, 0, 9, 0, 9);
    known("UROWID", 0, 1, 1, 4000);
  }

  private static final Pattern MEASURES = Pattern.compile("\\(([^()]*)\\)");
  private static final Pattern MEASURE =
      Pattern.compile("\\s*(\\*|-?[0-9]{1,5})(\\s+(BYTE|CHAR))?\\s*");
  private static final Pattern USER_TYPE = Pattern.compile("[^\\s.()]+\\.[^\\s.()]+");
  private static final List<String> OWNERS = List.of("SYS.", "PUBLIC.", "MDSYS.");

  public OracleType {
    measures = List.copyOf(measures);
  }

  /** Underscores stand for spaces, except in the two names that have one. */
  private static void known(String names, int fewest, int most, Integer... bounds) {
    for (String name : names.split(" ", -1)) {
      boolean own = name.startsWith("BINARY_") || name.equals("SDO_GEOMETRY");
      FORMS.put(own ? name : name.replace('_', ' '), new Form(fewest, most, List.of(bounds)));
    }
  }

  /**
   * Reads a type as Oracle writes it, in upper or lower case.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static OracleType parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    List<Integer> measures = new ArrayList<>();
    boolean characters = false;
    Matcher matcher = MEASURES.matcher(upper);
    while (matcher.find()) {
      for (String part : matcher.group(1).split(",", -1)) {
        Matcher measure = MEASURE.matcher(part);
        if (!measure.matches()) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "In \"%s\" a number is expected, not \"%s\".", text, part.strip()));
        }
        measures.add(measure.group(1).equals("*") ? 38 : Integer.valueOf(measure.group(1)));
        characters |= "CHAR".equals(measure.group(3));
      }
    }
    String name = matcher.replaceAll(" ").strip().replaceAll("\\s+", " ");
    for (String owner : OWNERS) {
      String plain = name.startsWith(owner) ? name.substring(owner.length()) : "";
      name = FORMS.containsKey(plain) ? plain : name;
    }
    refuse(text, name, measures).ifPresent(OracleType::reject);
    return new OracleType(name, measures, characters);
  }

  private static void reject(String why) {
    throw new IllegalArgumentException(why);
  }

  private static Optional<String> refuse(String text, String name, List<Integer> measures) {
    Form form = FORMS.get(name);
    if (form == null) {
      return USER_TYPE.matcher(name).matches()
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "Oracle has no type \"%s\". A type of your own is written OWNER.TYPE.",
                  name));
    }
    if (measures.size() < form.fewest() || measures.size() > form.most()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "\"%s\" has %d numbers in parentheses; %s takes %s.",
              text,
              measures.size(),
              name,
              form.fewest() == form.most() ? form.most() : form.fewest() + " to " + form.most()));
    }
    for (int i = 0; i < measures.size(); i++) {
      int least = form.bounds().get(2 * i);
      int most = form.bounds().get(2 * i + 1);
      if (measures.get(i) < least || measures.get(i) > most) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "In \"%s\" a number from %d to %d is expected, not %d.",
                text,
                least,
                most,
                measures.get(i)));
      }
    }
    return Optional.empty();
  }

  /** The first measure; empty when there is none. */
  public Optional<Integer> measure() {
    return measures.stream().findFirst();
  }

  /** Digits behind the point of a number; empty for a {@code NUMBER} that may have any. */
  public Optional<Integer> scale() {
    if (measures.size() > 1) {
      return Optional.of(measures.get(1));
    }
    return measures.isEmpty() ? Optional.empty() : Optional.of(0);
  }

  /** Whether DMS moves it as a LOB. */
  public boolean isLob() {
    return switch (name) {
      case "CLOB", "NCLOB", "BLOB", "LONG", "LONG RAW", "XMLTYPE", "SDO_GEOMETRY" -> true;
      case "VARCHAR2", "VARCHAR", "NVARCHAR2", "RAW" -> measures.get(0) > 4000;
      default -> false;
    };
  }

  /** As Oracle writes it. */
  @Override
  public String toString() {
    if (measures.isEmpty()) {
      return name;
    }
    String unit = characters ? " CHAR" : "";
    if (name.equals("INTERVAL DAY TO SECOND") && measures.size() == 2) {
      return "INTERVAL DAY(" + measures.get(0) + ") TO SECOND(" + measures.get(1) + ")";
    }
    String inside =
        measures.stream().map(String::valueOf).collect(Collectors.joining(",", "(", unit + ")"));
    int word = name.startsWith("INTERVAL") ? name.indexOf(' ', "INTERVAL ".length()) : -1;
    int end = word > 0 ? word : name.startsWith("TIMESTAMP ") ? "TIMESTAMP".length() : -1;
    return end < 0 ? name + inside : name.substring(0, end) + inside + name.substring(end);
  }
}

package dev.pgbound.cli.render;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours for finished lines of text. They only repeat what the words say, so that nothing is lost
 * without them.
 */
public final class Paint {

  /** Leaves everything as it is. */
  public static final Paint NONE = new Paint(false);

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String BOLD = "1";

  private static final Pattern CHANGE = Pattern.compile("^( *\\d+ )(\\+|~|-|-/\\+|\\+/-)( +.*)$");
  private static final Pattern RISK =
      Pattern.compile(
          "^( {2,})(destroys-data|reloads-data|stops-replication|interrupts|drift)\\b(.*)$");
  private static final Pattern OVER = Pattern.compile("^(.* )(FAILED:|skipped:|done after)( .*)$");

  private final boolean colours;

  private Paint(boolean colours) {
    this.colours = colours;
  }

  /** With colours or without. */
  public static Paint of(boolean colours) {
    return colours ? new Paint(true) : NONE;
  }

  /** The text of a plan. */
  public String plan(String text) {
    if (!colours) {
      return text;
    }
    StringBuilder painted = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      painted.append(planLine(line)).append('\n');
    }
    painted.setLength(painted.length() - 1);
    return painted.toString();
  }

  private static String planLine(String line) {
    Matcher change = CHANGE.matcher(line);
    if (change.matches()) {
      return change.group(1) + in(sign(change.group(2)), change.group(2)) + change.group(3);
    }
    Matcher risk = RISK.matcher(line);
    if (risk.matches()) {
      return risk.group(1) + in(severity(risk.group(2)), risk.group(2)) + risk.group(3);
    }
    if (line.equals("refused:")) {
      return in(RED, line);
    }
    return line.startsWith("plan: ") ? in(BOLD, line) : line;
  }

  private static String sign(String sign) {
    return switch (sign) {
      case "+" -> GREEN;
      case "~" -> YELLOW;
      default -> RED;
    };
  }

  private static String severity(String risk) {
    return switch (risk) {
      case "destroys-data", "reloads-data" -> RED;
      default -> YELLOW;
    };
  }

  /** A line of a run's progress. */
  public UnaryOperator<String> progress() {
    return colours ? Paint::progressLine : UnaryOperator.identity();
  }

  private static String progressLine(String line) {
    Matcher over = OVER.matcher(line);
    if (!over.matches()) {
      return line;
    }
    String colour =
        switch (over.group(2)) {
          case "done after" -> GREEN;
          case "FAILED:" -> RED;
          default -> YELLOW;
        };
    return over.group(1) + in(colour, over.group(2)) + over.group(3);
  }

  private static String in(String colour, String text) {
    return "\u001b[" + colour + "m" + text + "\u001b[0m";
  }
}

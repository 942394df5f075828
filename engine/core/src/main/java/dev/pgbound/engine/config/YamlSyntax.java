package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in plain words what the YAML parser stumbled over. */
final class YamlSyntax {

  /** Where the mistake is: where the parser noticed it, or where the thing began. */
  private enum Place {
    NOTICED,
    BEGAN
  }

  /**
   * @param context what the parser was doing, as the beginning of its words
   * @param problem what it found, likewise
   */
  private record Rule(String context, String problem, Place place, String advice) {}

  private static final String QUOTE_SIGNS =
      "A text cannot begin with one of the characters @ ` % & * ! | > without quotes. Put the text"
          + " in quotes.";
  private static final String LINE_UP =
      "The line does not line up with the lines around it, or the one above is not finished. Keys"
          + " that belong together start in the same column.";
  private static final String KEY_FORM =
      "A key is written 'key: value', an element of a list '- value'.";
  private static final String ESCAPE =
      "After a backslash in double quotes comes one of n t \\ \" x u and a few others. Use single"
          + " quotes, in which a backslash is a backslash.";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "while scanning a simple key",
              "could not find expected ':'",
              Place.BEGAN,
              "This line has no colon with a space behind it. " + KEY_FORM),
          new Rule(
              "",
              "sequence entries are not allowed",
              Place.NOTICED,
              "A list element (-) cannot stand here. Put each element on a line of its own below"
                  + " its key."),
          new Rule(
              "",
              "mapping keys are not allowed",
              Place.NOTICED,
              "A question mark with a space behind it cannot stand here. Put the text in quotes."),
          new Rule(
              "while scanning a quoted scalar",
              "found unexpected",
              Place.BEGAN,
              "The quotes that open here are never closed."),
          new Rule("while scanning a double-quoted", "", Place.NOTICED, ESCAPE),
          new Rule("while parsing a block", "expected <block end>", Place.NOTICED, LINE_UP),
          new Rule("while scanning an al", "", Place.BEGAN, QUOTE_SIGNS),
          new Rule("while scanning an an", "", Place.BEGAN, QUOTE_SIGNS),
          new Rule("while scanning a tag", "", Place.BEGAN, QUOTE_SIGNS),
          new Rule("while scanning for the next token", "", Place.NOTICED, QUOTE_SIGNS),
          new Rule("while scanning a directive", "", Place.BEGAN, QUOTE_SIGNS),
          new Rule("", "found undefined tag handle", Place.NOTICED, QUOTE_SIGNS),
          new Rule(
              "while scanning a block scalar",
              "",
              Place.NOTICED,
              "After | or > the line must end; the text comes on the next lines, indented. Put a"
                  + " text that begins with | or > in quotes."),
          new Rule(
              "",
              "expected the node content",
              Place.NOTICED,
              "A value is expected here, but something else stands there."),
          new Rule("", "expected '<document start>'", Place.NOTICED, LINE_UP));

  private YamlSyntax() {}

  static void report(MarkedYAMLException problem, Source source, Diagnostics sink) {
    SourceRange noticed = range(problem.getProblemMark(), source);
    SourceRange began =
        problem.getContextMark() == null ? noticed : range(problem.getContextMark(), source);
    Optional<SourceRange> tab = tab(source, began.line(), noticed.line());
    if (tab.isPresent()) {
      sink.error(
          Code.TAB_INDENT,
          "YAML is indented with spaces only. Replace the tab by spaces.",
          tab.get(),
          Pointer.ROOT);
      return;
    }
    String context = problem.getContext() == null ? "" : problem.getContext();
    String found = problem.getProblem() == null ? "" : problem.getProblem();
    if (found.startsWith("mapping values are not allowed")) {
      reportColon(noticed, source, sink);
      return;
    }
    if (context.startsWith("while parsing a flow")) {
      reportBracket(context.endsWith("mapping") ? "}" : "]", began, noticed, sink);
      return;
    }
    if (found.startsWith("expected <block end>") && followsQuote(noticed, source)) {
      report(
          "The text in quotes ends right before this place. Write two single quotes for one inside"
              + " a text, or use double quotes around it.",
          noticed,
          sink);
      return;
    }
    for (Rule rule : RULES) {
      if (context.startsWith(rule.context) && found.startsWith(rule.problem)) {
        report(rule.advice, rule.place == Place.BEGAN ? began : noticed, sink);
        return;
      }
    }
    report("The file cannot be read from here on. " + Code.YAML_SYNTAX.advice(), noticed, sink);
  }

  private static void report(String advice, SourceRange range, Diagnostics sink) {
    sink.error(Code.YAML_SYNTAX, advice, range, Pointer.ROOT);
  }

  /** A colon where no key can be: the mistake is in this line or in the one above. */
  private static void reportColon(SourceRange colon, Source source, Diagnostics sink) {
    String line = source.line(colon.line());
    int above = colon.line() - 1;
    while (above > 0 && isEmpty(source.line(above))) {
      above--;
    }
    if (above == 0 || hasColon(line.substring(0, line.offsetByCodePoints(0, colon.column() - 1)))) {
      report(
          "A line has one key. Put a text that holds a colon with a space behind it in quotes.",
          colon,
          sink);
    } else if (hasColon(source.line(above))) {
      report(
          "This line is indented deeper than line "
              + above
              + ", whose key has a value already. Keys that belong together start in the same"
              + " column.",
          colon,
          sink);
    } else {
      String text = source.line(above);
      int from = text.length() - text.stripLeading().length();
      SourceRange range =
          new SourceRange(
              source.file(), above, from + 1, above, text.codePointCount(0, text.length()) + 1);
      report("This line has no colon with a space behind it. " + KEY_FORM, range, sink);
    }
  }

  private static boolean isEmpty(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  private static boolean hasColon(String text) {
    return text.contains(": ") || text.endsWith(":");
  }

  private static void reportBracket(
      String bracket, SourceRange began, SourceRange noticed, Diagnostics sink) {
    if (began.line() == noticed.line()) {
      report("A comma or the closing " + bracket + " is missing here or before.", noticed, sink);
    } else {
      report(
          "What opens here is not finished before line "
              + noticed.line()
              + ": a comma or the closing "
              + bracket
              + " is missing.",
          began,
          sink);
    }
  }

  private static boolean followsQuote(SourceRange noticed, Source source) {
    String line = source.line(noticed.line());
    String before = line.substring(0, line.offsetByCodePoints(0, noticed.column() - 1)).strip();
    return before.endsWith("'") || before.endsWith("\"");
  }

  private static SourceRange range(Mark mark, Source source) {
    return source.range(mark.getIndex(), mark.getIndex() + 1);
  }

  private static Optional<SourceRange> tab(Source source, int from, int to) {
    for (int number = Math.min(from, to); number <= to; number++) {
      String line = source.line(number);
      int indent = line.length() - line.stripLeading().length();
      int tab = line.indexOf('\t');
      if (tab >= 0 && tab < indent) {
        return Optional.of(new SourceRange(source.file(), number, tab + 1, number, tab + 2));
      }
    }
    return Optional.empty();
  }
}

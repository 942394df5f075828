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

  private final Source source;
  private final Diagnostics sink;
  private final String context;
  private final String found;
  private final SourceRange noticed;
  private final SourceRange began;

  private YamlSyntax(MarkedYAMLException problem, Source source, Diagnostics sink) {
    this.source = source;
    this.sink = sink;
    context = problem.getContext() == null ? "" : problem.getContext();
    found = problem.getProblem() == null ? "" : problem.getProblem();
    noticed = range(problem.getProblemMark(), source);
    began = problem.getContextMark() == null ? noticed : range(problem.getContextMark(), source);
  }

  static void report(MarkedYAMLException problem, Source source, Diagnostics sink) {
    new YamlSyntax(problem, source, sink).report();
  }

  private void report() {
    Optional<SourceRange> tab = tab();
    if (tab.isPresent()) {
      sink.error(
          Code.TAB_INDENT,
          "YAML is indented with spaces only. Replace the tab by spaces.",
          tab.get(),
          Pointer.ROOT);
    } else if (found.startsWith("mapping values are not allowed")) {
      reportColon();
    } else if (context.startsWith("while parsing a flow")) {
      reportBracket(context.endsWith("mapping") ? "}" : "]");
    } else if (found.startsWith("expected '<document start>'") && isLoneText(lineAbove())) {
      reportNoColon(lineAbove());
    } else if (found.startsWith("expected <block end>") && followsQuote()) {
      error(
          "The text in quotes ends right before this place. Write two single quotes for one inside"
              + " a text, or use double quotes around it.",
          noticed);
    } else {
      reportByRule();
    }
  }

  private void reportByRule() {
    for (Rule rule : RULES) {
      if (context.startsWith(rule.context) && found.startsWith(rule.problem)) {
        error(rule.advice, rule.place == Place.BEGAN ? began : noticed);
        return;
      }
    }
    error("The file cannot be read from here on. " + Code.YAML_SYNTAX.advice(), noticed);
  }

  private void error(String advice, SourceRange range) {
    sink.error(Code.YAML_SYNTAX, advice, range, Pointer.ROOT);
  }

  /** A colon where no key can be: the mistake is in this line or in the one above. */
  private void reportColon() {
    int above = lineAbove();
    if (above == 0 || hasColon(beforeNoticed())) {
      error(
          "A line has one key. Put a text that holds a colon with a space behind it in quotes.",
          noticed);
    } else if (isLoneText(above)) {
      reportNoColon(above);
    } else {
      error(
          "This line is indented deeper than line "
              + above
              + ", which has a value already. Keys that belong together start in the same column.",
          noticed);
    }
  }

  private void reportNoColon(int number) {
    String line = source.line(number);
    int from = line.length() - line.stripLeading().length() + 1;
    int to = line.codePointCount(0, line.length()) + 1;
    error(
        "This line has no colon with a space behind it. " + KEY_FORM,
        new SourceRange(source.file(), number, from, number, to));
  }

  private void reportBracket(String bracket) {
    String rest = source.slice(noticed.line(), noticed.column() - 1, Integer.MAX_VALUE);
    if (rest.startsWith("${")) {
      String reference = rest.contains("}") ? rest.substring(0, rest.indexOf('}') + 1) : "${...}";
      error(
          "Between braces and brackets a reference needs quotes: \"" + reference + "\".",
          new SourceRange(
              source.file(),
              noticed.line(),
              noticed.column() - 1,
              noticed.line(),
              noticed.column() + 1));
    } else if (began.line() == noticed.line()) {
      error("A comma or the closing " + bracket + " is missing here or before.", noticed);
    } else {
      error(
          "What opens here is not finished before line "
              + noticed.line()
              + ": a comma or the closing "
              + bracket
              + " is missing.",
          began);
    }
  }

  /** The line with content before the one where the parser stumbled; 0 when there is none. */
  private int lineAbove() {
    int above = noticed.line() - 1;
    while (above > 0 && isEmpty(source.line(above))) {
      above--;
    }
    return above;
  }

  private static boolean isEmpty(String line) {
    return line.isBlank() || line.stripLeading().startsWith("#");
  }

  /** Whether a line is neither a key nor a list element. */
  private boolean isLoneText(int number) {
    String line = source.line(number);
    return number > 0 && !hasColon(line) && !line.stripLeading().startsWith("-");
  }

  private static boolean hasColon(String text) {
    return text.contains(": ") || text.endsWith(":");
  }

  private boolean followsQuote() {
    String before = beforeNoticed().strip();
    return before.endsWith("'") || before.endsWith("\"");
  }

  private String beforeNoticed() {
    return source.slice(noticed.line(), 1, noticed.column());
  }

  private static SourceRange range(Mark mark, Source source) {
    return source.range(mark.getIndex(), mark.getIndex() + 1);
  }

  private Optional<SourceRange> tab() {
    for (int number = Math.min(began.line(), noticed.line()); number <= noticed.line(); number++) {
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

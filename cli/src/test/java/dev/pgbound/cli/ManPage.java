package dev.pgbound.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page in the language of man(7), written from what a command declares. */
final class ManPage {

  private final StringBuilder text = new StringBuilder();

  private ManPage() {}

  /** {@code pgbound-plan} for the command plan. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  static String of(CommandSpec command) {
    ManPage page = new ManPage();
    page.head(command);
    page.arguments(command);
    page.commands(command);
    page.exitCodes(command);
    page.seeAlso(command);
    return page.text.toString();
  }

  private void head(CommandSpec command) {
    List<String> description = List.of(command.usageMessage().description());
    String title = name(command).toUpperCase(Locale.ROOT);
    macro("TH", title, "1", "", "pgbound", "User Commands");
    macro("SH", "NAME");
    line(name(command) + " \\- " + escaped(firstSentence(description.get(0))));
    macro("SH", "SYNOPSIS");
    command.usageMessage().width(5000);
    Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
    line(escaped(help.synopsis(0).replaceAll("\\s+", " ").strip()));
    macro("SH", "DESCRIPTION");
    for (String paragraph : description) {
      line(escaped(paragraph));
      macro("PP");
    }
    text.setLength(text.length() - ".PP\n".length());
  }

  private static String firstSentence(String description) {
    return description.replaceFirst("\\.( .*)?$", "");
  }

  private void arguments(CommandSpec command) {
    if (!command.positionalParameters().isEmpty()) {
      macro("SH", "ARGUMENTS");
      for (PositionalParamSpec one : command.positionalParameters()) {
        entry("\\fI" + escaped(one.paramLabel()) + "\\fR", words(one));
      }
    }
    macro("SH", "OPTIONS");
    for (OptionSpec option : command.options()) {
      String label =
          option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
      String names =
          Stream.of(option.names())
              .map(one -> "\\fB" + escaped(one) + "\\fR")
              .collect(Collectors.joining(", "));
      entry(names + label, words(option));
    }
  }

  private void commands(CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    macro("SH", "COMMANDS");
    for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      entry("\\fB" + escaped(name(spec)) + "\\fR(1)", spec.usageMessage().description()[0]);
    }
  }

  private void exitCodes(CommandSpec command) {
    CommandSpec root = command.root();
    macro("SH", "EXIT STATUS");
    root.usageMessage().exitCodeList().forEach((code, meaning) -> entry(code, meaning));
  }

  private void seeAlso(CommandSpec command) {
    CommandSpec root = command.root();
    if (command != root) {
      macro("SH", "SEE ALSO");
      line("\\fB" + escaped(name(root)) + "\\fR(1)");
    }
  }

  private static String words(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private void entry(String term, String words) {
    macro("TP");
    line(term);
    line(escaped(words));
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(" \"").append(argument).append('"');
    }
    text.append('\n');
  }

  /** A line must not begin with what roff takes for a request. */
  private void line(String line) {
    text.append(line.matches("[.'].*") ? "\\&" + line : line).append('\n');
  }

  private static String escaped(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-");
  }
}

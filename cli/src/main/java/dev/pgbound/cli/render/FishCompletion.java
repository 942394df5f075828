package dev.pgbound.cli.render;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, which picocli does not write: one line for each thing to complete. */
public final class FishCompletion {

  private final StringBuilder text = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  /** The script for a program and its commands. */
  public static String script(CommandSpec root) {
    FishCompletion script = new FishCompletion(root.name());
    script.line("__fish_use_subcommand", "-f");
    script.options(root, "__fish_use_subcommand");
    for (CommandLine sub : root.subcommands().values()) {
      CommandSpec command = sub.getCommandSpec();
      String description = first(command.usageMessage().description());
      script.line("__fish_use_subcommand", "-a " + command.name() + " -d " + quoted(description));
      String inside = "__fish_seen_subcommand_from " + command.name();
      script.positionals(command, inside);
      script.options(command, inside);
    }
    return script.text.toString();
  }

  private void positionals(CommandSpec command, String condition) {
    boolean files = command.positionalParameters().stream().anyMatch(FishCompletion::isFile);
    line(condition, files ? "-F" : "-f");
    for (PositionalParamSpec positional : command.positionalParameters()) {
      String words = words(positional);
      if (!words.isEmpty()) {
        line(condition, "-a " + quoted(words));
      }
    }
  }

  private void options(CommandSpec command, String condition) {
    for (OptionSpec option : command.options()) {
      StringJoiner line = new StringJoiner(" ");
      for (String name : option.names()) {
        line.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
      }
      if (option.arity().max() > 0) {
        // a value follows: one of these words, a file, or anything
        line.add(isFile(option) ? "-r -F" : "-x");
        String words = words(option);
        if (!words.isEmpty()) {
          line.add("-a " + quoted(words));
        }
      }
      line(condition, line.add("-d " + quoted(first(option.description()))).toString());
    }
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.type() == Path.class;
  }

  private static String words(ArgSpec argument) {
    StringJoiner words = new StringJoiner(" ");
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(words::add);
    }
    return words.toString();
  }

  private static String first(String[] description) {
    return Arrays.stream(description).findFirst().orElse("").replaceAll("\\$\\{.*?}", "...");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String condition, String rest) {
    text.append("complete -c ")
        .append(program)
        .append(" -n '")
        .append(condition)
        .append("' ")
        .append(rest)
        .append('\n');
  }
}

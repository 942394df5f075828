package dev.pgbound.cli.command;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command of pgbound as one types it into a shell. */
final class CommandLineText {

  private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

  private CommandLineText() {}

  static String of(String command, List<String> arguments, List<String> options) {
    return Stream.of(List.of("pgbound", command), arguments, options)
        .flatMap(List::stream)
        .map(CommandLineText::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

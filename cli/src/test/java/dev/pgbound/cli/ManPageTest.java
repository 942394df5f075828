package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** There is a manual page for every command, and it says what the command says of itself. */
class ManPageTest {

  private static final Path FOLDER = Shell.PROJECT.resolve("docs/man");

  @Test
  void thereIsOneForEachCommand() throws IOException {
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    Console console = new Console(nobody, nobody, Optional.empty(), name -> Optional.empty());
    CommandSpec root = Main.commandLine(console).getCommandSpec();
    Set<String> pages = new TreeSet<>();
    Stream.concat(
            Stream.of(root), root.subcommands().values().stream().map(CommandLine::getCommandSpec))
        .forEach(
            command -> {
              String page = ManPage.name(command) + ".1";
              Golden.assertFile(FOLDER.resolve(page), ManPage.of(command));
              pages.add(page);
            });

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(one -> one.getFileName().toString()).collect(Collectors.toSet()))
          .isEqualTo(pages);
    }
  }
}

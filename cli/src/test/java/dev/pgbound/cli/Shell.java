package dev.pgbound.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs commands in a folder, as a user does in a shell. */
final class Shell {

  /** What a command printed and its exit code. */
  record Result(int code, String out, String err) {}

  /** The folder of the checkout. */
  static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();

  private final Path folder;
  private final Optional<String> answer;
  private final Map<String, String> environment = new HashMap<>();

  Shell(Path folder) {
    this(folder, Optional.empty());
  }

  private Shell(Path folder, Optional<String> answer) {
    this.folder = folder;
    this.answer = answer;
    EndOfDatabases.in(folder);
  }

  /** Sets a variable of the environment from now on. */
  Shell set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The same shell with somebody at the terminal who answers every question so. */
  Shell answering(String line) {
    return new Shell(folder, Optional.of(line));
  }

  /** A shell in a copy of one of the examples, without what earlier runs have left there. */
  static Shell inExample(String name, Path folder) {
    Path example = PROJECT.resolve("examples").resolve(name);
    try (Stream<Path> files = Files.walk(example, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = example.relativize(file);
        if (!relative.startsWith(".pgbound")) {
          Path copy = folder.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Shell(folder);
  }

  /** The same in a folder that is emptied before, because its path shows in what is printed. */
  static Shell inExampleAnew(String name, Path folder) {
    try {
      EndOfDatabases.end(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inExampleAnew(name, folder, folder.resolve("nothing"));
  }

  /** The same in a folder that is emptied before of everything but a folder in it. */
  static Shell inExampleAnew(String name, Path folder, Path kept) {
    try {
      empty(folder, kept, 5);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inExample(name, folder);
  }

  /** H2 may still be putting its files away: what it makes meanwhile is deleted next time. */
  private static void empty(Path folder, Path kept, int attempts) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.startsWith(kept) && !kept.startsWith(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryNotEmptyException | UncheckedIOException e) {
      if (attempts == 1) {
        throw e;
      }
      empty(folder, kept, attempts - 1);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of the example without what is inside the target: a served AWS has no databases. */
  String withoutDatabase() {
    return read("migration.yaml")
        .replaceFirst("(?s)schema:.*?\n\n", "")
        .replace("    database: hr\n", "    database: hr\n    manageDmsUser: false\n");
  }

  /** Runs a command on {@code migration.yaml}. */
  Result run(String command, String... options) {
    return on("migration.yaml", command, options);
  }

  /** Runs a command on a file of the folder. */
  Result on(String file, String command, String... options) {
    List<String> arguments =
        Stream.concat(Stream.of(command, folder.resolve(file).toString()), Stream.of(options))
            .toList();
    return plain(arguments.toArray(String[]::new));
  }

  /** Runs a command as it is. Paths of the folder are left out of what it printed. */
  Result plain(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out),
            new PrintWriter(err),
            answer.map(line -> new BufferedReader(new StringReader((line + "\n").repeat(9)))),
            name -> Optional.ofNullable(environment.get(name)));
    int code = Main.run(console, arguments);
    console.out().flush();
    console.err().flush();
    return new Result(code, relative(out), relative(err));
  }

  private String relative(StringWriter text) {
    return text.toString().replace(folder + "/", "");
  }
}

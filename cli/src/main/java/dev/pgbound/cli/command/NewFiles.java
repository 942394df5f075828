package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Files that are written together, none of them over another one. */
final class NewFiles {

  private final Map<Path, String> texts = new LinkedHashMap<>();

  /** Fails when the file is there already; asked before anybody has to answer questions. */
  void refuse(Path path) {
    if (Files.exists(path)) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          String.format(
              Locale.ROOT, "%s exists, and init overwrites nothing. Nothing was written.", path));
    }
  }

  void put(Path path, String text) {
    texts.put(path, text);
  }

  /** Writes all of them; {@code written} hears of each. */
  void write(Consumer<Path> written) {
    texts.forEach(
        (path, text) -> {
          try {
            Path parent = path.getParent();
            if (parent != null) {
              Files.createDirectories(parent);
            }
            Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
          } catch (IOException e) {
            throw new CommandFailure(
                ExitCode.FAILED,
                String.format(Locale.ROOT, "%s cannot be written: %s", path, e.getMessage()),
                e);
          }
          written.accept(path);
        });
  }

  /** A packed text in which {@code @word@} stands for something. */
  static String template(String name, Map<String, String> words) {
    String text = resource(name);
    for (Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace("@" + word.getKey() + "@", word.getValue());
    }
    return text;
  }

  static String resource(String name) {
    try (InputStream in = NewFiles.class.getResourceAsStream("/dev/pgbound/cli/init/" + name)) {
      if (in == null) {
        throw new IllegalStateException("nothing packed as " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

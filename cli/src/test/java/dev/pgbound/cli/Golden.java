package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Outputs as files that a reviewer reads; {@code -Dgolden.update=true} writes them anew. */
final class Golden {

  private Golden() {}

  static void assertEqual(String name, String actual) {
    assertFile(Path.of("src/test/resources/golden").resolve(name), actual);
  }

  static void assertFile(Path file, String actual) {
    if (Boolean.getBoolean("golden.update")) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(file)
        .as("rewrite it with -Dgolden.update=true")
        .content(StandardCharsets.UTF_8)
        .isEqualTo(actual);
  }
}

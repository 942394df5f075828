package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema that editors use is the one that the resource types make. */
class SchemaFileTest {

  @Test
  void isWhatTheTypesDeclare(@TempDir Path folder) throws IOException {
    String composed = new Shell(folder).plain("schema").out();
    Path committed = Shell.PROJECT.resolve("schemas/migration.schema.json");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(committed, composed);
    }

    assertThat(committed).as("rewrite it with -Dgolden.update=true").content().isEqualTo(composed);
  }
}

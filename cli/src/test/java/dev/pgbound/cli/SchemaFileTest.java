package dev.pgbound.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema that editors use is the one that the resource types make. */
class SchemaFileTest {

  @Test
  void isWhatTheTypesDeclare(@TempDir Path folder) {
    Golden.assertFile(
        Shell.PROJECT.resolve("schemas/migration.schema.json"),
        new Shell(folder).plain("schema").out());
  }
}

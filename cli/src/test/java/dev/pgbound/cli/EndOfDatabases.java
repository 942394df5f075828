package dev.pgbound.cli;

import dev.pgbound.simulator.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends the databases that a test has left behind, before its folder is deleted: a rehearsal goes on
 * offering them to who wants to look.
 */
public final class EndOfDatabases implements AfterEachCallback {

  private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

  /**
   * From now on the databases of rehearsals in this folder end with the test; in a folder of the
   * build whoever uses it ends them.
   */
  static void in(Path folder) {
    if (folder.isAbsolute()) {
      FOLDERS.add(folder);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    for (Path folder : FOLDERS) {
      end(folder);
    }
    FOLDERS.clear();
  }

  /** Ends the databases of rehearsals in this folder now, and deletes them. */
  static void end(Path folder) throws IOException {
    Path servers = folder.resolve(".pgbound").resolve("simulator").resolve("postgres");
    if (Files.isDirectory(servers)) {
      for (Path server : folders(servers)) {
        new EmbeddedPostgres(server, Path.of(System.getProperty("user.home"), ".cache", "pgbound"))
            .delete();
      }
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).toList();
    }
  }
}

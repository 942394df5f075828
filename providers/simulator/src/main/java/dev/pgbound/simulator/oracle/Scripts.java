package dev.pgbound.simulator.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.h2.util.ScriptReader;

/** Fills a new stand-in: the dictionary first, then the scripts of a folder by their names. */
final class Scripts {

  private static final String DICTIONARY = "dictionary.sql";

  private Scripts() {}

  /** The scripts in a folder, in their order. */
  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  /**
   * Runs everything.
   *
   * @throws InvalidScriptException when a statement is refused
   */
  static void run(Connection connection, Path folder) throws IOException {
    run(connection, Path.of(DICTIONARY), dictionary());
    for (Path script : in(folder)) {
      run(connection, script, Files.readString(script));
    }
  }

  private static String dictionary() throws IOException {
    try (InputStream text = Scripts.class.getResourceAsStream(DICTIONARY)) {
      if (text == null) {
        throw new IOException(DICTIONARY + " is missing");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void run(Connection connection, Path script, String text) throws IOException {
    Reader reader = new StringReader(text);
    ScriptReader statements = new ScriptReader(reader);
    statements.setSkipRemarks(false);
    int line = 1;
    for (String sql = statements.readStatement(); sql != null; sql = statements.readStatement()) {
      String body = sql.stripLeading();
      int begin = line + lines(sql.substring(0, sql.length() - body.length()));
      line += lines(sql);
      if (!body.isEmpty()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        } catch (SQLException e) {
          throw new InvalidScriptException(script, begin, e);
        }
      }
    }
  }

  private static int lines(String text) {
    return (int) text.chars().filter(character -> character == '\n').count();
  }
}

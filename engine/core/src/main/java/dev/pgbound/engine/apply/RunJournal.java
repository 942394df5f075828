package dev.pgbound.engine.apply;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line for every step and every remote call of a run, before and after it, written through before
 * the call is made. Evidence for whoever looks into an incident; pgbound itself never reads it.
 */
public final class RunJournal implements AutoCloseable {

  private final BufferedWriter out;
  private final JsonMapper json = new JsonMapper();

  /** Creates the file and the folders above it. */
  public RunJournal(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out =
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one line; {@code details} must not hold a secret. Called from many threads. */
  public synchronized void write(Instant at, String event, Map<String, String> details) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("at", at.toString());
    line.put("event", event);
    line.putAll(details);
    try {
      out.write(json.writeValueAsString(line));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

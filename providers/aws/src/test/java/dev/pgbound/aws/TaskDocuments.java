package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON documents of replication tasks. */
final class TaskDocuments {

  private TaskDocuments() {}

  static Fields json(String text) {
    return (Fields) Json.parse(text).orElseThrow();
  }

  /** What DMS returns for a new task with no settings at all. */
  static Fields liveSettings() {
    try (InputStream file = TaskDocuments.class.getResourceAsStream("live-task-settings.json")) {
      return json(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One document with the members of another put into it, at all depths. */
  static Fields merged(Fields base, Fields more) {
    Fields result = base;
    for (Map.Entry<String, Value> entry : more.fields().entrySet()) {
      Value value =
          entry.getValue() instanceof Fields inner
                  && base.fields().get(entry.getKey()) instanceof Fields outer
              ? merged(outer, inner)
              : entry.getValue();
      result = result.with(entry.getKey(), value);
    }
    return result;
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON documents of replication tasks, and what checks find in them. */
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

  /** Collects findings as {@code CODE path}. */
  static final class Reported implements Problems {
    final List<String> findings = new ArrayList<>();
    final List<String> errors = new ArrayList<>();
    final List<String> details = new ArrayList<>();

    @Override
    public void error(String path, String code, String summary, String detail) {
      errors.add(code);
      warning(path, code, summary, detail);
    }

    @Override
    public void warning(String path, String code, String summary, String detail) {
      findings.add(code + " " + path);
      details.add(detail);
    }
  }
}

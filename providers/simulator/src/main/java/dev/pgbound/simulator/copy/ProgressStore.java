package dev.pgbound.simulator.copy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps how far tasks are, one file for each, beside the transactions of the target: before a
 * transaction commits, its number and what will then be true are written down. Whoever reads the
 * file after a crash asks PostgreSQL whether that transaction has committed, so that nothing is
 * done twice and nothing is left out.
 */
final class ProgressStore {

  private static final String SETTLED = "settled";
  private static final String PENDING = "pending";
  private static final String TRANSACTION = "transaction";

  private final Path folder;
  private final JsonMapper mapper =
      JsonMapper.builder()
          .changeDefaultVisibility(
              checker ->
                  checker
                      .withFieldVisibility(Visibility.NON_PRIVATE)
                      .withGetterVisibility(Visibility.NONE)
                      .withIsGetterVisibility(Visibility.NONE))
          .build();
  private final Map<String, Progress> known = new HashMap<>();
  private final Map<String, String> written = new HashMap<>();

  ProgressStore(Path folder) {
    this.folder = folder;
  }

  /** Says whether a transaction of the target has committed. */
  interface Outcome {
    boolean isCommitted(String transaction) throws IOException;
  }

  /** How far a task is; nowhere when nothing is known of it. */
  Progress read(String task, Outcome outcome) throws IOException {
    Progress progress = known.get(task);
    if (progress == null) {
      progress = resolve(task, outcome);
      known.put(task, progress);
    }
    return progress;
  }

  private Progress resolve(String task, Outcome outcome) throws IOException {
    Optional<ObjectNode> document = document(task);
    if (document.isEmpty()) {
      return new Progress();
    }
    JsonNode pending = document.get().path(PENDING);
    boolean isDone =
        pending.isObject() && outcome.isCommitted(pending.path(TRANSACTION).asString(""));
    return progress(isDone ? pending.path(PENDING) : document.get().path(SETTLED));
  }

  /** How far a task is as far as that is certain; nowhere when nothing is known of it. */
  Progress look(String task) throws IOException {
    Progress progress = known.get(task);
    if (progress != null) {
      return progress;
    }
    Optional<ObjectNode> document = document(task);
    return document.isEmpty() ? new Progress() : progress(document.get().path(SETTLED));
  }

  private Progress progress(JsonNode node) throws IOException {
    try {
      return mapper.treeToValue(node, Progress.class);
    } catch (JacksonException e) {
      throw new IOException("The progress of a simulated task cannot be read", e);
    }
  }

  private Optional<ObjectNode> document(String task) throws IOException {
    try {
      return mapper.readTree(Files.readString(file(task))) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException("The progress of a simulated task cannot be read: " + file(task), e);
    }
  }

  /** Keeps how far a task is. */
  void settle(String task, Progress progress) throws IOException {
    write(task, mapper.createObjectNode().set(SETTLED, mapper.valueToTree(progress)));
    known.put(task, progress);
  }

  /**
   * Keeps what will be true once a transaction has committed.
   *
   * @param before what is true as long as it has not, as {@link #snapshot} gave it
   */
  void intend(String task, JsonNode before, String transaction, Progress after) throws IOException {
    ObjectNode document = mapper.createObjectNode();
    document.set(SETTLED, before);
    document
        .putObject(PENDING)
        .put(TRANSACTION, transaction)
        .set(PENDING, mapper.valueToTree(after));
    write(task, document);
  }

  JsonNode snapshot(Progress progress) {
    return mapper.valueToTree(progress);
  }

  /** Goes back to what was true before a transaction that did not commit. */
  Progress restore(String task, JsonNode before) throws IOException {
    Progress progress = progress(before);
    settle(task, progress);
    return progress;
  }

  /** Has a task read again: what its last transaction has come to is not known. */
  void forget(String task) {
    known.remove(task);
  }

  /** Forgets the tasks that are no more. */
  void keepOnly(Set<String> tasks) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> gone =
          files.filter(file -> !tasks.contains(name(file))).filter(Files::isRegularFile).toList();
      for (Path file : gone) {
        Files.deleteIfExists(file);
        known.remove(name(file));
        written.remove(name(file));
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
  }

  private Path file(String task) {
    return folder.resolve(task + ".json");
  }

  private void write(String task, @Nullable JsonNode document) throws IOException {
    String text = String.valueOf(document);
    if (text.equals(written.get(task))) {
      return;
    }
    Files.createDirectories(folder);
    Path next = folder.resolve(task + ".json.new");
    Files.writeString(next, text);
    Files.move(
        next, file(task), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written.put(task, text);
  }
}

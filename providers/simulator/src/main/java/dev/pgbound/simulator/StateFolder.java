package dev.pgbound.simulator;

import dev.pgbound.simulator.fault.Faults;
import dev.pgbound.simulator.world.StateJson;
import dev.pgbound.simulator.world.World;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the state of an account lies: {@code state.json}, and in {@code changes.ndjson} what has
 * happened since, one line for each call. A line is there before the call is answered, so whenever
 * the process dies, the account is as the answers said. The first line names the {@code state.json}
 * that the others belong to: when a process dies between writing a new one and removing the changes
 * that are in it, those are ignored.
 */
final class StateFolder implements Closeable {

  private final Path state;
  private final Path changes;
  private final @Nullable FolderLock lock;
  private final JsonMapper mapper = new JsonMapper();
  private String base = "";
  private long length;
  private @Nullable FileChannel channel;

  /**
   * What lies in a folder.
   *
   * @param document what {@code state.json} says; empty when there is none
   * @param changes what happened since, in its order
   */
  record Content(Optional<ObjectNode> document, List<ObjectNode> changes) {
    static final Content NOTHING = new Content(Optional.empty(), List.of());

    boolean isEmpty() {
      return document.isEmpty() && changes.isEmpty();
    }

    /** All documents, the later ones changing what the earlier ones say. */
    private Stream<ObjectNode> all() {
      return Stream.concat(document.stream(), changes.stream());
    }

    /** How far the clock had come. */
    Optional<Instant> moment() {
      return all().reduce((earlier, later) -> later).map(StateJson::now);
    }

    /** Fills a new world and gives the counts to the faults. */
    void read(World world, Faults faults) {
      document.ifPresent(state -> StateJson.read(state, world));
      changes.forEach(change -> StateJson.apply(change, world));
      all()
          .filter(each -> each.has(SimulatedAws.FAULTS))
          .reduce((earlier, later) -> later)
          .ifPresent(each -> faults.restore(each.path(SimulatedAws.FAULTS)));
    }
  }

  private StateFolder(Path folder, @Nullable FolderLock lock) {
    this.state = folder.resolve("state.json");
    this.changes = folder.resolve("changes.ndjson");
    this.lock = lock;
  }

  /**
   * A folder in which only this process works until it closes it.
   *
   * @throws FolderInUseException when another process works in it
   */
  static StateFolder toWrite(Path folder) throws IOException {
    return new StateFolder(folder, FolderLock.of(folder));
  }

  /** A folder that is left as it is, whoever works in it. */
  static StateFolder toRead(Path folder) {
    return new StateFolder(folder, null);
  }

  boolean isReadOnly() {
    return lock == null;
  }

  /** Reads everything; before anything is written. */
  Content read() throws IOException {
    String before;
    String lines;
    String after = text(state);
    do {
      // another process may exchange the two files while this one reads them
      before = after;
      lines = text(changes);
      after = text(state);
    } while (!before.equals(after));
    base = before.isEmpty() ? "" : name(before);
    Optional<ObjectNode> document =
        before.isEmpty() ? Optional.empty() : Optional.of(parse(before, state));
    return new Content(document, changes(lines));
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private List<ObjectNode> changes(String lines) throws IOException {
    List<ObjectNode> read = new ArrayList<>();
    // A line without an end was being written when its process died; its call has no answer.
    String complete = lines.substring(0, lines.lastIndexOf('\n') + 1);
    for (String line : complete.lines().toList()) {
      read.add(parse(line, changes));
    }
    if (read.isEmpty() || !read.get(0).path("base").asString("").equals(base)) {
      return List.of();
    }
    length = complete.getBytes(StandardCharsets.UTF_8).length;
    return List.copyOf(read.subList(1, read.size()));
  }

  private ObjectNode parse(String text, Path file) throws IOException {
    try {
      return (ObjectNode) mapper.readTree(text);
    } catch (JacksonException | ClassCastException e) {
      throw new IOException("No state of a simulated AWS: " + file, e);
    }
  }

  /** Whether {@code state.json} is there and nothing has happened since. */
  boolean isComplete() {
    return !base.isEmpty() && length == 0;
  }

  /** How large the changes have become that are not in {@code state.json} yet. */
  long length() {
    return length;
  }

  /** Adds a change, which is there when this method returns. */
  void append(ObjectNode change) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(changes, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
              .truncate(length)
              .position(length);
      channel = open;
    }
    ObjectNode header = mapper.createObjectNode().put("base", base);
    String lines = (length == 0 ? header + "\n" : "") + change + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    length += bytes.remaining();
    while (bytes.hasRemaining()) {
      open.write(bytes);
    }
  }

  /** Writes all of the state; the changes so far are in it. */
  void replace(ObjectNode document) throws IOException {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        mapper
            .writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent));
    String text = writer.writeValueAsString(document) + "\n";
    Path next = state.resolveSibling(state.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forgetChanges();
    base = name(text);
  }

  private void forgetChanges() throws IOException {
    closeChanges();
    Files.deleteIfExists(changes);
    length = 0;
  }

  private void closeChanges() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private static String name(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public void close() throws IOException {
    closeChanges();
    if (lock != null) {
      lock.close();
    }
  }
}

package dev.pgbound.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON document in a file that is there completely or not at all. */
final class StateFile {

  private final Path path;
  private final JsonMapper mapper = new JsonMapper();

  StateFile(Path path) {
    this.path = path;
  }

  Optional<ObjectNode> read() throws IOException {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of((ObjectNode) mapper.readTree(Files.readString(path)));
    } catch (JacksonException | ClassCastException e) {
      throw new IOException("No state of a simulated AWS: " + path, e);
    }
  }

  void write(ObjectNode document) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        mapper
            .writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
    Files.createDirectories(path.toAbsolutePath().getParent());
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(next, writer.writeValueAsString(document) + "\n", StandardCharsets.UTF_8);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

package dev.pgbound.engine.apply;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The run that holds a lock, as it tells everybody who comes after it.
 *
 * @param who the person and the machine, such as {@code anna@build7}
 * @param pid the process on that machine
 * @param process tells the process from every other one of this world, also of the same number;
 *     empty where that cannot be told
 * @param command what it runs, such as {@code pgbound apply hr}
 * @param since when it took the lock
 * @param run names the run; no other one has this name
 * @param version of pgbound
 */
public record LockHolder(
    String who,
    long pid,
    String process,
    String command,
    Instant since,
    String run,
    String version) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The text that lies in the lock. */
  public String text() {
    return JSON.writeValueAsString(
        JsonNodeFactory.instance
            .objectNode()
            .put("who", who)
            .put("pid", pid)
            .put("process", process)
            .put("command", command)
            .put("since", since.toString())
            .put("run", run)
            .put("version", version));
  }

  /** Who wrote this text into a lock; empty when pgbound did not. */
  static Optional<LockHolder> parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return Optional.of(
          new LockHolder(
              json.required("who").asString(),
              json.required("pid").asLong(),
              json.path("process").asString(""),
              json.required("command").asString(),
              Instant.parse(json.required("since").asString()),
              json.required("run").asString(),
              json.path("version").asString("")));
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }
}

package dev.pgbound.cli.progress;

import dev.pgbound.engine.apply.EngineEvent;
import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object on a line for each event: for programs. The form is in docs/outputs.md. */
public final class JsonProgress implements Progress {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final PrintWriter err;

  public JsonProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void hear(EngineEvent event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", event.at().toString()).put("event", name(event));
    node.put("step", event.step().id())
        .put("address", event.step().address().toString())
        .put("kind", event.step().kind().verb());
    if (event instanceof EngineEvent.StepStarted) {
      node.put("typicalSeconds", event.step().typical().toSeconds());
    } else if (event instanceof EngineEvent.StepProgress progress) {
      node.put("phase", progress.phase());
    } else if (event instanceof EngineEvent.StepFinished finished) {
      node.put("status", finished.outcome().status().name().toLowerCase(Locale.ROOT))
          .put("message", finished.outcome().message())
          .put("seconds", finished.outcome().took().toMillis() / 1000.0);
    }
    print(node);
  }

  private static String name(EngineEvent event) {
    if (event instanceof EngineEvent.StepStarted) {
      return "started";
    }
    return event instanceof EngineEvent.StepProgress ? "progress" : "finished";
  }

  @Override
  public void say(String line) {
    print(JsonNodeFactory.instance.objectNode().put("event", "message").put("text", line));
  }

  private synchronized void print(ObjectNode node) {
    err.println(JSON.writeValueAsString(node));
    err.flush();
  }

  @Override
  public void close() {
    // nothing is held
  }
}

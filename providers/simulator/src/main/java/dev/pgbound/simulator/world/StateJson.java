package dev.pgbound.simulator.world;

import dev.pgbound.simulator.wire.ModelJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A world as a JSON document, and back. Equal worlds give equal documents. */
public final class StateJson {

  private static final String OBJECTS = "objects";
  private static final String ISSUED = "issued";
  private static final String KIND = "kind";
  private static final int FORMAT = 1;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StateJson() {}

  /** The moment at which a document or a change was written. */
  public static Instant now(ObjectNode document) {
    return Instant.parse(document.path("now").asString());
  }

  /** Everything the world knows. */
  public static ObjectNode write(World world) {
    ObjectNode document = NODES.objectNode().put("format", FORMAT);
    document.put("now", world.now().toString());
    ObjectNode kinds = document.putObject(OBJECTS);
    for (Table<?, ?> table : world.tables()) {
      if (!table.everywhere().isEmpty()) {
        ArrayNode rows = kinds.putArray(table.kind().name());
        table.everywhere().forEach(stored -> rows.add(write(stored)));
      }
    }
    ArrayNode issued = document.putArray(ISSUED);
    world.ids().issued().forEach(issued::add);
    return document;
  }

  /** Fills a world whose services have claimed their kinds and that has no objects yet. */
  public static void read(ObjectNode document, World world) {
    int format = document.path("format").asInt(0);
    if (format != FORMAT) {
      throw new IllegalStateException("The state has format " + format + ", not " + FORMAT);
    }
    for (Map.Entry<String, JsonNode> kind : document.path(OBJECTS).properties()) {
      Table<?, ?> table = table(world, kind.getKey());
      kind.getValue().values().forEach(row -> read(row, table));
    }
    document.path(ISSUED).values().forEach(id -> world.ids().restore(id.asString()));
  }

  /** What the request that was answered last has changed, and when. */
  public static ObjectNode change(World world) {
    ObjectNode change = NODES.objectNode().put("now", world.now().toString());
    for (Stored<?, ?> stored : world.changed()) {
      Table<?, ?> table = stored.table();
      ObjectNode row =
          table
              .inPlaceOf(stored)
              .map(StateJson::write)
              .orElseGet(
                  () -> NODES.objectNode().put("region", stored.region()).put("key", stored.key()));
      change.withArray(OBJECTS).add(row.put(KIND, table.kind().name()));
    }
    List<String> fresh = world.ids().takeFresh();
    if (!fresh.isEmpty()) {
      fresh.forEach(change.putArray(ISSUED)::add);
    }
    return change;
  }

  /** Does again what {@link #change} has written. */
  public static void apply(ObjectNode change, World world) {
    for (JsonNode row : change.path(OBJECTS).values()) {
      Table<?, ?> table = table(world, row.path(KIND).asString());
      if (row.has("model")) {
        read(row, table);
      } else {
        table.clear(row.path("region").asString(), row.path("key").asString());
      }
    }
    change.path(ISSUED).values().forEach(id -> world.ids().restore(id.asString()));
  }

  private static ObjectNode write(Stored<?, ?> stored) {
    ObjectNode row = NODES.objectNode();
    row.put("region", stored.region()).put("key", stored.key()).put("arn", stored.arn());
    row.set("model", ModelJson.STATE.encode(stored.model()));
    stored.tags().forEach(row.putObject("tags")::put);
    stored.hidden().forEach(row.putObject("hidden")::put);
    ArrayNode transitions = row.putArray("transitions");
    for (Transition each : stored.transitions()) {
      ObjectNode transition = transitions.addObject().put("at", each.at().toString());
      if (each.set() != null) {
        transition.set("set", each.set());
      }
    }
    return row;
  }

  private static Table<?, ?> table(World world, String kind) {
    Table<?, ?> table = world.table(kind);
    if (table == null) {
      throw new IllegalStateException("The state has objects of unknown kind " + kind);
    }
    return table;
  }

  private static <
          T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>
      void read(JsonNode row, Table<T, B> table) {
    B builder = table.kind().builder().get();
    ModelJson.STATE.decode((ObjectNode) row.path("model"), builder);
    Stored<T, B> stored =
        new Stored<>(
            table,
            row.path("region").asString(),
            row.path("key").asString(),
            row.path("arn").asString(),
            builder.build());
    for (Map.Entry<String, JsonNode> tag : row.path("tags").properties()) {
      stored.tag(Map.of(tag.getKey(), tag.getValue().asString()));
    }
    for (Map.Entry<String, JsonNode> each : row.path("hidden").properties()) {
      stored.hide(each.getKey(), each.getValue().asString());
    }
    for (JsonNode each : row.path("transitions").values()) {
      ObjectNode set = each.get("set") instanceof ObjectNode members ? members : null;
      stored.transitions().add(new Transition(Instant.parse(each.path("at").asString()), set));
    }
    table.restore(stored);
  }
}

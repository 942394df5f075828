package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes {@link Live} objects out of what was read. */
final class Lives {

  private Lives() {}

  /**
   * An object with everything that its schema has a name for; the rest of the answer is left out,
   * so that what no plan looks at cannot make two reads differ.
   *
   * @param read the answer in attribute names, the schema's identifier output among them
   */
  static Live of(
      ResourceSchema schema, Value.Fields read, Map<String, String> tags, Live.Health health) {
    String identifier =
        read.text(schema.identifierOutput())
            .orElseThrow(() -> new IllegalStateException(schema.type() + " without identifier"));
    List<String> names = schema.attributes().stream().map(Attribute::name).toList();
    return withTags(new Live(identifier, read.only(names), Map.of(), health), tags);
  }

  static Live withMoreTags(Live live, Map<String, String> more) {
    Map<String, String> tags = new TreeMap<>(live.tags());
    tags.putAll(more);
    return withTags(live, tags);
  }

  static Live withTags(Live live, Map<String, String> tags) {
    Value.Fields own = Tags.attribute(tags);
    Value.Fields attributes =
        own.fields().isEmpty()
            ? live.attributes().without("tags")
            : live.attributes().with("tags", own);
    for (Map.Entry<String, Value> kept : Remembered.read(tags).entrySet()) {
      attributes = attributes.with(kept.getKey(), kept.getValue());
    }
    return new Live(live.identifier(), attributes, tags, live.health());
  }
}

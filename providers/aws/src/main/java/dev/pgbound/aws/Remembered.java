package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.Map;
import java.util.TreeMap;

/** Values that AWS has no place for, which pgbound therefore keeps in tags of its own. */
enum Remembered {
  /** The request to load everything again that was carried out last. */
  RELOAD("reload", "pgbound:reload"),
  /** The version of the secret that a connection was made with last. */
  SECRET_VERSION("secretVersion", "pgbound:secret-version");

  /** What AWS allows in a tag, so that every value can be kept. */
  static final String PATTERN = "[A-Za-z0-9 ._:/+@=-]{1,200}";

  final String attribute;
  private final String tag;

  Remembered(String attribute, String tag) {
    this.attribute = attribute;
    this.tag = tag;
  }

  /** The tag that keeps the declared value; none where the file is silent. */
  Map<String, String> tag(Value.Fields desired) {
    return desired.text(attribute).map(value -> Map.of(tag, value)).orElse(Map.of());
  }

  /** The declared attributes with the tag that keeps the value, for the creation of an object. */
  Value.Fields tagged(Value.Fields desired) {
    Value.Fields tags = desired.fields("tags");
    for (Map.Entry<String, String> kept : tag(desired).entrySet()) {
      tags = tags.with(kept.getKey(), kept.getValue());
    }
    return tags.fields().isEmpty() ? desired : desired.with("tags", tags);
  }

  /** The attributes that these tags keep. */
  static Map<String, Value> read(Map<String, String> tags) {
    Map<String, Value> values = new TreeMap<>();
    for (Remembered one : values()) {
      if (tags.containsKey(one.tag)) {
        values.put(one.attribute, Value.of(tags.getOrDefault(one.tag, "")));
      }
    }
    return values;
  }
}

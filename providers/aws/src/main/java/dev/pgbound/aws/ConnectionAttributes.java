package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Extra connection attributes: {@code key=value;key=value}. The case of a key says nothing, nor
 * does the order.
 *
 * @param values what is given, by the key in lower case
 * @param malformed the parts that are not of the form key=value
 */
record ConnectionAttributes(Map<String, String> values, List<String> malformed) {

  static ConnectionAttributes parse(String text) {
    Map<String, String> values = new TreeMap<>();
    List<String> malformed = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values.put(key(part.substring(0, equals)), part.substring(equals + 1).strip());
      } else if (!part.isBlank()) {
        malformed.add(part.strip());
      }
    }
    return new ConnectionAttributes(values, malformed);
  }

  /** The text without the values of some keys. */
  static String without(String text, Collection<String> names) {
    List<String> keys = names.stream().map(ConnectionAttributes::key).toList();
    return Arrays.stream(text.split(";", -1))
        .filter(part -> !part.isBlank())
        .filter(part -> !keys.contains(key(part.replaceFirst("=.*", ""))))
        .collect(Collectors.joining(";"));
  }

  /** The form of a key in {@link #values}. */
  static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Named values, of which only the declared ones are compared: DMS adds to the text what it finds
   * in the settings.
   */
  static Value normalize(Value value) {
    if (!(value instanceof Value.Text text)) {
      return value;
    }
    Value.Fields named = Value.Fields.NONE;
    for (var entry : parse(text.text()).values().entrySet()) {
      named = named.with(entry.getKey(), entry.getValue());
    }
    return named;
  }
}

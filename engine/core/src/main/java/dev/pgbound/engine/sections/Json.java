package dev.pgbound.engine.sections;

import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Short ways to write value trees, and the IAM policies that the sections need. */
final class Json {

  private Json() {}

  /** Names and values in turn; a value is a text, a number, a flag, a list or a {@link Value}. */
  static Value.Fields fields(Object... namesAndValues) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), value(namesAndValues[i + 1]));
    }
    return new Value.Fields(fields);
  }

  static Value.Items items(Object... values) {
    return new Value.Items(List.of(values).stream().map(Json::value).toList());
  }

  private static Value value(Object value) {
    if (value instanceof Value already) {
      return already;
    }
    if (value instanceof Boolean flag) {
      return Value.of(flag.booleanValue());
    }
    if (value instanceof Number number) {
      return Value.of(number.longValue());
    }
    if (value instanceof List<?> list) {
      return new Value.Items(list.stream().map(item -> value((Object) item)).toList());
    }
    return Value.of(String.valueOf(value));
  }

  /** A trust policy that lets an AWS service take the role. */
  static Value.Fields trust(String... services) {
    Object principals = services.length == 1 ? services[0] : List.of(services);
    return policy(
        fields(
            "Effect",
            "Allow",
            "Principal",
            fields("Service", principals),
            "Action",
            "sts:AssumeRole"));
  }

  static Value.Fields policy(Value... statements) {
    return fields("Version", "2012-10-17", "Statement", items((Object[]) statements));
  }
}

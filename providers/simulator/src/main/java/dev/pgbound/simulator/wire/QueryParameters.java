package dev.pgbound.simulator.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * The parameters of an EC2 or Query request as the tree that their dotted names spell, such as
 * {@code Filter.1.Value.2}, and the SDK request that the tree describes. Lists are accepted in all
 * forms that clients use: {@code Name.1}, {@code Name.member.1} and {@code Name.Item.1}.
 */
final class QueryParameters {

  private final Map<String, QueryParameters> children = new LinkedHashMap<>();
  private @Nullable String value;

  private QueryParameters() {}

  static QueryParameters of(Map<String, String> parameters) {
    QueryParameters root = new QueryParameters();
    parameters.forEach(
        (name, value) -> {
          QueryParameters node = root;
          for (String step : name.split("\\.", -1)) {
            node = node.children.computeIfAbsent(step, s -> new QueryParameters());
          }
          node.value = value;
        });
    return root;
  }

  void decodeInto(SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      Stream.of(field.locationName(), flattenedName(field))
          .map(children::get)
          .filter(child -> child != null)
          .findFirst()
          .ifPresent(child -> field.set(builder, child.decode(field)));
    }
  }

  /** A flattened list with named items is written under the items' name alone. */
  private static String flattenedName(SdkField<?> field) {
    return field
        .getOptionalTrait(ListTrait.class)
        .filter(ListTrait::isFlattened)
        .map(ListTrait::memberLocationName)
        .filter(name -> name != null)
        .orElse(field.locationName());
  }

  private Object decode(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case LIST -> decodeList(field);
      case MAP -> decodeMap(field);
      case SDK_POJO -> {
        SdkPojo nested = field.constructor().get();
        decodeInto(nested);
        yield Models.build(nested);
      }
      case NULL,
          STRING,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          BOOLEAN,
          INSTANT,
          SDK_BYTES,
          SHORT,
          BYTE,
          DOCUMENT ->
          Scalars.parse(field, value == null ? "" : value);
    };
  }

  private List<Object> decodeList(SdkField<?> field) {
    ListTrait list = field.getRequiredTrait(ListTrait.class);
    List<Object> items = new ArrayList<>();
    for (QueryParameters item : numbered("member", list.memberLocationName())) {
      items.add(item.decode(list.memberFieldInfo()));
    }
    return items;
  }

  private Map<String, Object> decodeMap(SdkField<?> field) {
    MapTrait map = field.getRequiredTrait(MapTrait.class);
    Map<String, Object> entries = new LinkedHashMap<>();
    for (QueryParameters entry : numbered("entry", null)) {
      QueryParameters key = entry.children.get(map.keyLocationName());
      QueryParameters mapped = entry.children.get(map.valueLocationName());
      if (key != null && key.value != null && mapped != null) {
        entries.put(key.value, mapped.decode(map.valueFieldInfo()));
      }
    }
    return entries;
  }

  /** The numbered children in the order of their numbers, beneath a wrapper if there is one. */
  private Iterable<QueryParameters> numbered(String wrapper, @Nullable String otherWrapper) {
    QueryParameters parent = children.get(wrapper);
    if (parent == null && otherWrapper != null) {
      parent = children.get(otherWrapper);
    }
    SortedMap<Integer, QueryParameters> items = new TreeMap<>();
    (parent == null ? this : parent)
        .children.forEach(
            (step, child) -> {
              if (step.matches("\\d{1,9}")) {
                items.put(Integer.valueOf(step), child);
              }
            });
    return items.values();
  }
}

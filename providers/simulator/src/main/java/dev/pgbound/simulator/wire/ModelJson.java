package dev.pgbound.simulator.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.utils.BinaryUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The SDK's model classes as JSON: on the wire of the JSON services, and in the state file. */
public enum ModelJson {
  /** AWS JSON 1.1: members under their wire names, moments as seconds since 1970. */
  WIRE {
    @Override
    String name(SdkField<?> field) {
      return field.locationName();
    }

    @Override
    JsonNode moment(SdkField<?> field, Instant moment) {
      Format format = Scalars.timestampFormat(field, Format.UNIX_TIMESTAMP);
      return format == Format.UNIX_TIMESTAMP
          ? NODES.numberNode(Scalars.seconds(moment))
          : NODES.stringNode(Scalars.format(moment, format));
    }
  },

  /** For people: members under their documented names, moments in ISO 8601. */
  STATE {
    @Override
    String name(SdkField<?> field) {
      return field.memberName();
    }

    @Override
    JsonNode moment(SdkField<?> field, Instant moment) {
      return NODES.stringNode(moment.toString());
    }
  };

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  abstract String name(SdkField<?> field);

  abstract JsonNode moment(SdkField<?> field, Instant moment);

  /** The members of a model that have a value. */
  public ObjectNode encode(SdkPojo model) {
    ObjectNode node = NODES.objectNode();
    for (SdkField<?> field : model.sdkFields()) {
      if (Models.isSet(field, model)) {
        node.set(name(field), encode(field, field.getValueOrDefault(model)));
      }
    }
    return node;
  }

  /** The members in which two models differ, with the second one's values or null. */
  public ObjectNode difference(SdkPojo before, SdkPojo after) {
    ObjectNode node = NODES.objectNode();
    for (SdkField<?> field : after.sdkFields()) {
      Object value = field.getValueOrDefault(after);
      if (!Objects.equals(field.getValueOrDefault(before), value)) {
        node.set(name(field), Models.isSet(field, after) ? encode(field, value) : NODES.nullNode());
      }
    }
    return node;
  }

  /** Sets those members of a builder that {@code node} has; a null takes the value away. */
  public void decode(ObjectNode node, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = node.get(name(field));
      if (value != null) {
        field.set(builder, decode(field, value));
      }
    }
  }

  private JsonNode encode(SdkField<?> field, Object value) {
    if (value instanceof SdkPojo nested) {
      return encode(nested);
    }
    if (value instanceof List<?> items) {
      ArrayNode array = NODES.arrayNode();
      items.forEach(item -> array.add(encode(Models.item(field), item)));
      return array;
    }
    if (value instanceof Map<?, ?> entries) {
      ObjectNode object = NODES.objectNode();
      entries.forEach(
          (key, mapped) -> object.set(key.toString(), encode(Models.value(field), mapped)));
      return object;
    }
    return encodeScalar(field, value);
  }

  private JsonNode encodeScalar(SdkField<?> field, Object value) {
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Instant moment) {
      return moment(field, moment);
    }
    if (value instanceof SdkBytes bytes) {
      return NODES.stringNode(BinaryUtils.toBase64(bytes.asByteArray()));
    }
    return value instanceof Number
        ? NODES.numberNode(new BigDecimal(value.toString()))
        : NODES.stringNode(value.toString());
  }

  private @Nullable Object decode(SdkField<?> field, JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    return switch (field.marshallingType().getKnownType()) {
      case LIST -> decodeList(Models.item(field), node);
      case MAP -> decodeMap(Models.value(field), node);
      case SDK_POJO -> {
        SdkPojo nested = field.constructor().get();
        decode(object(field, node), nested);
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
          Scalars.parse(field, scalar(field, node));
    };
  }

  private List<@Nullable Object> decodeList(SdkField<?> item, JsonNode node) {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonNode each : node.values()) {
      items.add(decode(item, each));
    }
    return items;
  }

  private Map<String, @Nullable Object> decodeMap(SdkField<?> value, JsonNode node) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    node.properties().forEach(each -> entries.put(each.getKey(), decode(value, each.getValue())));
    return entries;
  }

  private static ObjectNode object(SdkField<?> field, JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new Fault("SerializationException", "Expected a structure for " + field.memberName());
  }

  private static String scalar(SdkField<?> field, JsonNode node) {
    if (node.isContainer()) {
      throw new Fault("SerializationException", "Unexpected structure in " + field.memberName());
    }
    return node.asString();
  }
}

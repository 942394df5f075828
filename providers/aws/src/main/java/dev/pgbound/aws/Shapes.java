package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Carries attributes into SDK requests and SDK responses into attributes, for every shape of every
 * service, by the field lists that the SDK generates for its marshallers.
 *
 * <p>Only what is there is carried: an attribute that nobody declared is not sent, and a member
 * that the service did not return is no attribute. Instants are ISO text, binary members base64.
 */
final class Shapes {

  private Shapes() {}

  /**
   * Sets the members of a request builder and returns it. A tree given for a text member, such as a
   * policy, is sent as JSON. This is the one place where a {@link Value.Secret} is revealed.
   *
   * @throws IllegalStateException for an attribute that the request does not have or whose value
   *     has another type or is not known: the engine lets none of them come here
   */
  static <B extends SdkPojo> B fill(B builder, Value.Fields values) {
    values
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Null) {
                return;
              }
              SdkField<?> field =
                  Members.find(builder, name)
                      .orElseThrow(() -> new IllegalStateException("no request member " + name));
              field.set(builder, toSdk(field, name, value));
            });
    return builder;
  }

  /** The members of a model object that the service returned. */
  static Value.Fields read(SdkPojo model) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (SdkField<?> field : model.sdkFields()) {
      fromSdk(field.getValueOrDefault(model))
          .ifPresent(value -> values.put(Members.attributeName(field), value));
    }
    return new Value.Fields(values);
  }

  private static Object toSdk(SdkField<?> field, String name, Value value) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text(name, value);
      case BOOLEAN -> bool(name, value);
      case SHORT -> number(name, value).shortValueExact();
      case BYTE -> number(name, value).byteValueExact();
      case INTEGER -> number(name, value).intValueExact();
      case LONG -> number(name, value).longValueExact();
      case FLOAT -> number(name, value).floatValue();
      case DOUBLE -> number(name, value).doubleValue();
      case BIG_DECIMAL -> number(name, value);
      case INSTANT -> Instant.parse(text(name, value));
      case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getMimeDecoder().decode(text(name, value)));
      case SDK_POJO -> shape(field, name, value);
      case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), name, value);
      case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), name, value);
      case NULL, DOCUMENT -> throw new IllegalStateException(name + ": not a member to fill");
    };
  }

  private static Object shape(SdkField<?> field, String name, Value value) {
    if (!(value instanceof Value.Fields nested)) {
      throw mismatch(name, "named values", value);
    }
    SdkPojo builder = fill(field.constructor().get(), nested);
    if (!(builder instanceof Buildable buildable)) {
      throw new IllegalStateException(name + ": no builder for " + builder.getClass());
    }
    return buildable.build();
  }

  private static List<Object> list(SdkField<?> element, String name, Value value) {
    if (!(value instanceof Value.Items list)) {
      throw mismatch(name, "a list", value);
    }
    return list.items().stream().map(item -> toSdk(element, name, item)).toList();
  }

  private static Map<String, Object> map(SdkField<?> element, String name, Value value) {
    if (!(value instanceof Value.Fields map)) {
      throw mismatch(name, "named values", value);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.fields().forEach((key, item) -> copy.put(key, toSdk(element, name, item)));
    return copy;
  }

  private static String text(String name, Value value) {
    if (value.isUnknown()) {
      throw mismatch(name, "a known value", value);
    }
    if (value instanceof Value.Fields || value instanceof Value.Items) {
      return Json.write(value.mapLeaves(Shapes::reveal));
    }
    if (reveal(value) instanceof Value.Text text) {
      return text.text();
    }
    throw mismatch(name, "text", value);
  }

  private static Value reveal(Value leaf) {
    return leaf instanceof Value.Secret secret ? Value.of(secret.revealed()) : leaf;
  }

  private static boolean bool(String name, Value value) {
    if (value instanceof Value.Bool bool) {
      return bool.flag();
    }
    throw mismatch(name, "true or false", value);
  }

  private static BigDecimal number(String name, Value value) {
    if (value instanceof Value.Num num) {
      return num.number();
    }
    throw mismatch(name, "a number", value);
  }

  private static IllegalStateException mismatch(String name, String wanted, Value value) {
    return new IllegalStateException(
        name + ": the request needs " + wanted + ", not " + value.getClass().getSimpleName());
  }

  private static Optional<Value> fromSdk(@org.jspecify.annotations.Nullable Object value) {
    if (value == null
        || value instanceof SdkAutoConstructList<?>
        || value instanceof SdkAutoConstructMap<?, ?>) {
      return Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(Value.of(flag.booleanValue()));
    }
    if (value instanceof Number number) {
      return Optional.of(new Value.Num(new BigDecimal(number.toString())));
    }
    if (value instanceof SdkBytes bytes) {
      return Optional.of(Value.of(Base64.getEncoder().encodeToString(bytes.asByteArray())));
    }
    if (value instanceof SdkPojo nested) {
      return Optional.of(read(nested));
    }
    if (value instanceof List<?> list) {
      List<Value> items = new ArrayList<>();
      list.forEach(item -> fromSdk(item).ifPresent(items::add));
      return Optional.of(new Value.Items(items));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Value> entries = new LinkedHashMap<>();
      map.forEach((key, item) -> fromSdk(item).ifPresent(v -> entries.put(String.valueOf(key), v)));
      return Optional.of(new Value.Fields(entries));
    }
    // texts, and instants in their ISO form
    return Optional.of(Value.of(value.toString()));
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON documents that AWS takes and returns as text: policies and task settings. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** The document in {@code text}; empty when the text is no JSON document. */
  static Optional<Value> parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Value value = read(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The document as compact text, members in the order of the value. */
  static String write(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, generator);
    }
    return text.toString();
  }

  /**
   * An answer in which a member that the service returns as text stands as the tree that it is.
   *
   * @param meaning what is made of the tree
   */
  static Value.Fields expanded(Value.Fields read, String member, UnaryOperator<Value> meaning) {
    return read.text(member)
        .flatMap(Json::parse)
        .map(tree -> read.with(member, meaning.apply(tree)))
        .orElse(read);
  }

  private static Value read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_TRUE -> Value.of(true);
      case VALUE_FALSE -> Value.of(false);
      case VALUE_NULL -> Value.Null.INSTANCE;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(parser.getDecimalValue());
      case VALUE_STRING, PROPERTY_NAME -> Value.of(parser.getString());
      case END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value at " + parser.currentToken());
    };
  }

  private static Value object(JsonParser parser) {
    Map<String, Value> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return new Value.Fields(fields);
  }

  private static Value array(JsonParser parser) {
    List<Value> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return new Value.Items(items);
  }

  private static void write(Value value, JsonGenerator generator) {
    if (value instanceof Value.Fields map) {
      generator.writeStartObject();
      map.fields()
          .forEach(
              (name, item) -> {
                generator.writeName(name);
                write(item, generator);
              });
      generator.writeEndObject();
    } else if (value instanceof Value.Items list) {
      generator.writeStartArray();
      list.items().forEach(item -> write(item, generator));
      generator.writeEndArray();
    } else if (value instanceof Value.Bool bool) {
      generator.writeBoolean(bool.flag());
    } else if (value instanceof Value.Num num) {
      generator.writeNumber(num.number().toPlainString());
    } else if (value instanceof Value.Text text) {
      generator.writeString(text.text());
    } else if (value instanceof Value.Null) {
      generator.writeNull();
    } else {
      throw new IllegalStateException("not a JSON value: " + value.getClass().getSimpleName());
    }
  }
}

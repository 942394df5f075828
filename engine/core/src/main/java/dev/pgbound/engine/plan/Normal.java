package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Type.BoolType;
import dev.pgbound.spi.Type.DecimalType;
import dev.pgbound.spi.Type.EnumType;
import dev.pgbound.spi.Type.IntType;
import dev.pgbound.spi.Type.ListType;
import dev.pgbound.spi.Type.MapType;
import dev.pgbound.spi.Type.ObjectType;
import dev.pgbound.spi.Type.TextType;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Bool;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.spi.Value.Items;
import dev.pgbound.spi.Value.Num;
import dev.pgbound.spi.Value.Text;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Brings a value into normal form, in which two spellings of one meaning are equal. */
public final class Normal {

  private Normal() {}

  /** The normal form of an attribute's value: its type's form first, then its own normaliser. */
  public static Value of(Attribute attribute, Value value) {
    return attribute.normalizer().apply(of(attribute.type(), value));
  }

  /** The value with every number and flag as its type has it, and otherwise as it is. */
  public static Value typed(Type type, Value value) {
    if (type instanceof ListType list && value instanceof Items items) {
      return new Items(items.items().stream().map(item -> typed(list.element(), item)).toList());
    }
    if (type instanceof MapType map && value instanceof Fields fields) {
      return mapped(fields, (name, entry) -> typed(map.value(), entry));
    }
    if (type instanceof ObjectType object && value instanceof Fields fields) {
      return mapped(
          fields,
          (name, entry) -> object.attribute(name).map(a -> typed(a.type(), entry)).orElse(entry));
    }
    return scalar(type, value);
  }

  private static Fields mapped(Fields fields, BiFunction<String, Value, Value> change) {
    Map<String, Value> changed = new LinkedHashMap<>();
    fields.fields().forEach((name, entry) -> changed.put(name, change.apply(name, entry)));
    return new Fields(changed);
  }

  private static Value of(Type type, Value value) {
    if (type instanceof ListType list && value instanceof Items items) {
      return new Items(items.items().stream().map(item -> of(list.element(), item)).toList());
    }
    if (type instanceof MapType map && value instanceof Fields fields) {
      return mapped(fields, (name, entry) -> of(map.value(), entry));
    }
    if (type instanceof ObjectType object && value instanceof Fields fields) {
      return mapped(
          fields, (name, entry) -> object.attribute(name).map(a -> of(a, entry)).orElse(entry));
    }
    return scalar(type, value);
  }

  /** A service that answers {@code "32"} means 32, and a file that says 16 for text means "16". */
  private static Value scalar(Type type, Value value) {
    if ((type instanceof IntType || type instanceof DecimalType) && value instanceof Text text) {
      return number(text);
    }
    if (type instanceof BoolType && value instanceof Text text) {
      if (text.text().equalsIgnoreCase("true")) {
        return new Bool(true);
      }
      return text.text().equalsIgnoreCase("false") ? new Bool(false) : value;
    }
    boolean textual = type instanceof TextType || type instanceof EnumType;
    if (textual && (value instanceof Num || value instanceof Bool)) {
      return new Text(value.toString());
    }
    return value;
  }

  private static Value number(Text text) {
    try {
      return new Num(new BigDecimal(text.text().strip()));
    } catch (NumberFormatException e) {
      return text;
    }
  }
}

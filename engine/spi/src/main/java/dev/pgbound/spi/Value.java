package dev.pgbound.spi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A value of an attribute, as the file declares it or as it is live. Immutable; maps and lists keep
 * their order, so that everything printed from them is the same in every run.
 */
public sealed interface Value {

  /** Text. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A number, in the shortest of its equal forms: {@code 1.50} and {@code 1.5} are equal. */
  record Num(BigDecimal number) implements Value {
    public Num {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    @Override
    public String toString() {
      return number.toPlainString();
    }
  }

  /** Yes or no. */
  record Bool(boolean flag) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(flag);
    }
  }

  /** A list. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /** Named values. */
  record Fields(Map<String, Value> fields) implements Value {
    /** No values at all. */
    public static final Fields NONE = new Fields(Map.of());

    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The value named {@code name}. */
    public Optional<Value> get(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    /** The text named {@code name}; empty when it is absent or no plain text. */
    public Optional<String> text(String name) {
      return fields.get(name) instanceof Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** The flag named {@code name}; empty when it is absent or no flag. */
    public Optional<Boolean> flag(String name) {
      return fields.get(name) instanceof Bool bool ? Optional.of(bool.flag()) : Optional.empty();
    }

    /** The number named {@code name}; empty when it is absent or no number. */
    public Optional<BigDecimal> number(String name) {
      return fields.get(name) instanceof Num num ? Optional.of(num.number()) : Optional.empty();
    }

    /** The values named {@code name}; none when it is absent or something else. */
    public Fields fields(String name) {
      return fields.get(name) instanceof Fields nested ? nested : NONE;
    }

    /** The list named {@code name}; empty when it is absent or something else. */
    public List<Value> items(String name) {
      return fields.get(name) instanceof Items list ? list.items() : List.of();
    }

    /** The texts of the list named {@code name}; what is no text is left out. */
    public List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (Value item : items(name)) {
        if (item instanceof Text text) {
          texts.add(text.text());
        }
      }
      return texts;
    }

    public boolean has(String name) {
      return fields.containsKey(name);
    }

    /** The same values with {@code name} set to {@code value}. */
    public Fields with(String name, Value value) {
      Map<String, Value> copy = new LinkedHashMap<>(fields);
      copy.put(name, value);
      return new Fields(copy);
    }

    /** The same values with {@code name} set to a text. */
    public Fields with(String name, String text) {
      return with(name, new Text(text));
    }

    /** The same values without {@code name}. */
    public Fields without(String name) {
      Map<String, Value> copy = new LinkedHashMap<>(fields);
      copy.remove(name);
      return new Fields(copy);
    }

    /** Only the values whose names {@code names} holds, in the order of this map. */
    public Fields only(java.util.Collection<String> names) {
      Map<String, Value> copy = new LinkedHashMap<>(fields);
      copy.keySet().retainAll(names);
      return new Fields(copy);
    }

    @Override
    public String toString() {
      return fields.toString();
    }
  }

  /** Written in the file as nothing ({@code key:} or {@code null}): declares no value. */
  record Null() implements Value {
    public static final Null INSTANCE = new Null();

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * A value that is not known yet, because it depends on an object that does not exist. {@code
   * expression} is the text of the file with its references, such as {@code ${vpc.main}}.
   */
  record Unknown(String expression) implements Value {
    @Override
    public String toString() {
      return "(known after apply)";
    }
  }

  /** A secret, which no output, file or message may show. Exists only while a step runs. */
  record Secret(String revealed) implements Value {
    @Override
    public String toString() {
      return "(sensitive)";
    }
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Num(BigDecimal.valueOf(number));
  }

  static Value of(boolean flag) {
    return new Bool(flag);
  }

  static Value of(List<String> texts) {
    List<Value> items = new ArrayList<>();
    for (String text : texts) {
      items.add(new Text(text));
    }
    return new Items(items);
  }

  /** Whether this value or anything below it is {@link Unknown}. */
  default boolean isUnknown() {
    if (this instanceof Unknown) {
      return true;
    }
    if (this instanceof Items list) {
      return list.items().stream().anyMatch(Value::isUnknown);
    }
    return this instanceof Fields map && map.fields().values().stream().anyMatch(Value::isUnknown);
  }

  /** This value with {@code change} applied to every leaf (everything but lists and maps). */
  default Value mapLeaves(UnaryOperator<Value> change) {
    if (this instanceof Items list) {
      return new Items(list.items().stream().map(item -> item.mapLeaves(change)).toList());
    }
    if (this instanceof Fields map) {
      Map<String, Value> copy = new LinkedHashMap<>();
      map.fields().forEach((name, value) -> copy.put(name, value.mapLeaves(change)));
      return new Fields(copy);
    }
    return change.apply(this);
  }
}

package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A part of the short form and where in the file it stands. */
record Section(Value.Fields fields, Pointer pointer) {

  Optional<Value> value(String key) {
    return fields.get(key).filter(value -> !(value instanceof Value.Null));
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  Optional<String> text(String key) {
    return value(key)
        .filter(value -> value instanceof Value.Text || value instanceof Value.Num)
        .map(Value::toString);
  }

  boolean flag(String key, boolean standard) {
    return fields.flag(key).orElse(standard);
  }

  Optional<BigDecimal> number(String key) {
    return fields.number(key);
  }

  /** The texts of a list, or the one text that stands for a list of one. */
  List<String> texts(String key) {
    return fields.text(key).map(List::of).orElseGet(() -> fields.texts(key));
  }

  Section section(String key) {
    return new Section(fields.fields(key), place(key));
  }

  Pointer place(String key) {
    return pointer.child(key);
  }
}

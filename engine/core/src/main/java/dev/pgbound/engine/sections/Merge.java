package dev.pgbound.engine.sections;

import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one tree of values over another. */
final class Merge {

  private Merge() {}

  /** Maps are merged key by key; everything else, lists too, is replaced by {@code over}. */
  static Value deep(Value base, Value over) {
    if (base instanceof Value.Fields below && over instanceof Value.Fields above) {
      Map<String, Value> merged = new LinkedHashMap<>(below.fields());
      above
          .fields()
          .forEach((name, value) -> merged.merge(name, value, (old, given) -> deep(old, given)));
      return new Value.Fields(merged);
    }
    return over;
  }
}

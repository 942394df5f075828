package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;

/** The places of all values that are no maps. */
final class Leaves {

  private Leaves() {}

  static List<Pointer> of(Value.Fields fields) {
    List<Pointer> leaves = new ArrayList<>();
    collect(Pointer.ROOT, fields, leaves);
    return leaves;
  }

  private static void collect(Pointer at, Value value, List<Pointer> leaves) {
    if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> collect(at.child(name), inner, leaves));
    } else {
      leaves.add(at);
    }
  }
}

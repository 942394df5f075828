package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Type;
import java.util.ArrayList;
import java.util.List;

/** Finds the place of a key that is right but stands in the wrong object. */
final class Elsewhere {

  private Elsewhere() {}

  /** A sentence with a space before it; nothing unless exactly one object has such a key. */
  static String hint(String key, List<Attribute> scope) {
    List<Pointer> places = new ArrayList<>();
    find(key, scope, Pointer.ROOT, places);
    if (places.size() != 1) {
      return "";
    }
    Pointer container = places.get(0).parent();
    return container.isRoot()
        ? " The key belongs further out."
        : " The key belongs under \"" + container + "\".";
  }

  private static void find(
      String key, List<Attribute> attributes, Pointer place, List<Pointer> places) {
    for (Attribute attribute : attributes) {
      Pointer inner = place.child(attribute.name());
      if (attribute.name().equals(key)) {
        places.add(inner);
      }
      if (attribute.type() instanceof Type.ObjectType object) {
        find(key, object.attributes(), inner, places);
      }
    }
  }
}

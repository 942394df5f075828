package dev.pgbound.engine.plan;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.plan.AttributeChange.Place;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what in the migration file causes a declared value. */
final class Places {

  private final PlanRequest request;
  private @Nullable Map<String, Integer> uses;

  Places(PlanRequest request) {
    this.request = request;
  }

  /** Where the file declares a resource; empty for an orphan. */
  Optional<SourceRange> of(Address address) {
    return Optional.ofNullable(request.places().get(address)).map(Origins::range);
  }

  /**
   * Where an attribute comes from.
   *
   * @param path of an {@link AttributeChange}
   * @param declared the attributes of the resource, references resolved
   */
  Optional<Place> of(Address address, String path, Value.Fields declared) {
    Origins origins = request.places().get(address);
    if (origins == null) {
      return Optional.empty();
    }
    // The elements of keyed lists have names in a path, but numbers in the file.
    int key = path.indexOf('[');
    Pointer attribute = Pointer.parse(key < 0 ? path : path.substring(0, key));
    Pointer pointer = origins.pointer(attribute);
    boolean verbatim =
        key < 0
            && origins.map().has(pointer)
            && attribute
                .find(declared)
                .map(value -> stands(value, origins.map().written(pointer).orElse("")))
                .orElse(false)
            && uses(pointer) == 1;
    return Optional.of(new Place(pointer.toString(), origins.map().value(pointer), verbatim));
  }

  /** Whether {@code written} is this value and nothing else, such as a variable. */
  private static boolean stands(Value value, String written) {
    boolean leaf = !(value instanceof Value.Fields || value instanceof Value.Items);
    return leaf
        && (written.equals(value.toString())
            || written.equals("\"" + value + "\"")
            || written.equals("'" + value + "'"));
  }

  /** How many attributes of all resources come from one place. */
  private int uses(Pointer pointer) {
    if (uses == null) {
      uses = new HashMap<>();
      request.resources().forEach(resource -> count(resource, uses));
    }
    return uses.getOrDefault(pointer.toString(), 0);
  }

  private void count(Resource resource, Map<String, Integer> into) {
    Origins origins = request.places().get(resource.address());
    if (origins != null) {
      count(origins, Pointer.ROOT, resource.attributes(), into);
    }
  }

  private static void count(Origins origins, Pointer at, Value value, Map<String, Integer> into) {
    if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> count(origins, at.child(name), inner, into));
    } else {
      into.merge(origins.pointer(at).toString(), 1, Integer::sum);
    }
  }
}

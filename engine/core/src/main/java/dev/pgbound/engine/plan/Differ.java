package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Effect;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Type.ListType;
import dev.pgbound.spi.Type.MapType;
import dev.pgbound.spi.Type.ObjectType;
import dev.pgbound.spi.Type.Order;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.spi.Value.Items;
import dev.pgbound.spi.Value.Null;
import dev.pgbound.spi.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what differs between the declared and the live attributes of one object. A pure function
 * that knows no resource type: only what is declared is compared, and both sides in normal form.
 */
public final class Differ {

  private Differ() {}

  /**
   * One change per leaf that differs, in the order of the schema. A value that cannot be read back
   * differs when the digest tag of the object says that the file declared another one before.
   */
  public static List<AttributeChange> compare(ResourceSchema schema, Fields desired, Live live) {
    List<AttributeChange> changes = new ArrayList<>();
    for (Attribute attribute : schema.attributes()) {
      Value declared = desired.fields().get(attribute.name());
      if (declared == null) {
        continue;
      }
      Comparison comparison =
          new Comparison(
              changes,
              attribute.is(Flag.IMMUTABLE),
              attribute.is(Flag.SENSITIVE),
              new Effect(attribute.impact().orElse(Impact.NONE), attribute.impactText()),
              attribute.effects());
      if (!attribute.is(Flag.WRITE_ONLY)) {
        Value now = live.attributes().fields().get(attribute.name());
        comparison.attribute(attribute, attribute.name(), declared, now);
      } else if (declaredAnew(attribute, declared, live)) {
        comparison.add(attribute.name(), null, declared);
      }
    }
    return List.copyOf(changes);
  }

  private static boolean declaredAnew(Attribute attribute, Value declared, Live live) {
    Optional<String> digest = live.tag(Live.DIGEST_TAG);
    return !declared.isUnknown()
        && digest.isPresent()
        && !Fingerprint.wasDeclared(digest.get(), attribute, declared).orElse(false);
  }

  /** The impact and the marks that hold for everything below one attribute. */
  private record Comparison(
      List<AttributeChange> changes,
      boolean immutable,
      boolean sensitive,
      Effect effect,
      Map<Value, Effect> effects) {

    void attribute(Attribute attribute, String path, Value declared, @Nullable Value live) {
      member(
          attribute,
          path,
          Normal.of(attribute, declared),
          live == null ? null : Normal.of(attribute, live));
    }

    private void member(Attribute attribute, String path, Value declared, @Nullable Value live) {
      if (declared instanceof Null && attribute.is(Flag.CLEARABLE)) {
        if (live != null && !(live instanceof Null)) {
          add(path, live, null);
        }
        return;
      }
      boolean compared = !(declared instanceof Null || declared instanceof Unknown);
      if (compared && live != null && attribute.satisfied().isPresent()) {
        if (!attribute.satisfied().get().test(declared, live)) {
          add(path, live, declared);
        }
        return;
      }
      value(attribute.type(), path, declared, live);
    }

    private void value(Type type, String path, Value declared, @Nullable Value live) {
      if (declared instanceof Null) {
        return;
      }
      if (declared instanceof Unknown) {
        add(path, live, declared);
      } else if (type instanceof ObjectType object && declared instanceof Fields fields) {
        members(object, path, fields, live instanceof Fields there ? there : Fields.NONE);
      } else if (type instanceof MapType map && declared instanceof Fields fields) {
        entries(map, path, fields, live instanceof Fields there ? there : Fields.NONE);
      } else if (type instanceof ListType list && declared instanceof Items items) {
        list(list, path, items, live instanceof Items there ? there : new Items(List.of()));
      } else if (live == null || !covers(declared, live)) {
        add(path, live, declared);
      }
    }

    private void members(ObjectType object, String path, Fields declared, Fields live) {
      declared
          .fields()
          .forEach(
              (name, value) -> {
                Optional<Attribute> member = object.attribute(name);
                if (member.filter(a -> a.is(Flag.WRITE_ONLY)).isPresent()) {
                  return;
                }
                Value now = live.fields().get(name);
                String at = path + "." + name;
                if (member.isPresent()) {
                  within(member.get()).member(member.get(), at, value, now);
                } else {
                  value(Type.any(), at, value, now);
                }
              });
    }

    private Comparison within(Attribute member) {
      return new Comparison(
          changes,
          immutable || member.is(Flag.IMMUTABLE),
          sensitive || member.is(Flag.SENSITIVE),
          member.impact().map(impact -> new Effect(impact, member.impactText())).orElse(effect),
          member.effects());
    }

    private void entries(MapType map, String path, Fields declared, Fields live) {
      declared
          .fields()
          .forEach(
              (name, value) ->
                  value(map.value(), path + "." + name, value, live.fields().get(name)));
    }

    private void list(ListType list, String path, Items declared, Items live) {
      switch (list.order()) {
        case SEQUENCE -> {
          if (!sequencesEqual(declared, live)) {
            add(path, live, declared);
          }
        }
        case SET -> {
          if (!setsEqual(declared, live)) {
            add(path, live, declared);
          }
        }
        case KEYED, KEYED_PARTIAL -> keyed(list, path, declared, live);
      }
    }

    private void keyed(ListType list, String path, Items declared, Items live) {
      Map<String, Value> wanted = byIdentity(list, declared);
      Map<String, Value> there = byIdentity(list, live);
      Set<String> keys = new LinkedHashSet<>(wanted.keySet());
      if (list.order() == Order.KEYED) {
        keys.addAll(there.keySet());
      }
      for (String key : keys) {
        String at = path + "[" + key + "]";
        Value want = wanted.get(key);
        Value now = there.get(key);
        if (want == null || now == null) {
          add(at, now, want);
        } else {
          value(list.element(), at, want, now);
        }
      }
    }

    private void add(String path, @Nullable Value before, @Nullable Value after) {
      Effect own = effects.getOrDefault(after == null ? Null.INSTANCE : after, effect);
      changes.add(
          new AttributeChange(
              path,
              sensitive ? Optional.empty() : Optional.ofNullable(before),
              sensitive ? Optional.empty() : Optional.ofNullable(after),
              immutable,
              sensitive,
              own.impact(),
              own.why(),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private static Map<String, Value> byIdentity(ListType list, Items items) {
    Map<String, Value> byKey = new LinkedHashMap<>();
    for (Value item : items.items()) {
      String key = identity(list, item);
      String unique = key;
      for (int n = 2; byKey.containsKey(unique); n++) {
        unique = key + "#" + n;
      }
      byKey.put(unique, item);
    }
    return byKey;
  }

  private static String identity(ListType list, Value item) {
    return item instanceof Fields fields
        ? list.identity().stream()
            .map(name -> fields.get(name).map(Differ::plain).orElse(""))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "))
        : item.toString();
  }

  private static String plain(Value value) {
    return value instanceof Fields fields
        ? fields.fields().values().stream().map(Differ::plain).collect(Collectors.joining("."))
        : value.toString();
  }

  private static boolean sequencesEqual(Items declared, Items live) {
    if (declared.items().size() != live.items().size()) {
      return false;
    }
    for (int i = 0; i < declared.items().size(); i++) {
      if (!covers(declared.items().get(i), live.items().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean setsEqual(Items declared, Items live) {
    List<Value> unmatched = new ArrayList<>(live.items());
    for (Value want : declared.items()) {
      Optional<Value> match = unmatched.stream().filter(now -> covers(want, now)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      unmatched.remove(match.get());
    }
    return unmatched.isEmpty();
  }

  /** Whether everything that is declared is live as well; what is only live does not count. */
  private static boolean covers(Value declared, Value live) {
    if (declared instanceof Null) {
      return true;
    }
    if (declared instanceof Fields want && live instanceof Fields now) {
      return want.fields().entrySet().stream()
          .allMatch(
              entry -> {
                Value there = now.fields().get(entry.getKey());
                return entry.getValue() instanceof Null
                    || (there != null && covers(entry.getValue(), there));
              });
    }
    if (declared instanceof Items want && live instanceof Items now) {
      return sequencesEqual(want, now);
    }
    return Objects.equals(declared, live);
  }
}

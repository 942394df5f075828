package dev.pgbound.engine.adopt;

import dev.pgbound.engine.plan.Identity;
import dev.pgbound.engine.plan.InParallel;
import dev.pgbound.engine.plan.LiveNames;
import dev.pgbound.engine.schema.MetaAttributes;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Query.Scope;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * What an account and region hold that a migration could be made of. First everything with as few
 * calls as possible; {@link #complete} then reads the objects that matter with all that AWS tells.
 */
final class Survey {

  /** An object: its type and what AWS calls it. */
  record Key(String type, String identifier) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byType = type.compareTo(other.type);
      return byType != 0 ? byType : identifier.compareTo(other.identifier);
    }

    @Override
    public String toString() {
      return type + " " + identifier;
    }
  }

  private final Registry registry;
  private final Context context;
  private final Map<Key, Live> objects;
  private Optional<LiveNames<Key>> names = Optional.empty();

  private Survey(Registry registry, Context context, Map<Key, Live> objects) {
    this.registry = registry;
    this.context = context;
    this.objects = objects;
  }

  /**
   * Reads objects of some types.
   *
   * @throws dev.pgbound.engine.plan.DiscoveryException with every type that could not be read
   */
  static Survey of(Registry registry, Context context, Collection<String> types) {
    Map<String, Callable<List<Live>>> jobs = new LinkedHashMap<>();
    for (String type : types) {
      Query query = new Query(context.migration(), List.of(), Scope.ACCOUNT);
      jobs.put(type, () -> registry.type(type).discover(query, context));
    }
    Map<Key, Live> objects = new TreeMap<>();
    InParallel.read(jobs)
        .forEach(
            (type, found) ->
                found.stream()
                    .filter(live -> live.health().state() != Live.State.GOING)
                    .forEach(live -> objects.put(new Key(type, live.identifier()), live)));
    return new Survey(registry, context, objects);
  }

  /** Every object, in an order that is the same each time. */
  Map<Key, Live> objects() {
    return Collections.unmodifiableMap(objects);
  }

  Live live(Key key) {
    Live live = objects.get(key);
    if (live == null) {
      throw new IllegalArgumentException("no object " + key);
    }
    return live;
  }

  Context context() {
    return context;
  }

  ResourceType type(Key key) {
    return registry.type(key.type());
  }

  ResourceSchema schema(Key key) {
    return type(key).schema();
  }

  /** Whether an object serves the whole account, whoever uses it. */
  boolean isShared(Key key) {
    return type(key).describe(live(key)).flag(MetaAttributes.SHARED).orElse(false);
  }

  /** Who names whom among all objects. */
  LiveNames<Key> names() {
    if (names.isEmpty()) {
      LiveNames<Key> made = new LiveNames<>(registry);
      objects.forEach((key, live) -> made.put(key, schema(key), live));
      names = Optional.of(made);
    }
    return names.get();
  }

  /** Reads these objects again with everything that AWS tells of them, tags included. */
  void complete(Collection<Key> keys) {
    Map<String, Callable<Optional<Live>>> jobs = new LinkedHashMap<>();
    Map<String, Key> byJob = new TreeMap<>();
    for (Key key : keys) {
      if (schema(key).ownership() == Ownership.TAGGED) {
        byJob.put(key.toString(), key);
        jobs.put(key.toString(), () -> read(key));
      }
    }
    InParallel.read(jobs)
        .forEach(
            (job, live) ->
                live.ifPresent(read -> objects.put(Objects.requireNonNull(byJob.get(job)), read)));
    names = Optional.empty();
  }

  private Optional<Live> read(Key key) {
    return read(type(key), key.identifier(), live(key), context);
  }

  /** An object with everything that AWS tells of it; empty when it is gone meanwhile. */
  static Optional<Live> read(ResourceType type, String identifier, Live known, Context context) {
    ResourceSchema schema = type.schema();
    String name = Identity.declared(schema, known.attributes()).orElse(identifier);
    Wanted wanted =
        new Wanted(
            new Address(schema.type(), "object"), Optional.of(name), everything(schema, known));
    Query query = new Query(context.migration(), List.of(wanted), Scope.OBJECT);
    return type.discover(query, context).stream()
        .filter(live -> live.identifier().equals(identifier))
        .findFirst();
  }

  /** A declaration of every attribute, because some are read only where they are declared. */
  private static Value.Fields everything(ResourceSchema schema, Live live) {
    Value.Fields declared = Value.Fields.NONE;
    for (Attribute attribute : schema.attributes()) {
      if (!attribute.is(Flag.COMPUTED)) {
        Value value = live.attributes().get(attribute.name()).orElse(Value.Null.INSTANCE);
        declared = declared.with(attribute.name(), value);
      }
    }
    return declared;
  }
}

package dev.pgbound.testkit;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A resource type whose objects live in a {@link FakeWorld}: all that a type must do, by its schema
 * alone. An object is identified by its name and a number, so that a replacement can be told from
 * what it replaces; the identifier is also the value of a computed identifier output. Secrets and
 * write-only values cannot be read back.
 */
public final class FakeType implements ResourceType {

  private final ResourceSchema schema;
  private final FakeWorld world;
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

  public FakeType(ResourceSchema schema, FakeWorld world) {
    this.schema = schema;
    this.world = world;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return world.discover(
        schema.type(),
        object ->
            switch (query.scope()) {
              case PLAN -> isInReach(object, query);
              case ACCOUNT -> true;
              case OBJECT -> isWanted(object, query) && isThere(object);
            });
  }

  /** Objects inside others are seen only by who looks there. */
  private boolean isInReach(FakeObject object, Query query) {
    return schema
        .within()
        .map(name -> query.places().contains(object.attributes.fields(name)))
        .orElse(true);
  }

  /** Whoever waits for an object to be gone looks at it, and so brings that nearer. */
  private boolean isThere(FakeObject object) {
    return object.state != Live.State.GOING || world.look(object).isPresent();
  }

  private boolean isWanted(FakeObject object, Query query) {
    return query.wanted().stream().anyMatch(one -> isWanted(object, one));
  }

  private boolean isWanted(FakeObject object, Query.Wanted wanted) {
    boolean there =
        schema
            .within()
            .map(name -> wanted.desired().get(name).equals(object.attributes.get(name)))
            .orElse(true);
    if (!there) {
      return false;
    }
    boolean named = wanted.identifier().isPresent() && wanted.identifier().equals(name(object));
    return named || object.isCalled(wanted.address().toString());
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    Set<Map.Entry<String, Value>> described = selector.fields().entrySet();
    return world.discover(
        schema.type(), object -> object.attributes.fields().entrySet().containsAll(described));
  }

  @Override
  public Live create(Fields desired, Context context) {
    String name = schema.identifier().flatMap(a -> desired.text(a.name())).orElse(schema.type());
    String identifier =
        String.format(Locale.ROOT, "%s#%d", name, numbers.merge(name, 1, Integer::sum));
    Map<String, String> tags = context.ownershipTags();
    FakeObject object = new FakeObject(schema.type(), identifier, readable(desired), tags);
    if (schema.attribute(schema.identifierOutput()).orElseThrow().is(Flag.COMPUTED)) {
      object.attributes = object.attributes.with(schema.identifierOutput(), identifier);
    }
    String address = address(context, schema.type() + "." + name);
    String call = "create " + address;
    return world.perform(
        call,
        () -> {
          world.receive(address, desired);
          world.add(object, call);
        },
        () -> settled(object, context));
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    FakeObject object = object(prior);
    String address = address(context, prior);
    String call = "update " + address;
    return world.perform(
        call,
        () -> {
          world.receive(address, desired);
          Map<String, Value> values = new LinkedHashMap<>(object.attributes.fields());
          values.putAll(readable(desired).fields());
          Map<String, String> tags = new LinkedHashMap<>(object.tags);
          tags.putAll(context.ownershipTags());
          object.tags = tags;
          world.store(object, new Fields(values), call);
        },
        () -> settled(object, context));
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    FakeObject object = object(prior);
    String call = "delete " + address(context, prior);
    world.perform(
        call, () -> world.beginDeletion(object, call), () -> gone(object, prior, context));
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return deletions.stream().flatMap(one -> world.blockers(one).stream()).toList();
  }

  private Live gone(FakeObject object, Live prior, Context context) {
    return context.await(
        prior.identifier() + " to be gone",
        () -> world.look(object).isPresent() ? Poll.pending("deleting") : Poll.done(prior));
  }

  @Override
  public Live settle(Live live, Context context) {
    return settled(object(live), context);
  }

  private Live settled(FakeObject object, Context context) {
    return context.await(
        object.identifier + " to become available",
        () -> {
          Optional<Live> live = world.look(object);
          return live.isPresent() ? settled(live.get()) : Poll.failed("it is gone");
        });
  }

  private static Poll<Live> settled(Live live) {
    return switch (live.health().state()) {
      case READY -> Poll.done(live);
      case PENDING -> Poll.pending("modifying");
      case FAILED -> Poll.failed(live.health().detail());
      case GOING -> Poll.failed("it is being deleted");
    };
  }

  /** Sets attributes as a call of its own, for what happens beside create and update. */
  Live set(String verb, Live live, Map<String, Value> changes, Context context) {
    FakeObject object = object(live);
    String call = verb + " " + address(context, live);
    return world.perform(
        call,
        () -> {
          Map<String, Value> values = new LinkedHashMap<>(object.attributes.fields());
          values.putAll(changes);
          world.store(object, new Fields(values), call);
        },
        () -> settled(object, context));
  }

  private FakeObject object(Live live) {
    return world.objects(schema.type()).stream()
        .filter(object -> object.identifier.equals(live.identifier()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(live.identifier() + " does not exist"));
  }

  private Optional<String> name(FakeObject object) {
    return schema.identifier().flatMap(attribute -> object.attributes.text(attribute.name()));
  }

  private String address(Context context, Live live) {
    return address(
        context, live.tag(Live.ADDRESS_TAG).orElse(schema.type() + "." + live.identifier()));
  }

  private static String address(Context context, String otherwise) {
    return context.ownershipTags().getOrDefault(Live.ADDRESS_TAG, otherwise);
  }

  private Fields readable(Fields desired) {
    return desired.only(
        schema.attributes().stream()
            .filter(a -> !a.is(Flag.SENSITIVE) && !a.is(Flag.WRITE_ONLY))
            .map(Attribute::name)
            .toList());
  }
}

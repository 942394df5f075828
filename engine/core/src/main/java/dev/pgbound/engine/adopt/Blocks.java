package dev.pgbound.engine.adopt;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Reference;
import dev.pgbound.engine.config.Template;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.LiveNames;
import dev.pgbound.engine.plan.LiveNames.Named;
import dev.pgbound.engine.plan.Normal;
import dev.pgbound.engine.schema.MetaAttributes;
import dev.pgbound.engine.sections.Naming;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Type.Order;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes objects as blocks of a file: only what differs from what pgbound and AWS choose by
 * themselves, and references in place of identifiers.
 */
final class Blocks {

  private final Survey survey;
  private final String migration;
  private final Map<Survey.Key, Address> addresses;
  private final References references;
  private final LiveNames<Survey.Key> names;
  private final Map<Address, Set<Address>> uses = new HashMap<>();
  private final Map<Survey.Key, Set<String>> unsaid;

  /**
   * @param addresses the objects that may be referred to
   * @param unsaid attributes that are left out, because they cannot be said
   */
  Blocks(
      Survey survey,
      String migration,
      Map<Survey.Key, Address> addresses,
      References references,
      Map<Survey.Key, Set<String>> unsaid) {
    this.survey = survey;
    this.migration = migration;
    this.addresses = addresses;
    this.references = references;
    this.unsaid = unsaid;
    names = survey.names();
  }

  /** The block of an object that is only looked up. */
  Value.Fields existing(Survey.Key key) {
    String identifier = survey.schema(key).identifierOutput();
    return Value.Fields.NONE.with(
        MetaAttributes.EXISTING,
        Value.Fields.NONE.with(identifier, Template.escape(key.identifier())));
  }

  /** The block of an object that is taken over. */
  Value.Fields owned(Survey.Key key) {
    return owned(key, Set.of());
  }

  /**
   * The same where something else would be chosen for some attributes than pgbound and AWS choose,
   * so that they have to be said.
   */
  Value.Fields owned(Survey.Key key, Set<String> toSay) {
    ResourceSchema schema = survey.schema(key);
    Live live = survey.live(key);
    Address address = address(key);
    Value.Fields described = survey.type(key).describe(live);
    Map<String, Value> block = new LinkedHashMap<>();
    for (String meta : MetaAttributes.NAMES) {
      described.get(meta).ifPresent(value -> block.put(meta, value));
    }
    for (Attribute attribute : schema.attributes()) {
      boolean mustSay = toSay.contains(attribute.name());
      value(attribute, mustSay ? live.attributes() : described, live, address, mustSay)
          .filter(value -> !unsaid.getOrDefault(key, Set.of()).contains(attribute.name()))
          .map(value -> written(new Place(key, address, attribute), attribute.name(), value))
          .ifPresent(value -> block.put(attribute.name(), value));
    }
    return new Value.Fields(block);
  }

  private Address address(Survey.Key key) {
    Address address = addresses.get(key);
    if (address == null) {
      throw new IllegalArgumentException("no address for " + key);
    }
    return address;
  }

  /** What has to be said of an attribute; empty where its default says it. */
  private Optional<Value> value(
      Attribute attribute,
      Value.Fields described,
      Live live,
      Address address,
      boolean evenDefaults) {
    Optional<Value> usual = evenDefaults ? Optional.empty() : usual(attribute, address);
    Optional<Value> said =
        described
            .get(attribute.name())
            .or(() -> live.attributes().get(attribute.name()).filter(value -> usual.isPresent()));
    return said.filter(value -> !attribute.is(Flag.COMPUTED))
        .map(value -> Normal.typed(attribute.type(), value))
        .filter(
            value ->
                usual
                    .map(other -> Normal.of(attribute, other))
                    .filter(Normal.of(attribute, value)::equals)
                    .isEmpty());
  }

  /** The value of an attribute that is not declared. */
  private Optional<Value> usual(Attribute attribute, Address address) {
    return attribute.is(Flag.IDENTIFIER) || attribute.is(Flag.NAME)
        ? Optional.of(Value.of(Naming.name(migration, address)))
        : attribute.defaultValue();
  }

  /** Where a value stands: the object, its address and the attribute, or one inside it. */
  private record Place(Survey.Key key, Address address, Attribute attribute) {
    Place inside(String name) {
      Type type = attribute.type();
      while (type instanceof Type.ListType list) {
        type = list.element();
      }
      Optional<Attribute> member =
          type instanceof Type.ObjectType object ? object.attribute(name) : Optional.empty();
      Type any = type instanceof Type.MapType map ? map.value() : Type.any();
      return new Place(key, address, member.orElseGet(() -> Attribute.named(name, any, "")));
    }
  }

  /**
   * A value as a file has it.
   *
   * @param name the name that says what a text may stand for
   */
  private Value written(Place place, String name, Value value) {
    if (value instanceof Value.Items list) {
      List<Value> items = new ArrayList<>();
      list.items().forEach(item -> items.add(written(place, name, item)));
      if (place.attribute().type() instanceof Type.ListType type && type.order() == Order.SET) {
        items.sort(Comparator.comparing(Value::toString));
      }
      return new Value.Items(items);
    }
    if (value instanceof Value.Fields fields) {
      String paired = fields.text("name").filter(n -> fields.has("value")).orElse("");
      Map<String, Value> members = new LinkedHashMap<>();
      fields
          .fields()
          .forEach(
              (member, inner) -> {
                boolean isPaired = member.equals("value") && !paired.isEmpty();
                members.put(
                    member, written(place.inside(member), isPaired ? paired : member, inner));
              });
      return new Value.Fields(members);
    }
    if (!(value instanceof Value.Text text)) {
      return value;
    }
    return reference(place, name, text.text()).orElse(Value.of(Template.escape(text.text())));
  }

  private Optional<Value> reference(Place place, String name, String text) {
    List<Named<Survey.Key>> meant =
        names.meant(survey.schema(place.key()), name, text).stream()
            .filter(named -> addresses.containsKey(named.key()))
            .filter(named -> !named.key().equals(place.key()))
            .toList();
    if (meant.size() != 1 || !mayUse(place.address(), address(meant.get(0).key()))) {
      return Optional.empty();
    }
    Named<Survey.Key> target = meant.get(0);
    Address address = address(target.key());
    uses.computeIfAbsent(place.address(), key -> new HashSet<>()).add(address);
    boolean bare = meansTheSame(place.attribute(), target, address, text);
    return Optional.of(Value.of("${" + address + (bare ? "" : "." + target.output()) + "}"));
  }

  /** Whether a reference without an output stands for the same, in what the attribute compares. */
  private boolean meansTheSame(
      Attribute attribute, Named<Survey.Key> target, Address address, String text) {
    Pointer output =
        references.output(attribute.name(), new Reference.ToResource(address, Pointer.ROOT));
    return output
        .find(survey.live(target.key()).attributes())
        .map(value -> Normal.of(attribute, value))
        .filter(Normal.of(attribute, Value.of(text))::equals)
        .isPresent();
  }

  /** The addresses that the blocks written so far refer to. */
  Set<Address> referred() {
    Set<Address> referred = new HashSet<>();
    uses.values().forEach(referred::addAll);
    return referred;
  }

  /** Whether a reference makes no circle, as groups do whose rules name one another. */
  private boolean mayUse(Address user, Address used) {
    List<Address> open = new ArrayList<>(List.of(used));
    Set<Address> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Address next = open.remove(0);
      if (next.equals(user)) {
        return false;
      }
      if (seen.add(next)) {
        open.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return true;
  }
}

package dev.pgbound.engine.plan;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The order within replacements. An object is deleted first, since two objects cannot have one
 * name. Where that would be refused, because something that stays uses it, the new object is made
 * first; and where that is refused as well, so is the plan.
 */
final class Replacements {

  private static final String ANOTHER =
      "Declare a new one under another name beside it, let both be used, and take this one out of"
          + " the file once nothing lives there.";

  private final Registry registry;
  private final References references;
  private final Collection<Resource> declared;
  private final Map<Address, ResourceChange> decided;
  private final Snapshot snapshot;
  private final Set<Address> createFirst = new LinkedHashSet<>();
  private final Map<Address, Refusal> refusals = new TreeMap<>();

  /**
   * @param declared all resources of the file, also those that this plan leaves out
   * @param decided what happens to the resources of this plan
   */
  Replacements(
      Registry registry,
      References references,
      Collection<Resource> declared,
      Map<Address, ResourceChange> decided,
      Snapshot snapshot) {
    this.registry = registry;
    this.references = references;
    this.declared = declared;
    this.decided = decided;
    this.snapshot = snapshot;
    List<ResourceChange> replaced =
        decided.values().stream().filter(change -> change.action().isReplacement()).toList();
    // One that is made first keeps what it is made of, and takes along what is bound to it.
    boolean more = true;
    while (more) {
      more = replaced.stream().anyMatch(this::isNewlyHeld);
    }
  }

  /** The change with the order of its two halves. */
  ResourceChange ordered(ResourceChange change) {
    return createFirst.contains(change.address()) ? change.as(Action.REPLACE_CREATE_FIRST) : change;
  }

  /** Why replacements cannot be made. */
  Collection<Refusal> refusals() {
    return refusals.values();
  }

  private boolean isNewlyHeld(ResourceChange change) {
    Address address = change.address();
    if (createFirst.contains(address) || refusals.containsKey(address)) {
      return false;
    }
    Set<Address> fast = holders(address, Flag.HOLDS_FAST);
    if (!fast.isEmpty()) {
      return refuse(
          address, fast, ", which cannot let go of it while something lives there. " + ANOTHER);
    }
    Set<Address> holders = holders(address, Flag.HOLDS);
    holders.addAll(madeOf(address));
    Optional<Attribute> taken = taken(change);
    if (!holders.isEmpty() && taken.isPresent()) {
      return refuse(
          address,
          holders,
          String.format(
              Locale.ROOT,
              ", and AWS does not delete what is in use. Change %s as well: then the new one"
                  + " is made first, what uses the old one takes it, and the old one goes last.",
              taken.get().name()));
    }
    return (!holders.isEmpty() || (isBound(address) && taken.isEmpty()))
        && createFirst.add(address);
  }

  private boolean refuse(Address address, Set<Address> holders, String why) {
    String who = holders.stream().map(Address::toString).collect(Collectors.joining(", "));
    refusals.put(
        address,
        new Refusal(
            "PLAN-022",
            address,
            String.format(Locale.ROOT, "It has to be replaced, but is in use by %s%s", who, why)));
    return true;
  }

  /** Who stays, uses the object now and is to use what takes its place. */
  private Set<Address> holders(Address address, Flag flag) {
    Set<Address> holders = new TreeSet<>();
    for (Resource user : declared) {
      ResourceChange change = decided.get(user.address());
      boolean stays =
          change == null || change.action() == Action.NO_OP || change.action() == Action.UPDATE;
      if (stays
          && attributes(user.address()).stream()
              .filter(attribute -> attribute.is(flag))
              .filter(attribute -> references.targets(user, attribute.name()).contains(address))
              .anyMatch(attribute -> uses(user.address(), attribute, address))) {
        holders.add(user.address());
      }
    }
    return holders;
  }

  /** A resource that this plan leaves out was not looked at; it may well use the object. */
  private boolean uses(Address user, Attribute attribute, Address used) {
    Optional<Live> live = snapshot.find(user);
    if (!decided.containsKey(user)) {
      return true;
    }
    Set<String> names = new TreeSet<>();
    snapshot
        .find(used)
        .ifPresent(
            object -> {
              names.add(object.identifier());
              object.attributes().text("arn").ifPresent(names::add);
            });
    boolean[] found = {false};
    live.flatMap(object -> object.attributes().get(attribute.name()))
        .ifPresent(
            value ->
                value.mapLeaves(
                    leaf -> {
                      found[0] |= names.contains(leaf.toString());
                      return leaf;
                    }));
    return found[0];
  }

  /** What is made first and refers to the object, so that its old half needs the old one. */
  private Set<Address> madeOf(Address address) {
    Set<Address> users = new TreeSet<>();
    for (Address user : createFirst) {
      ResourceChange change = decided.get(user);
      if (change != null && references.targets(change.resource()).contains(address)) {
        users.add(user);
      }
    }
    return users;
  }

  /** Whether it is made of something that is made first and cannot change over. */
  private boolean isBound(Address address) {
    ResourceChange change = decided.get(address);
    return change != null
        && attributes(address).stream()
            .filter(attribute -> attribute.is(Flag.IMMUTABLE))
            .flatMap(attribute -> references.targets(change.resource(), attribute.name()).stream())
            .anyMatch(createFirst::contains);
  }

  /** The value that the new object would share with the old one although it must not. */
  private Optional<Attribute> taken(ResourceChange change) {
    return attributes(change.address()).stream()
        .filter(attribute -> attribute.is(Flag.IDENTIFIER) || attribute.is(Flag.UNIQUE))
        .filter(attribute -> !change.changes(attribute.name()))
        .findFirst();
  }

  private List<Attribute> attributes(Address address) {
    return registry.type(address.type()).schema().attributes();
  }
}

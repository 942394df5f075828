package dev.pgbound.engine.adopt;

import dev.pgbound.engine.plan.LiveNames;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.ResourceType.Implied;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects of an account that make up one migration, found from its replication instances: what
 * they name, what is a part of these, and so on. An object that others use as well, or that its
 * type warns of, belongs to the setup without being taken over: it is looked up.
 */
final class Setup {

  /**
   * Why an object is left to others.
   *
   * @param shared whether what it uses is then used by others, too
   */
  private record Left(String why, boolean shared) {}

  private final Survey survey;
  private final String migration;
  private final Set<Survey.Key> heads;
  private final Set<Survey.Key> start;
  private final Set<Survey.Key> otherHeads;
  private final Map<Survey.Key, Set<Survey.Key>> named = new LinkedHashMap<>();
  private final Map<Survey.Key, Set<Survey.Key>> parts = new TreeMap<>();
  private final Set<Survey.Key> partsOfEverything = new TreeSet<>();
  private final Map<Survey.Key, Left> left = new TreeMap<>();
  private Set<Survey.Key> members = Set.of();

  /**
   * @param migration the migration that the setup becomes
   * @param heads the replication instances whose setup is meant
   * @param also objects that belong to it although nothing shows that
   */
  Setup(Survey survey, String migration, Set<Survey.Key> heads, Set<Survey.Key> also) {
    this.survey = survey;
    this.migration = migration;
    this.heads = heads;
    start = new LinkedHashSet<>(heads);
    start.addAll(also);
    otherHeads = new TreeSet<>(heads(survey));
    otherHeads.removeAll(heads);
    relate();
    members = reach();
    survey.complete(members);
    relate();
    judge();
  }

  /** The objects from which setups are found. */
  static List<Survey.Key> heads(Survey survey) {
    return survey.objects().keySet().stream()
        .filter(key -> survey.schema(key).relations().head())
        .toList();
  }

  /** The objects to take over. */
  List<Survey.Key> owned() {
    return members.stream().filter(key -> !left.containsKey(key)).toList();
  }

  /** The objects that are looked up, and why: those that the owned ones name. */
  Map<Survey.Key, String> existing() {
    Set<Survey.Key> needed = new TreeSet<>();
    owned().forEach(key -> needed.addAll(named(key)));
    return because(needed);
  }

  /** Parts of owned objects that are neither taken over nor needed, and why. */
  Map<Survey.Key, String> leftOut() {
    Set<Survey.Key> unneeded = new TreeSet<>();
    owned().forEach(key -> unneeded.addAll(parts(key)));
    unneeded.removeAll(existing().keySet());
    return because(unneeded);
  }

  private Map<Survey.Key, String> because(Set<Survey.Key> keys) {
    Map<Survey.Key, String> because = new TreeMap<>();
    members.stream()
        .filter(keys::contains)
        .forEach(
            key -> Optional.ofNullable(left.get(key)).ifPresent(l -> because.put(key, l.why())));
    return because;
  }

  /** Reads off the live values who names whom and who is a part of what. */
  private void relate() {
    named.clear();
    parts.clear();
    partsOfEverything.clear();
    LiveNames<Survey.Key> names = survey.names();
    Map<Address, Survey.Key> byAddress = new LinkedHashMap<>();
    List<Declared> all = new ArrayList<>();
    survey
        .objects()
        .forEach(
            (key, live) -> {
              Address address = new Address(key.type(), "n" + byAddress.size());
              byAddress.put(address, key);
              all.add(new Declared(address, live.attributes()));
            });
    for (Declared declared : all) {
      Survey.Key key = byAddress.getOrDefault(declared.address(), new Survey.Key("", ""));
      ResourceSchema schema = survey.schema(key);
      Live live = survey.live(key);
      Set<Survey.Key> uses = new LinkedHashSet<>(names.namedBy(schema, live));
      if (schema.ownership() == Ownership.TAGGED) {
        survey.type(key).worksWith(declared, all).stream()
            .map(Implied::dependency)
            .map(byAddress::get)
            .forEach(uses::add);
      }
      uses.remove(key);
      named.put(key, uses);
      List<String> partOf = schema.relations().partOf();
      names
          .namedBy(schema, partOf, live)
          .forEach(whole -> parts.computeIfAbsent(whole, k -> new TreeSet<>()).add(key));
      boolean ofEverything =
          partOf.stream()
              .anyMatch(
                  name -> live.attributes().has(name) && live.attributes().items(name).isEmpty());
      if (ofEverything) {
        partsOfEverything.add(key);
      }
    }
  }

  private Set<Survey.Key> named(Survey.Key key) {
    return named.getOrDefault(key, Set.of());
  }

  private Set<Survey.Key> parts(Survey.Key key) {
    return parts.getOrDefault(key, Set.of());
  }

  /** The objects that are reached from the heads; what is left to others leads nowhere. */
  private Set<Survey.Key> reach() {
    Set<Survey.Key> reached = new LinkedHashSet<>();
    Deque<Survey.Key> open = new ArrayDeque<>(start);
    if (otherHeads.isEmpty()) {
      open.addAll(partsOfEverything);
    }
    while (!open.isEmpty()) {
      Survey.Key key = open.remove();
      if (isElsewhere(key) || !reached.add(key) || left.containsKey(key)) {
        continue;
      }
      if (survey.schema(key).ownership() == Ownership.TAGGED) {
        open.addAll(named(key));
      }
      open.addAll(parts(key));
    }
    // What goes with other objects stands only where all of them stand.
    reached.removeIf(
        key ->
            survey.schema(key).ownership() == Ownership.BY_PARENT
                && (!reached.containsAll(named(key)) || !isReady(key)));
    return reached;
  }

  private boolean isReady(Survey.Key key) {
    return survey.live(key).health().state() == Live.State.READY;
  }

  /** Whether an object is the head of another setup, or a part of one. */
  private boolean isElsewhere(Survey.Key key) {
    return otherHeads.contains(key)
        || otherHeads.stream().anyMatch(head -> parts(head).contains(key));
  }

  /** Decides what is left to others until nothing more follows from it. */
  private void judge() {
    for (Survey.Key key : members) {
      Live live = survey.live(key);
      Optional<String> owner = live.tag(Live.MIGRATION_TAG).filter(name -> !name.equals(migration));
      if (owner.isPresent()) {
        left.put(key, new Left("it belongs to the migration " + owner.get(), true));
      } else if (!heads.contains(key)) {
        survey
            .type(key)
            .objection(live, survey.context())
            .ifPresent(why -> left.put(key, new Left(why, false)));
      }
    }
    int before;
    do {
      before = left.size();
      spread();
      members = reach();
      leaveToOutsiders();
    } while (left.size() > before);
    members = Collections.unmodifiableSet(new TreeSet<>(reach()));
  }

  /** Parts of what is left alone are left alone, and so is what a shared object uses. */
  private void spread() {
    Deque<Survey.Key> open = new ArrayDeque<>(left.keySet());
    while (!open.isEmpty()) {
      Survey.Key key = open.remove();
      Left why = left.getOrDefault(key, new Left("", false));
      for (Survey.Key part : parts(key)) {
        String because = String.format(Locale.ROOT, "it is a part of %s (%s)", key, why.why());
        leave(part, new Left(because, why.shared()), open);
      }
      if (why.shared()) {
        for (Survey.Key used : named(key)) {
          leave(used, new Left(key + " uses it as well", true), open);
        }
      }
    }
  }

  private void leaveToOutsiders() {
    for (Survey.Key outsider : survey.objects().keySet()) {
      Set<Survey.Key> used = new TreeSet<>(named(outsider));
      used.retainAll(members);
      boolean counts =
          !members.contains(outsider)
              && !left.containsKey(outsider)
              && !used.isEmpty()
              && survey.schema(outsider).ownership() == Ownership.TAGGED
              && survey.type(outsider).objection(survey.live(outsider), survey.context()).isEmpty();
      if (counts) {
        String why = String.format(Locale.ROOT, "%s uses it as well", outsider);
        used.forEach(key -> leave(key, new Left(why, true), new ArrayDeque<>()));
      }
    }
  }

  private void leave(Survey.Key key, Left why, Deque<Survey.Key> open) {
    if (!start.contains(key) && !survey.isShared(key) && left.putIfAbsent(key, why) == null) {
      open.add(key);
    }
  }
}

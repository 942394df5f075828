package dev.pgbound.engine.adopt;

import dev.pgbound.engine.adopt.AdoptionException.Kind;
import dev.pgbound.engine.adopt.Checking.Loader;
import dev.pgbound.engine.config.Template;
import dev.pgbound.engine.config.YamlWriter;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Normal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Guess;
import dev.pgbound.engine.sections.Guess.Thing;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shortest file whose plan is empty for one setup. Everything can be written as
 * resources; sections are guessed, expanded, compared with what is there, and used where they make
 * the file shorter. Each file is read again as any other before it is believed.
 */
final class Drafting {

  private static final int MOST_ROUNDS = 12;
  private static final int LONGEST_NAME = 31;

  private final Registry registry;
  private final Survey survey;
  private final Setup setup;
  private final String migration;
  private final Checking checking;
  private final Map<Survey.Key, String> existing = new TreeMap<>();
  private final Map<Survey.Key, String> leftOut = new TreeMap<>();
  private final Map<Survey.Key, Set<String>> unsaid = new TreeMap<>();

  Drafting(Registry registry, Survey survey, Setup setup, String migration, Loader loader) {
    this.registry = registry;
    this.survey = survey;
    this.setup = setup;
    this.migration = migration;
    checking = new Checking(registry, survey, loader);
    existing.putAll(setup.existing());
    leftOut.putAll(setup.leftOut());
  }

  /** A file in the making. */
  private record Candidate(Fields root, Map<Survey.Key, Address> addresses) {}

  Draft draft() {
    forgetWhatNobodyNeeds();
    String best = text(plain());
    List<Set<String>> fitting = new ArrayList<>();
    for (Set<String> names : sectionSets()) {
      boolean isLess = fitting.stream().anyMatch(other -> other.containsAll(names));
      Optional<Candidate> candidate = isLess ? Optional.empty() : withSections(names);
      if (candidate.isPresent()) {
        String text = text(candidate.get());
        if (checking.check(text, candidate.get().addresses()).isClean()) {
          fitting.add(names);
          best = text.lines().count() < best.lines().count() ? text : best;
        }
      }
    }
    List<String> words = new ArrayList<>();
    leftOut.forEach((key, why) -> words.add(key + ": " + why));
    return new Draft(migration, best, count(), existing.size(), words);
  }

  /** How many objects get tags. */
  private int count() {
    return Math.toIntExact(
        owned().stream()
            .filter(key -> survey.schema(key).ownership() == Ownership.TAGGED)
            .filter(key -> !survey.isShared(key))
            .count());
  }

  /** What only values name that no file has to say, such as the defaults of AWS. */
  private void forgetWhatNobodyNeeds() {
    Map<Survey.Key, Address> addresses = Names.choose(survey, migration, all(), tagged(), Set.of());
    Blocks blocks = blocks(addresses);
    owned().forEach(blocks::owned);
    Set<Address> referred = blocks.referred();
    existing.keySet().removeIf(key -> !referred.contains(addresses.get(key)));
  }

  private List<Survey.Key> owned() {
    return setup.owned().stream()
        .filter(key -> !existing.containsKey(key) && !leftOut.containsKey(key))
        .toList();
  }

  private Set<Survey.Key> all() {
    Set<Survey.Key> all = new TreeSet<>(owned());
    all.addAll(existing.keySet());
    return all;
  }

  /** The file as resources; what cannot be declared is taken out until the rest can. */
  private Candidate plain() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Map<Survey.Key, Address> addresses =
          Names.choose(survey, migration, all(), tagged(), Set.of());
      Candidate candidate =
          new Candidate(head().with("resources", resources(addresses, Set.of())), addresses);
      Checking.Result result = checking.check(text(candidate), addresses);
      if (result.isClean()) {
        return candidate;
      }
      if (result.errors().isEmpty() && result.elsewhere().isPresent()) {
        throw new IllegalStateException(result.elsewhere().get());
      }
      Map<Address, Survey.Key> keys = new LinkedHashMap<>();
      addresses.forEach((key, address) -> keys.put(address, key));
      result.errors().forEach((address, why) -> give(keys.get(address), why));
      result.differences().forEach((address, changes) -> withdraw(keys.get(address), changes));
    }
    throw new IllegalStateException("the file does not come to rest");
  }

  /** The addresses that the migration's own tags name: its file was lost. */
  private Map<Survey.Key, Address> tagged() {
    Map<Survey.Key, Address> tagged = new TreeMap<>();
    for (Survey.Key key : owned()) {
      Live live = survey.live(key);
      live.address()
          .filter(address -> live.isOwnedBy(migration))
          .filter(address -> address.type().equals(key.type()))
          .filter(address -> !tagged.containsValue(address))
          .ifPresent(address -> tagged.put(key, address));
    }
    return tagged;
  }

  /** An object that cannot be declared is looked up where others need it, else left out. */
  private void give(Survey.@Nullable Key key, String why) {
    if (key == null || leftOut.containsKey(key)) {
      throw new IllegalStateException(why);
    }
    boolean needed =
        !existing.containsKey(key)
            && owned().stream().anyMatch(user -> !user.equals(key) && uses(user, key));
    existing.remove(key);
    (needed ? existing : leftOut).put(key, "it cannot be declared. " + why);
  }

  private boolean uses(Survey.Key user, Survey.Key used) {
    return survey.names().namedBy(survey.schema(user), survey.live(user)).contains(used);
  }

  /** Attributes that do not read back as they are declared are not declared. */
  private void withdraw(Survey.@Nullable Key key, List<AttributeChange> changes) {
    if (key == null) {
      throw new IllegalStateException("a difference without an object");
    }
    for (AttributeChange change : changes) {
      boolean required =
          survey
              .schema(key)
              .attribute(change.attribute())
              .filter(attribute -> attribute.is(Flag.REQUIRED) || attribute.is(Flag.IDENTIFIER))
              .isPresent();
      Set<String> names = unsaid.computeIfAbsent(key, k -> new HashSet<>());
      if (required || !names.add(change.attribute())) {
        give(key, "It does not read back as declared: " + Checking.attributes(changes));
        return;
      }
    }
  }

  private Fields head() {
    var account = survey.context().account();
    return Fields.NONE
        .with("version", Value.of(1))
        .with("migration", migration)
        .with("region", account.region())
        .with("account", account.id());
  }

  private Blocks blocks(Map<Survey.Key, Address> addresses) {
    return new Blocks(survey, migration, addresses, new References(registry), unsaid);
  }

  /** All objects as resources but those that the sections stand for. */
  private Fields resources(Map<Survey.Key, Address> addresses, Set<Survey.Key> inSections) {
    Blocks blocks = blocks(addresses);
    Map<String, Map<String, Value>> byType = new LinkedHashMap<>();
    registry.names().forEach(type -> byType.put(type, new TreeMap<>()));
    addresses.forEach(
        (key, address) -> {
          if (!inSections.contains(key)) {
            Fields block = existing.containsKey(key) ? blocks.existing(key) : blocks.owned(key);
            byType.computeIfAbsent(key.type(), t -> new TreeMap<>()).put(address.name(), block);
          }
        });
    byType.values().removeIf(Map::isEmpty);
    Fields resources = Fields.NONE;
    for (Map.Entry<String, Map<String, Value>> type : byType.entrySet()) {
      resources = resources.with(type.getKey(), new Fields(type.getValue()));
    }
    return resources;
  }

  /** Sets of sections that can be expanded, each with all that its sections need, large first. */
  private List<Set<String>> sectionSets() {
    List<String> names = List.copyOf(guess().sections().keySet());
    List<Set<String>> sets = new ArrayList<>();
    for (int bits = 1; bits < 1 << names.size(); bits++) {
      Set<String> set = new TreeSet<>();
      for (int i = 0; i < names.size(); i++) {
        if ((bits >> i & 1) == 1) {
          set.add(names.get(i));
        }
      }
      if (set.stream().allMatch(name -> set.containsAll(Guess.needs(name)))) {
        sets.add(set);
      }
    }
    sets.sort(Comparator.comparingInt(set -> -set.size()));
    return sets;
  }

  private Guess guess() {
    List<Thing> things = new ArrayList<>();
    for (Survey.Key key : all()) {
      ResourceSchema schema = survey.schema(key);
      Live live = survey.live(key);
      things.add(
          new Thing(
              key.type(),
              key.identifier(),
              typed(schema, live.attributes()),
              typed(schema, survey.type(key).describe(live)),
              existing.containsKey(key)));
    }
    return new Guess(things, migration, survey.context().account().region());
  }

  private static Fields typed(ResourceSchema schema, Fields values) {
    Fields typed = values;
    for (Attribute attribute : schema.attributes()) {
      Optional<Value> value = values.get(attribute.name());
      if (value.isPresent()) {
        typed = typed.with(attribute.name(), Normal.typed(attribute.type(), value.get()));
      }
    }
    return typed;
  }

  private Optional<Candidate> withSections(Set<String> names) {
    Guess guess = guess();
    Fields root = head();
    for (Map.Entry<String, Value> section : guess.sections().entrySet()) {
      if (names.contains(section.getKey())) {
        root = root.with(section.getKey(), escaped(section.getValue()));
      }
    }
    Optional<ShortForm> form = ShortForm.of(registry, survey, root, all());
    if (form.isEmpty()) {
      return Optional.empty();
    }
    Map<Survey.Key, Address> addresses =
        Names.choose(survey, migration, all(), form.get().addresses(), form.get().reserved());
    Optional<Map<String, Value>> overrides =
        form.get().overrides(blocks(addresses), existing.keySet(), checking, guess.covered());
    if (overrides.isEmpty()) {
      return Optional.empty();
    }
    Fields rest = resources(addresses, form.get().addresses().keySet());
    root = rest.fields().isEmpty() ? root : root.with("resources", rest);
    root = overrides.get().isEmpty() ? root : root.with("overrides", new Fields(overrides.get()));
    return Optional.of(new Candidate(root, addresses));
  }

  private static Value escaped(Value section) {
    return section.mapLeaves(
        leaf -> leaf instanceof Value.Text text ? Value.of(Template.escape(text.text())) : leaf);
  }

  private String text(Candidate candidate) {
    StringBuilder text = new StringBuilder();
    text.append("# yaml-language-server: $schema=migration.schema.json\n");
    text.append(
        YamlWriter.write(
            candidate.root(),
            Remarks.of(survey, candidate.root(), candidate.addresses(), existing)));
    if (!leftOut.isEmpty()) {
      text.append("\n# Not in this file:\n");
      leftOut.forEach((key, why) -> YamlWriter.comment(text, "", "- " + key + ": " + why));
    }
    return text.toString();
  }

  /** The names that a migration may take from an object's: whole, or its first words. */
  static List<String> migrationNames(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
    List<String> names = new ArrayList<>();
    for (int end = slug.length(); end > 0; end = slug.lastIndexOf('-', end - 1)) {
      String name = slug.substring(0, end);
      if (name.length() <= LONGEST_NAME) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The setups that are meant: of these heads, or the only one that there is.
   *
   * @param wanted identifiers of heads
   * @param isAlone whether a setup may have no head, because its objects are named
   */
  static Set<Survey.Key> heads(Survey survey, List<String> wanted, boolean isAlone) {
    List<Survey.Key> heads = Setup.heads(survey);
    Set<Survey.Key> chosen = new TreeSet<>();
    for (String name : wanted) {
      List<Survey.Key> found =
          heads.stream()
              .filter(
                  key ->
                      key.identifier().equalsIgnoreCase(name)
                          || survey.live(key).attributes().text("arn").equals(Optional.of(name)))
              .toList();
      if (found.isEmpty()) {
        throw new AdoptionException(
            Kind.SAY_MORE,
            "There is no replication instance " + name + ". " + there(survey, heads));
      }
      chosen.addAll(found);
    }
    if (heads.isEmpty() && !isAlone) {
      throw new AdoptionException(
          Kind.NOTHING_THERE,
          "There is no replication instance in account "
              + survey.context().account().id()
              + ", "
              + survey.context().account().region()
              + ", from which a setup could be found. Check the account and the region.");
    }
    if (wanted.isEmpty() && heads.size() > 1) {
      throw new AdoptionException(
          Kind.SAY_MORE,
          "There are several setups; say which one with --instance, or several at once. "
              + there(survey, heads));
    }
    return chosen.isEmpty() ? new TreeSet<>(heads) : chosen;
  }

  private static String there(Survey survey, List<Survey.Key> heads) {
    List<String> words = new ArrayList<>();
    for (Survey.Key head : heads) {
      long parts =
          survey.objects().entrySet().stream()
              .filter(entry -> survey.schema(entry.getKey()).relations().partOf().size() == 1)
              .filter(
                  entry ->
                      survey
                          .names()
                          .namedBy(
                              survey.schema(entry.getKey()),
                              survey.schema(entry.getKey()).relations().partOf(),
                              entry.getValue())
                          .contains(head))
              .count();
      words.add(head.identifier() + " (" + parts + (parts == 1 ? " part)" : " parts)"));
    }
    return words.isEmpty()
        ? "There is none at all."
        : "There are: " + String.join(", ", words) + ".";
  }
}

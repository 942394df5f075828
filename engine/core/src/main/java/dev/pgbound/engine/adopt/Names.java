package dev.pgbound.engine.adopt;

import dev.pgbound.engine.plan.LiveNames;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the objects of a setup their addresses: short ones, from which the name of an object
 * follows wherever it can, so that the file need not say it.
 */
final class Names {

  private final Survey survey;
  private final String migration;
  private final LiveNames<Survey.Key> liveNames;
  private final Map<Survey.Key, Address> addresses;
  private final Set<Address> taken;

  private Names(Survey survey, String migration, Map<Survey.Key, Address> given) {
    this.survey = survey;
    this.migration = migration;
    liveNames = survey.names();
    addresses = new LinkedHashMap<>(given);
    taken = new HashSet<>(given.values());
  }

  /**
   * The addresses of all objects.
   *
   * @param given those that are decided already
   * @param reserved addresses that no further object may get
   */
  static Map<Survey.Key, Address> choose(
      Survey survey,
      String migration,
      Collection<Survey.Key> keys,
      Map<Survey.Key, Address> given,
      Set<Address> reserved) {
    Names names = new Names(survey, migration, given);
    names.taken.addAll(reserved);
    Map<String, List<Survey.Key>> byType = new LinkedHashMap<>();
    keys.stream()
        .filter(key -> !given.containsKey(key))
        .sorted(Comparator.comparing(names::order))
        .forEach(
            key -> byType.computeIfAbsent(key.type(), t -> new java.util.ArrayList<>()).add(key));
    // What goes with other objects is called like them.
    byType.values().stream().filter(all -> !names.goesAlong(all)).forEach(names::name);
    byType.values().stream().filter(names::goesAlong).forEach(names::name);
    return names.addresses;
  }

  private boolean goesAlong(List<Survey.Key> keys) {
    return survey.schema(keys.get(0)).ownership() == Ownership.BY_PARENT;
  }

  /** Objects with chosen names by these, others by what they are. */
  private String order(Survey.Key key) {
    return chosenName(key).orElseGet(() -> survey.type(key).describe(survey.live(key)).toString());
  }

  private Optional<String> chosenName(Survey.Key key) {
    return survey.schema(key).attributes().stream()
        .filter(attribute -> attribute.is(Flag.IDENTIFIER) || attribute.is(Flag.NAME))
        .findFirst()
        .flatMap(attribute -> survey.live(key).attributes().text(attribute.name()));
  }

  private void name(List<Survey.Key> keys) {
    for (int i = 0; i < keys.size(); i++) {
      Survey.Key key = keys.get(i);
      String name = name(key);
      if (name.isEmpty()) {
        name = keys.size() == 1 ? "main" : letter(i);
      }
      put(key, name);
    }
  }

  private String name(Survey.Key key) {
    ResourceSchema schema = survey.schema(key);
    Live live = survey.live(key);
    if (schema.ownership() == Ownership.BY_PARENT) {
      return liveNames.namedBy(schema, schema.relations().partOf(), live).stream()
          .map(addresses::get)
          .filter(address -> address != null)
          .map(Address::name)
          .findFirst()
          .orElse("");
    }
    return chosenName(key)
        .map(this::own)
        .orElseGet(() -> live.tag("Name").map(name -> withoutType(own(name), key)).orElse(""));
  }

  /** A text as a name, without the name of the migration, which the object's name begins with. */
  private String own(String text) {
    String slug = slug(text);
    String beginning = migration.toLowerCase(Locale.ROOT);
    if (slug.equals(beginning)) {
      return "main";
    }
    String rest = slug.startsWith(beginning + "-") ? slug.substring(beginning.length() + 1) : slug;
    return Address.isName(rest) ? rest : "";
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_-]+", "-")
        .replaceAll("^[-_]+|-+$", "");
  }

  private static String withoutType(String name, Survey.Key key) {
    String rest =
        name.equals(key.type())
            ? "main"
            : name.replaceFirst("^" + key.type() + "-", "")
                .replaceFirst("-" + key.type() + "$", "");
    return Address.isName(rest) ? rest : name;
  }

  private static String letter(int index) {
    return index < 26 ? String.valueOf((char) ('a' + index)) : "n" + index;
  }

  private void put(Survey.Key key, String name) {
    Address address = new Address(key.type(), name);
    for (int n = 2; !taken.add(address); n++) {
      address = new Address(key.type(), name + "-" + n);
    }
    addresses.put(key, address);
  }
}

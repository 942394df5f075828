package dev.pgbound.engine.adopt;

import dev.pgbound.engine.config.Reference;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.Normal;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds the objects that declared resources stand for where no name and no tag says it: by what
 * others name in their place, and by what is declared of them. A subnet is the one that its subnet
 * group lists and that has its range.
 */
final class Finder {

  private final Survey survey;
  private final References references;
  private final Map<Address, Resource> resources = new HashMap<>();
  private final Map<Address, Live> known;

  /**
   * @param known the objects of resources that are sure
   */
  Finder(Registry registry, Survey survey, List<Resource> resources, Map<Address, Live> known) {
    this.survey = survey;
    references = new References(registry);
    resources.forEach(resource -> this.resources.put(resource.address(), resource));
    this.known = new HashMap<>(known);
  }

  /** The objects of these resources, as far as only one object can be meant. */
  Map<Address, Live> find(Set<Address> wanted) {
    Map<Address, Live> found = new TreeMap<>();
    int before;
    do {
      before = found.size();
      for (Address address : wanted) {
        if (!found.containsKey(address)) {
          one(address)
              .ifPresent(
                  live -> {
                    found.put(address, live);
                    known.put(address, live);
                  });
        }
      }
    } while (found.size() > before);
    return found;
  }

  private Optional<Live> one(Address address) {
    List<Live> candidates = candidates(address);
    if (candidates.size() > 1) {
      candidates =
          candidates.stream().filter(live -> differences(address, live).isEmpty()).toList();
    }
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** The objects that a resource may stand for. */
  List<Live> candidates(Address address) {
    Predicate<Live> isNamed = namedByDependents(address);
    return survey.objects().entrySet().stream()
        .filter(entry -> entry.getKey().type().equals(address.type()))
        .map(Map.Entry::getValue)
        .filter(live -> known.values().stream().noneMatch(other -> isSame(other, live)))
        .filter(isNamed)
        .filter(
            live ->
                differences(address, live).stream().noneMatch(AttributeChange::forcesReplacement))
        .toList();
  }

  private static boolean isSame(Live one, Live other) {
    return one.identifier().equals(other.identifier());
  }

  /** What is known to differ; what depends on an object that is not found yet does not count. */
  private List<AttributeChange> differences(Address address, Live live) {
    Resource resource = resources.get(address);
    if (resource == null) {
      return List.of();
    }
    Fields desired =
        references.resolve(
            resource.attributes(), to -> Optional.ofNullable(known.get(to)).map(Live::attributes));
    ResourceSchema schema = survey.schema(new Survey.Key(address.type(), live.identifier()));
    return Differ.compare(schema, desired, live).stream()
        .filter(change -> change.after().filter(Value::isUnknown).isEmpty())
        .toList();
  }

  /** Whether the resources that refer to this one name the object in its place. */
  private Predicate<Live> namedByDependents(Address address) {
    Predicate<Live> named = live -> true;
    for (Map.Entry<Address, Live> dependent : known.entrySet()) {
      Resource resource = resources.get(dependent.getKey());
      if (resource == null) {
        continue;
      }
      for (References.Found found : References.in(resource.attributes())) {
        boolean refers =
            found.expression().reference() instanceof Reference.ToResource to
                && to.address().equals(address);
        Set<String> texts = new HashSet<>();
        dependent
            .getValue()
            .attributes()
            .get(found.path().segments().get(0))
            .ifPresent(value -> value.mapLeaves(leaf -> keep(leaf, texts)));
        if (refers && !texts.isEmpty()) {
          named =
              named.and(
                  live ->
                      texts.contains(live.identifier())
                          || live.attributes().text("arn").filter(texts::contains).isPresent());
        }
      }
    }
    return named;
  }

  private static Value keep(Value leaf, Set<String> texts) {
    texts.add(leaf.toString());
    return leaf;
  }

  /** The object that somebody calls so: by identifier, by ARN or by name. */
  static Optional<Live> called(Survey survey, String type, String identifier) {
    return survey.objects().entrySet().stream()
        .filter(entry -> entry.getKey().type().equals(type))
        .filter(entry -> isCalled(survey.schema(entry.getKey()), entry.getValue(), identifier))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isCalled(ResourceSchema schema, Live live, String identifier) {
    Optional<Attribute> name = schema.identifier();
    Value text = Value.of(identifier);
    return live.identifier().equals(identifier)
        || live.attributes().get("arn").equals(Optional.of(text))
        || (name.isPresent()
            && live.attributes()
                .get(name.get().name())
                .map(value -> Normal.of(name.get(), value))
                .equals(Optional.of(Normal.of(name.get(), text))));
  }
}

package dev.pgbound.engine.adopt;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.engine.config.YamlWriter;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.schema.MetaAttributes;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.engine.sections.Sections;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sections of a file that stand for objects of a setup: which object each of their resources means,
 * and what has to be overridden so that it means exactly this one.
 */
final class ShortForm {

  private final Survey survey;
  private final List<Resource> resources;
  private final References references;
  private final Map<Survey.Key, Address> addresses = new LinkedHashMap<>();
  private final Map<Address, Fields> outputs = new LinkedHashMap<>();

  private ShortForm(Registry registry, Survey survey, List<Resource> resources) {
    this.survey = survey;
    references = new References(registry);
    this.resources = resources;
  }

  /**
   * The objects that sections stand for; empty where they stand for more than there is.
   *
   * @param root a file of nothing but sections
   */
  static Optional<ShortForm> of(
      Registry registry, Survey survey, Fields root, Collection<Survey.Key> setup) {
    Diagnostics sink = new Diagnostics();
    Optional<Document> document = YamlReader.read("draft", YamlWriter.write(root, Map.of()), sink);
    if (document.isEmpty()) {
      return Optional.empty();
    }
    ShortForm form =
        new ShortForm(
            registry, survey, Sections.expand(document.get(), registry, sink).resources());
    return !sink.hasErrors() && form.match(new ArrayList<>(setup))
        ? Optional.of(form)
        : Optional.empty();
  }

  /** The address that the sections give to each object that they stand for. */
  Map<Survey.Key, Address> addresses() {
    return addresses;
  }

  /** Every address that the sections stand for. */
  Set<Address> reserved() {
    return resources.stream().map(Resource::address).collect(Collectors.toSet());
  }

  private boolean match(List<Survey.Key> open) {
    for (Resource resource : resources) {
      Optional<Survey.Key> key = nearest(resource, open);
      if (key.isEmpty()) {
        return false;
      }
      open.remove(key.get());
      addresses.put(key.get(), resource.address());
      outputs.put(resource.address(), survey.live(key.get()).attributes());
    }
    return true;
  }

  /** The object of the type that differs least from what the resource declares. */
  private Optional<Survey.Key> nearest(Resource resource, List<Survey.Key> open) {
    Optional<Survey.Key> nearest = Optional.empty();
    int least = Integer.MAX_VALUE;
    for (Survey.Key key : open) {
      if (key.type().equals(resource.address().type())) {
        int distance = distance(resource, key);
        if (distance < least) {
          least = distance;
          nearest = Optional.of(key);
        }
      }
    }
    return nearest;
  }

  private int distance(Resource resource, Survey.Key key) {
    Fields live = survey.live(key).attributes();
    Optional<Fields> selector = resource.meta().existing();
    if (selector.isPresent()) {
      return live.fields().entrySet().containsAll(selector.get().fields().entrySet())
          ? 0
          : Integer.MAX_VALUE;
    }
    Fields declared =
        references.resolve(
            resource.attributes(), address -> Optional.ofNullable(outputs.get(address)));
    return Differ.compare(survey.schema(key), declared, survey.live(key)).size();
  }

  /**
   * What has to be overridden, by address; empty where no override helps.
   *
   * @param existing the objects that are only looked up
   * @param covered attributes, as {@code type.name}, that the sections say in another way
   */
  Optional<Map<String, Value>> overrides(
      Blocks blocks, Set<Survey.Key> existing, Checking checking, Set<String> covered) {
    Map<Address, List<AttributeChange>> differences = checking.differences(resources, addresses);
    Map<Address, Survey.Key> keys = new LinkedHashMap<>();
    addresses.forEach((key, address) -> keys.put(address, key));
    Map<String, Value> overrides = new LinkedHashMap<>();
    for (Resource resource : resources) {
      Survey.Key key = keys.get(resource.address());
      boolean lookedUp = resource.meta().management() == Management.EXISTING;
      if (key == null || (lookedUp && !existing.contains(key))) {
        return Optional.empty();
      }
      if (lookedUp) {
        continue;
      }
      Set<String> changed =
          differences.getOrDefault(resource.address(), List.of()).stream()
              .map(AttributeChange::attribute)
              .collect(Collectors.toSet());
      Optional<Fields> override =
          existing.contains(key)
              ? Optional.of(blocks.existing(key))
              : override(resource, blocks.owned(key, changed), changed, covered);
      if (override.isEmpty()) {
        return Optional.empty();
      }
      if (!override.get().fields().isEmpty()) {
        overrides.put(resource.address().toString(), override.get());
      }
    }
    return Optional.of(overrides);
  }

  private static Optional<Fields> override(
      Resource resource, Fields block, Set<String> changed, Set<String> covered) {
    boolean shared = block.flag(MetaAttributes.SHARED).orElse(false);
    if (shared != resource.meta().shared()) {
      return Optional.empty();
    }
    if (!block.fields().keySet().containsAll(changed)) {
      return Optional.empty();
    }
    Map<String, Value> override = new LinkedHashMap<>();
    block
        .fields()
        .forEach(
            (name, wanted) -> {
              boolean known =
                  MetaAttributes.NAMES.contains(name)
                      || covered.contains(resource.address().type() + "." + name);
              Optional<Value> declared = resource.attributes().get(name);
              Optional<Value> more =
                  declared.isEmpty()
                      ? Optional.of(wanted).filter(value -> !known)
                      : more(declared.get(), wanted, changed.contains(name));
              more.ifPresent(value -> override.put(name, value));
            });
    return Optional.of(new Fields(override));
  }

  /**
   * What has to be laid over a declared value.
   *
   * @param changed whether values that are declared otherwise count, or only what is not declared
   */
  private static Optional<Value> more(Value declared, Value wanted, boolean changed) {
    if (declared instanceof Fields below && wanted instanceof Fields above) {
      Map<String, Value> more = new LinkedHashMap<>();
      above
          .fields()
          .forEach(
              (name, value) ->
                  (below.has(name)
                          ? more(below.get(name).orElseThrow(), value, changed)
                          : Optional.of(value))
                      .ifPresent(found -> more.put(name, found)));
      return more.isEmpty() ? Optional.empty() : Optional.of(new Fields(more));
    }
    return changed && !declared.equals(wanted) ? Optional.of(wanted) : Optional.empty();
  }
}

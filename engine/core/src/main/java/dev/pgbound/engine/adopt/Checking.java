package dev.pgbound.engine.adopt;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.Resource.Management;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether a file says of the objects of a setup what they are: reads it as any other file. */
final class Checking {

  /** Reads, checks and expands a file; empty when it has errors. */
  interface Loader {
    Optional<Expansion> load(String yaml, Diagnostics sink);
  }

  /**
   * What is wrong with a file.
   *
   * @param errors what cannot be declared, by address
   * @param elsewhere an error that is about no resource; empty for none
   * @param differences what a plan would change, by address
   */
  record Result(
      Map<Address, String> errors,
      Optional<String> elsewhere,
      Map<Address, List<AttributeChange>> differences) {

    boolean isClean() {
      return errors.isEmpty() && elsewhere.isEmpty() && differences.isEmpty();
    }
  }

  private final Registry registry;
  private final Survey survey;
  private final Loader loader;

  Checking(Registry registry, Survey survey, Loader loader) {
    this.registry = registry;
    this.survey = survey;
    this.loader = loader;
  }

  Result check(String yaml, Map<Survey.Key, Address> addresses) {
    Diagnostics sink = new Diagnostics();
    Optional<Expansion> expansion = loader.load(yaml, sink);
    Map<Address, String> errors = new TreeMap<>();
    Optional<String> elsewhere = Optional.empty();
    for (Diagnostic diagnostic : sink.sorted()) {
      if (diagnostic.isError()) {
        String words = diagnostic.summary() + ": " + diagnostic.detail();
        Optional<Address> address = resource(Pointer.parse(diagnostic.pointer()));
        address.ifPresent(found -> errors.putIfAbsent(found, words));
        elsewhere = address.isPresent() ? elsewhere : Optional.of(words);
      }
    }
    Map<Address, List<AttributeChange>> differences =
        expansion.map(found -> differences(found.resources(), addresses)).orElse(Map.of());
    return new Result(errors, elsewhere, differences);
  }

  private static Optional<Address> resource(Pointer at) {
    List<String> path = at.segments();
    return path.size() > 2 && path.get(0).equals("resources") && Address.isName(path.get(2))
        ? Optional.of(new Address(path.get(1), path.get(2)))
        : Optional.empty();
  }

  /** What a plan would change; a resource without an object would be created. */
  Map<Address, List<AttributeChange>> differences(
      List<Resource> resources, Map<Survey.Key, Address> addresses) {
    Map<Address, Value.Fields> outputs = new HashMap<>();
    Map<Address, Survey.Key> keys = new HashMap<>();
    addresses.forEach(
        (key, address) -> {
          outputs.put(address, survey.live(key).attributes());
          keys.put(address, key);
        });
    References references = new References(registry);
    Map<Address, List<AttributeChange>> differences = new TreeMap<>();
    for (Resource resource : resources) {
      Survey.Key key = keys.get(resource.address());
      if (resource.meta().management() == Management.EXISTING || key == null) {
        continue;
      }
      Value.Fields desired =
          references.resolve(
              resource.attributes(), address -> Optional.ofNullable(outputs.get(address)));
      Live live = survey.type(key).assuming(survey.live(key), desired);
      List<AttributeChange> changes = Differ.compare(survey.schema(key), desired, live);
      if (!changes.isEmpty()) {
        differences.put(resource.address(), changes);
      }
    }
    return differences;
  }

  /** The attributes that changes are about, in words. */
  static String attributes(List<AttributeChange> changes) {
    return changes.stream().map(AttributeChange::path).collect(Collectors.joining(", "));
  }
}

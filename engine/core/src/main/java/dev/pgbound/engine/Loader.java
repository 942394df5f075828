package dev.pgbound.engine;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Variables;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.engine.graph.GraphBuilder;
import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.engine.plan.Identity;
import dev.pgbound.engine.policy.Policies;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.schema.SchemaCheck;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.sections.SectionSchemas;
import dev.pgbound.engine.sections.Sections;
import dev.pgbound.engine.tables.SourceTables;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a file from bytes to a checked migration, and reports everything that is wrong at once. */
final class Loader {

  private final Registry registry;
  private final Diagnostics sink;

  Loader(Registry registry, Diagnostics sink) {
    this.registry = registry;
    this.sink = sink;
  }

  /** The migration; empty when {@code sink} has errors. */
  Optional<Migration> load(String file, byte[] bytes, Map<String, String> variables) {
    Optional<Document> read = YamlReader.read(file, bytes, sink);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Document document = Variables.fillIn(read.get(), variables, sink);
    List<Attribute> sections = List.copyOf(SectionSchemas.all().values());
    SchemaCheck.check(document, FileSchema.of(registry.schemas(), sections), sink);
    Expansion expansion = Sections.expand(document, registry, sink);
    expansion.resources().forEach(resource -> check(resource, expansion));
    TableLoading tables =
        new TableLoading(
            document,
            expansion,
            registry,
            address -> new Reporting(expansion.origins(address), sink),
            sink);
    tables.check();
    checkNames(expansion);
    checkTogether(expansion);
    ResourceGraph graph = GraphBuilder.build(registry, expansion, sink);
    Optional<SourceTables> sourceTables = tables.tables(file);
    Policies policies = Policies.read(document, sink);
    Accepting.run(document, sink);
    if (sink.hasErrors()) {
      return Optional.empty();
    }
    Value.Fields root = document.root();
    return Optional.of(
        new Migration(
            file,
            expansion.migration(),
            root.text("region"),
            root.text("account"),
            expansion,
            graph,
            sourceTables,
            policies));
  }

  private void check(Resource resource, Expansion expansion) {
    Optional<ResourceType> type = registry.find(resource.address().type());
    if (type.isPresent() && resource.meta().existing().isEmpty()) {
      Origins origins = expansion.origins(resource.address());
      checkExpanded(type.get().schema(), resource, origins);
      type.get().check(GraphBuilder.declared(resource), new Reporting(origins, sink));
    }
  }

  /** What the resources of a file lack together. */
  private void checkTogether(Expansion expansion) {
    List<ResourceType.Declared> all =
        expansion.resources().stream().map(GraphBuilder::declared).toList();
    for (Resource resource : expansion.resources()) {
      if (resource.meta().existing().isEmpty()) {
        registry
            .find(resource.address().type())
            .ifPresent(
                type ->
                    type.check(
                        GraphBuilder.declared(resource),
                        all,
                        new Reporting(expansion.origins(resource.address()), sink)));
      }
    }
  }

  /**
   * What a section leads to must fit as well: raw settings are part of the section as they are.
   * What is wrong with the section itself has been said there, in its own words.
   */
  private void checkExpanded(ResourceSchema schema, Resource resource, Origins origins) {
    Diagnostics more = new Diagnostics();
    SchemaCheck.check(schema, resource.attributes(), origins.map(), origins::pointer, more);
    more.concealed().forEach(sink::conceal);
    Set<Optional<SourceRange>> said =
        sink.sorted().stream().map(Diagnostic::range).collect(Collectors.toSet());
    more.sorted().stream().filter(one -> !said.contains(one.range())).forEach(sink::add);
  }

  /** AWS knows each name once per type, in lower case for most types. */
  private void checkNames(Expansion expansion) {
    Map<String, Address> taken = new HashMap<>();
    for (Resource resource : expansion.resources()) {
      Address address = resource.address();
      Optional<String> name =
          registry
              .find(address.type())
              .filter(type -> resource.meta().existing().isEmpty())
              .flatMap(
                  type ->
                      Identity.declared(
                          type.schema(), GraphBuilder.declared(resource).attributes()));
      if (name.isEmpty()) {
        continue;
      }
      String place = place(resource);
      Address other = taken.putIfAbsent(address.type() + "/" + place + "/" + name.get(), address);
      if (other != null) {
        Origins origins = expansion.origins(address);
        sink.error(
            Code.SAME_NAME,
            String.format(
                Locale.ROOT,
                "%s and %s are both called \"%s\" in AWS.",
                other,
                address,
                name.get()),
            origins.range(),
            origins.pointer(Pointer.ROOT));
      }
    }
  }

  /** Two databases may each have an object of one name. */
  private String place(Resource resource) {
    return registry
        .find(resource.address().type())
        .flatMap(type -> type.schema().within())
        .flatMap(resource.attributes()::get)
        .map(Value::toString)
        .orElse("");
  }
}

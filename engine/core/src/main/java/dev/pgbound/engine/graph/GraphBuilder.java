package dev.pgbound.engine.graph;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Reference;
import dev.pgbound.engine.config.Template;
import dev.pgbound.engine.graph.ResourceGraph.Edge;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Builds the graph of an expanded file: edges from references, from {@code dependsOn} and from what
 * the resource types know. Reports references that lead nowhere, and circles.
 */
public final class GraphBuilder {

  private final Registry registry;
  private final References references;
  private final Expansion expansion;
  private final Diagnostics sink;
  private final Map<Address, Resource> resources = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Set<List<Address>> related = new HashSet<>();

  private GraphBuilder(Registry registry, Expansion expansion, Diagnostics sink) {
    this.registry = registry;
    this.references = new References(registry);
    this.expansion = expansion;
    this.sink = sink;
    expansion.resources().forEach(resource -> resources.put(resource.address(), resource));
  }

  /** The graph; usable for a plan only when {@code sink} has no errors afterwards. */
  public static ResourceGraph build(Registry registry, Expansion expansion, Diagnostics sink) {
    return new GraphBuilder(registry, expansion, sink).build();
  }

  private ResourceGraph build() {
    for (Resource resource : resources.values()) {
      addReferences(resource);
      addDependsOn(resource);
    }
    addImplied();
    ResourceGraph graph = new ResourceGraph(resources.keySet(), edges);
    reportCycle(graph.cycle());
    return graph;
  }

  private void addReferences(Resource resource) {
    for (References.Found found : References.in(resource.attributes())) {
      Reference reference = found.expression().reference();
      if (reference instanceof Reference.ToResource to) {
        addReference(resource, found, to);
      } else if (reference instanceof Reference.ToEnvironment) {
        checkEnvironment(resource, found);
      }
    }
  }

  private void addReference(Resource resource, References.Found found, Reference.ToResource to) {
    if (!resources.containsKey(to.address())) {
      error(
          Code.UNKNOWN_RESOURCE,
          resource,
          found,
          String.format(
              Locale.ROOT, "There is no resource %s.%s", to.address(), nearest(to.address())));
      return;
    }
    Optional<ResourceSchema> schema = registry.find(to.address().type()).map(ResourceType::schema);
    if (schema.isEmpty()) {
      return;
    }
    String output = references.output(attributeName(found.path()), to).segments().get(0);
    if (schema.get().attribute(output).isEmpty()) {
      List<String> names = schema.get().attributes().stream().map(Attribute::name).toList();
      error(
          Code.UNKNOWN_OUTPUT,
          resource,
          found,
          String.format(
              Locale.ROOT,
              "A %s has no output \"%s\".%s",
              to.address().type(),
              output,
              Nearest.hint(output, names)));
      return;
    }
    // One edge for each pair: finding the place of every reference in a long text takes long.
    if (related.add(List.of(resource.address(), to.address()))) {
      edges.add(
          new Edge(
              resource.address(),
              to.address(),
              found.expression().written(),
              Optional.of(range(resource, found))));
    }
  }

  private String nearest(Address address) {
    return Nearest.hint(
        address.toString(), resources.keySet().stream().map(Address::toString).toList());
  }

  /** The name that decides what a bare reference stands for: of a list element the list's. */
  private static String attributeName(Pointer path) {
    Pointer at = path;
    while (at.last().startsWith("[")) {
      at = at.parent();
    }
    return at.last();
  }

  private void checkEnvironment(Resource resource, References.Found found) {
    Optional<ResourceSchema> schema =
        registry.find(resource.address().type()).map(ResourceType::schema);
    boolean alone = found.template().expressions().size() == 1;
    if (schema.isPresent() && !(alone && takesSecret(schema.get(), found.path()))) {
      error(
          Code.ENVIRONMENT_NOT_ALLOWED,
          resource,
          found,
          "Plans must come out the same on every machine, so only a secret value, and only as a"
              + " whole, may be taken from the environment. For anything else declare a variable,"
              + " write ${var.name} and give it with --var name=value.");
    }
  }

  private static boolean takesSecret(ResourceSchema schema, Pointer path) {
    Optional<Attribute> attribute = schema.attribute(path.segments().get(0));
    for (String name : path.segments().subList(1, path.segments().size())) {
      if (attribute.isPresent() && attribute.get().is(Flag.SENSITIVE)) {
        return true;
      }
      attribute =
          attribute.flatMap(
              outer ->
                  outer.type() instanceof Type.ObjectType object
                      ? object.attribute(name)
                      : Optional.empty());
    }
    return attribute.filter(a -> a.is(Flag.SENSITIVE)).isPresent();
  }

  private void addDependsOn(Resource resource) {
    List<Address> dependsOn = resource.meta().dependsOn();
    for (int i = 0; i < dependsOn.size(); i++) {
      Pointer path = Pointer.of("dependsOn").item(i);
      Origins origins = expansion.origins(resource.address());
      SourceRange range = origins.map().value(origins.pointer(path));
      if (resources.containsKey(dependsOn.get(i))) {
        edges.add(new Edge(resource.address(), dependsOn.get(i), "dependsOn", Optional.of(range)));
      } else {
        sink.error(
            Code.UNKNOWN_RESOURCE,
            String.format(
                Locale.ROOT,
                "There is no resource %s.%s",
                dependsOn.get(i),
                nearest(dependsOn.get(i))),
            range,
            origins.pointer(path));
      }
    }
  }

  private void addImplied() {
    List<ResourceType.Declared> all =
        resources.values().stream().map(GraphBuilder::declared).toList();
    for (ResourceType.Declared resource : all) {
      registry
          .find(resource.address().type())
          .ifPresent(
              type ->
                  type.implied(resource, all)
                      .forEach(
                          implied ->
                              edges.add(
                                  new Edge(
                                      resource.address(),
                                      implied.dependency(),
                                      implied.why(),
                                      Optional.empty()))));
    }
  }

  /** A resource as its type's checks see it: references read as not known yet. */
  public static ResourceType.Declared declared(Resource resource) {
    Value.Fields attributes =
        (Value.Fields)
            resource
                .attributes()
                .mapLeaves(
                    leaf ->
                        leaf instanceof Value.Text text
                            ? Template.parse(text.text())
                                .resolve(one -> new Value.Unknown(one.written()))
                            : leaf);
    return new ResourceType.Declared(resource.address(), attributes);
  }

  private void reportCycle(List<Edge> cycle) {
    if (cycle.isEmpty()) {
      return;
    }
    Set<Address> members =
        cycle.stream().map(Edge::dependent).collect(Collectors.toCollection(TreeSet::new));
    String chain =
        cycle.stream()
            .map(
                edge ->
                    String.format(
                        Locale.ROOT,
                        "%s needs %s: %s%s",
                        edge.dependent(),
                        edge.dependency(),
                        edge.cause(),
                        edge.range().map(range -> " (" + range.position() + ")").orElse("")))
            .collect(Collectors.joining("\n"));
    Optional<Edge> written = cycle.stream().filter(edge -> edge.range().isPresent()).findFirst();
    String detail =
        String.format(
            Locale.ROOT,
            "None of these %d resources can be made first:\n%s\nRemove one of the references.",
            members.size(),
            chain);
    if (written.isPresent()) {
      Address address = written.get().dependent();
      sink.error(
          Code.CYCLE,
          detail,
          written.get().range().get(),
          expansion.origins(address).pointer(Pointer.ROOT));
    } else {
      sink.error(Code.CYCLE, detail);
    }
  }

  private void error(Code code, Resource resource, References.Found found, String detail) {
    if (!sink.isFull()) {
      sink.error(code, detail, range(resource, found), pointer(resource, found));
    }
  }

  private Pointer pointer(Resource resource, References.Found found) {
    return expansion.origins(resource.address()).pointer(found.path());
  }

  private SourceRange range(Resource resource, References.Found found) {
    return expansion
        .origins(resource.address())
        .map()
        .within(pointer(resource, found), found.expression().start(), found.expression().end());
  }
}

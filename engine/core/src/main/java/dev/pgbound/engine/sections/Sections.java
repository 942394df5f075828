package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Expands a checked file into resources: the sections, then {@code resources}, then {@code
 * overrides} on top. A pure function, without AWS and without a clock. The defaults of the schemas
 * are filled in, the names of objects included.
 */
public final class Sections {

  private final Document document;
  private final Registry registry;
  private final Diagnostics sink;
  private final Map<Address, Resource> resources = new LinkedHashMap<>();
  private final Map<Address, Origins> places = new LinkedHashMap<>();

  private Sections(Document document, Registry registry, Diagnostics sink) {
    this.document = document;
    this.registry = registry;
    this.sink = sink;
  }

  /** What {@code document} stands for; what is wrong goes to {@code sink}. */
  public static Expansion expand(Document document, Registry registry, Diagnostics sink) {
    return new Sections(document, registry, sink).expand();
  }

  private Expansion expand() {
    addSections();
    addDeclared();
    addOverrides();
    String migration = document.root().text("migration").orElse("");
    resources.replaceAll((address, resource) -> withDefaults(migration, resource));
    return new Expansion(migration, List.copyOf(resources.values()), places);
  }

  private void addSections() {
    Sheet sheet = new Sheet(document, sink);
    NetworkSection.expand(sheet);
    ReplicationSection.expand(sheet);
    SourceSection.expand(sheet);
    TargetSection.expand(sheet);
    ReplicationSection.secretsRole(sheet);
    TasksSection.expand(sheet);
    SchemaSection.expand(sheet);
    AlertsSection.expand(sheet);
    sheet
        .drafts()
        .forEach(
            (address, draft) -> {
              resources.put(address, draft.resource());
              places.put(address, draft.origins(document.map()));
            });
  }

  private void addDeclared() {
    Value.Fields declared = document.root().fields("resources");
    for (String type : declared.fields().keySet()) {
      for (Map.Entry<String, Value> entry : declared.fields(type).fields().entrySet()) {
        Pointer pointer = Pointer.of("resources", type, entry.getKey());
        if (registry.find(type).isEmpty() || !Address.isName(entry.getKey())) {
          continue; // the schema check has reported it
        }
        Address address = new Address(type, entry.getKey());
        Value.Fields values =
            entry.getValue() instanceof Value.Fields fields ? fields : Value.Fields.NONE;
        Resource resource =
            new Resource(address, MetaReader.attributes(values), MetaReader.meta(values));
        if (resources.putIfAbsent(address, resource) != null) {
          error(
              Code.DECLARED_TWICE,
              String.format(
                  Locale.ROOT,
                  "A section of the file already stands for %s. Change it under \"overrides\".",
                  address),
              pointer);
          continue;
        }
        places.put(address, new Origins(document.map(), Map.of(Pointer.ROOT, pointer)));
      }
    }
  }

  private void addOverrides() {
    Value.Fields overrides = document.root().fields("overrides");
    for (Map.Entry<String, Value> entry : overrides.fields().entrySet()) {
      Pointer pointer = Pointer.of("overrides", entry.getKey());
      Optional<Resource> resource = Address.parse(entry.getKey()).map(resources::get);
      if (resource.isEmpty()) {
        List<String> addresses = resources.keySet().stream().map(Address::toString).toList();
        error(
            Code.OVERRIDE_WITHOUT_RESOURCE,
            String.format(
                Locale.ROOT,
                "The file has no resource %s.%s",
                entry.getKey(),
                Nearest.hint(entry.getKey(), addresses)),
            pointer);
      } else if (entry.getValue() instanceof Value.Fields values) {
        override(resource.get(), values, pointer);
      }
    }
  }

  private void override(Resource resource, Value.Fields values, Pointer pointer) {
    Address address = resource.address();
    Value.Fields given = MetaReader.attributes(values);
    Value.Fields merged = (Value.Fields) Merge.deep(resource.attributes(), given);
    Origins origins = java.util.Objects.requireNonNull(places.get(address));
    for (Pointer leaf : Leaves.of(given)) {
      origins = origins.with(leaf, pointer.append(leaf));
    }
    places.put(address, origins);
    resources.put(
        address, new Resource(address, merged, MetaReader.merged(resource.meta(), values)));
  }

  private Resource withDefaults(String migration, Resource resource) {
    Optional<ResourceSchema> schema =
        registry.find(resource.address().type()).map(ResourceType::schema);
    if (schema.isEmpty() || resource.meta().existing().isPresent()) {
      return resource;
    }
    Value.Fields attributes = resource.attributes();
    for (Attribute attribute : schema.get().attributes()) {
      if (attributes.has(attribute.name())) {
        continue;
      }
      if (attribute.is(Attribute.Flag.IDENTIFIER)) {
        attributes = attributes.with(attribute.name(), Naming.name(migration, resource.address()));
      } else if (attribute.defaultValue().isPresent()) {
        attributes = attributes.with(attribute.name(), attribute.defaultValue().get());
      }
    }
    return new Resource(resource.address(), attributes, resource.meta());
  }

  private void error(Code code, String detail, Pointer pointer) {
    sink.error(code, detail, document.map().key(pointer), pointer);
  }
}

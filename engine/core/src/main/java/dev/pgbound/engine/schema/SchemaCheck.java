package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.engine.config.Variables;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds everything in a document that its schema does not allow, each with the place and what to
 * write instead. Accepts and refuses what the JSON schema of {@link SchemaComposer} accepts and
 * refuses; it reads the same types directly, because a general validator needs a third of a second
 * to start and cannot say what was meant.
 */
public final class SchemaCheck {

  private static final List<Attribute> VARIABLE =
      List.of(
          Attribute.named("default", Type.any(), "The value when none is given."),
          Attribute.named("description", Type.text(), "What the variable is for."),
          Attribute.named("type", new Type.EnumType(Variables.TYPES), "What a value is read as."));

  private final Document document;
  private final FileSchema file;
  private final Findings findings;

  private SchemaCheck(Document document, FileSchema file, Diagnostics sink) {
    this.document = document;
    this.file = file;
    this.findings = new Findings(document, sink);
  }

  /**
   * Reports into {@code sink}. Values that may be secrets are kept out of every excerpt.
   *
   * @param document with its variables filled in
   */
  public static void check(Document document, FileSchema file, Diagnostics sink) {
    new SchemaCheck(document, file, sink).root();
  }

  /**
   * Checks the attributes of a resource that a section stands for, against its type.
   *
   * @param origin where in the file the value of an attribute comes from
   * @param complete whether nothing that is required may be missing
   */
  public static void check(
      ResourceSchema type,
      Value.Fields attributes,
      SourceMap map,
      UnaryOperator<Pointer> origin,
      boolean complete,
      Diagnostics sink) {
    Findings findings = new Findings(map, origin, type.type(), sink);
    List<Attribute> all = FileSchema.attributes(type);
    new ValueCheck(findings, ReferencePattern.ANY, complete, all)
        .members(attributes, type.attributes(), Pointer.ROOT);
  }

  /**
   * Checks a file that is no migration file and refers to nothing.
   *
   * @param what the file in words, such as "the catalog"
   */
  public static void check(
      Document document, List<Attribute> members, String what, Diagnostics sink) {
    Findings findings = new Findings(document.map(), UnaryOperator.identity(), what, sink);
    new ValueCheck(findings, ReferencePattern.NONE, true, members)
        .members(document.root(), members, Pointer.ROOT);
  }

  /** Checks what a section says of an object that exists, as {@link #check} does for attributes. */
  public static void checkSelector(
      ResourceSchema type,
      Value.Fields selector,
      SourceMap map,
      UnaryOperator<Pointer> origin,
      Diagnostics sink) {
    Findings findings = new Findings(map, origin, type.type(), sink);
    List<Attribute> existing =
        MetaAttributes.of(type).stream()
            .filter(meta -> meta.name().equals(MetaAttributes.EXISTING))
            .toList();
    Value.Fields whole = Value.Fields.NONE.with(MetaAttributes.EXISTING, selector);
    new ValueCheck(findings, ReferencePattern.VARIABLE, true, existing)
        .members(whole, existing, Pointer.ROOT);
    selectsNothing(whole, Pointer.ROOT, findings);
  }

  private void root() {
    ValueCheck head = new ValueCheck(findings, ReferencePattern.VARIABLE, true, List.of());
    for (Map.Entry<String, Value> entry : document.root().fields().entrySet()) {
      Pointer place = Pointer.of(entry.getKey());
      Value value = entry.getValue();
      Optional<Attribute> inHead = named(FileSchema.head(), entry.getKey());
      Optional<Attribute> inSections = named(file.sections(), entry.getKey());
      if (inHead.isPresent()) {
        head.attribute(value, inHead.get(), place);
      } else if (inSections.isPresent()) {
        section(value, inSections.get(), place);
      } else {
        switch (entry.getKey()) {
          case Variables.SECTION -> each(value, place, "names", this::variable);
          case FileSchema.RESOURCES -> each(value, place, "resource types", this::type);
          case FileSchema.OVERRIDES -> each(value, place, "addresses", this::override);
          default -> unknown(entry.getKey(), place);
        }
      }
    }
    findings.missing(document.root(), file.required(), file.keys(), Pointer.ROOT);
  }

  private void section(Value value, Attribute section, Pointer place) {
    Type inner = section.type() instanceof Type.MapType map ? map.value() : section.type();
    List<Attribute> scope =
        inner instanceof Type.ObjectType object ? object.attributes() : List.of();
    new ValueCheck(findings, ReferencePattern.ANY, true, scope).attribute(value, section, place);
  }

  private static Optional<Attribute> named(List<Attribute> attributes, String name) {
    return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
  }

  private void unknown(String key, Pointer place) {
    Optional<String> type = Address.parse(key).map(Address::type).or(() -> Optional.of(key));
    if (file.type(type.get()).isPresent()) {
      findings.error(
          Code.UNKNOWN_KEY, "Resources stand under 'resources', by type and name.", place);
      return;
    }
    findings.unknownKey(key, file.keys(), "", place);
  }

  private interface Member {
    void check(String name, Value value, Pointer place);
  }

  /** Checks each member of a map whose names the user chooses. */
  private void each(Value value, Pointer place, String names, Member member) {
    if (!(value instanceof Value.Fields fields)) {
      findings.wrongType(value, "a map with " + names + " as keys", "", place);
      return;
    }
    fields.fields().forEach((name, inner) -> member.check(name, inner, place.child(name)));
  }

  private void variable(String name, Value value, Pointer place) {
    if (!name.matches(Variables.NAME)) {
      findings.error(
          Code.WRONG_NAME,
          "The name of a variable has letters, digits, hyphens and underscores, and begins with a"
              + " letter.",
          place);
    }
    if (value instanceof Value.Fields declaration) {
      new ValueCheck(findings, ReferencePattern.NONE, true, List.of())
          .members(declaration, VARIABLE, place);
    }
  }

  private void type(String name, Value value, Pointer place) {
    Optional<ResourceSchema> type = file.type(name);
    if (type.isPresent()) {
      each(value, place, "names", (key, inner, at) -> resource(type.get(), key, inner, at));
      return;
    }
    Optional<Address> address = Address.parse(name);
    if (address.isPresent() && file.type(address.get().type()).isPresent()) {
      findings.error(
          Code.UNKNOWN_TYPE,
          "Write the type and, on the next line and indented, the name: \""
              + address.get().type()
              + ":\" and \""
              + address.get().name()
              + ":\".",
          place);
      return;
    }
    unknownType(name, place);
  }

  private void unknownType(String name, Pointer place) {
    List<String> names = file.types().stream().map(ResourceSchema::type).toList();
    findings.error(
        Code.UNKNOWN_TYPE,
        "There is no resource type "
            + Words.quoted(name)
            + "."
            + Nearest.hint(name, names)
            + " 'pgbound explain' lists all types.",
        place);
  }

  private void resource(ResourceSchema type, String name, Value value, Pointer place) {
    if (!Address.isName(name)) {
      findings.error(
          Code.WRONG_NAME,
          "The name of a resource has letters, digits, hyphens and underscores, and begins with a"
              + " letter or a digit.",
          place);
    }
    attributes(type, value, place, !hasKey(value, MetaAttributes.EXISTING));
  }

  private void override(String key, Value value, Pointer place) {
    int dot = key.indexOf('.');
    String typeName = dot < 0 ? key : key.substring(0, dot);
    Optional<ResourceSchema> type = file.type(typeName);
    if (type.isEmpty() && dot > 0) {
      unknownType(typeName, place);
    } else if (type.isEmpty() || Address.parse(key).isEmpty()) {
      findings.error(
          Code.WRONG_NAME,
          "An override is named by the address of a resource, type and name with a dot between"
              + " them, such as dms-endpoint.source.",
          place);
    } else {
      attributes(type.get(), value, place, false);
    }
  }

  private static boolean hasKey(Value value, String key) {
    return value instanceof Value.Fields fields && fields.has(key);
  }

  private void attributes(ResourceSchema type, Value value, Pointer place, boolean complete) {
    if (value instanceof Value.Null) {
      findings.noValue("Write its attributes below it, or {} when it needs none.", place);
      return;
    }
    if (!(value instanceof Value.Fields declared)) {
      findings.wrongType(value, "the attributes of the type " + type.type(), "", place);
      return;
    }
    List<Attribute> all = FileSchema.attributes(type);
    ValueCheck own = new ValueCheck(findings, ReferencePattern.ANY, complete, all);
    ValueCheck meta = new ValueCheck(findings, ReferencePattern.VARIABLE, false, all);
    declared
        .fields()
        .forEach(
            (name, inner) ->
                (MetaAttributes.isFixed(name) ? meta : own)
                    .member(name, inner, all, place.child(name)));
    if (complete) {
      own.missing(declared, all, place);
    }
    selectsNothing(declared, place, findings);
  }

  /** A description without content would fit every object of the account. */
  private static void selectsNothing(Value.Fields resource, Pointer place, Findings findings) {
    Optional<Value> existing = resource.get(MetaAttributes.EXISTING);
    boolean empty =
        existing.isPresent()
            && existing.get() instanceof Value.Fields selector
            && (selector.fields().isEmpty()
                || selector.get(MetaAttributes.TAGS).filter(Value.Fields.NONE::equals).isPresent());
    if (empty) {
      findings.error(
          Code.MISSING_KEY,
          "'existing' needs to know what to look for: an identifier or tags.",
          place.child(MetaAttributes.EXISTING));
    }
  }
}

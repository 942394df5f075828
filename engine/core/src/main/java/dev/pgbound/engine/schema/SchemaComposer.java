package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Variables;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes the JSON schema (draft-07, which editors understand) of the whole migration file. Each
 * type is one definition that closes its attributes but requires none; what it requires is stated
 * where a resource is declared, so that an override can use the same definition.
 */
public final class SchemaComposer {

  private static final List<String> ANY_VALUE =
      List.of("string", "number", "boolean", "array", "object", "null");
  private static final TypeSchema HEAD = new TypeSchema(ReferencePattern.VARIABLE, true);
  private static final TypeSchema SECTION = new TypeSchema(ReferencePattern.ANY, true);
  private static final TypeSchema PARTIAL = new TypeSchema(ReferencePattern.ANY, false);
  private static final TypeSchema META = new TypeSchema(ReferencePattern.VARIABLE, false);

  private final FileSchema file;

  private SchemaComposer(FileSchema file) {
    this.file = file;
  }

  /** The schema as JSON text; equal for equal input, with a line end at the end. */
  public static String compose(FileSchema file) {
    return JsonText.of(new SchemaComposer(file).root().build());
  }

  private Json root() {
    Json properties = new Json();
    FileSchema.head().forEach(head -> properties.put(head.name(), HEAD.attribute(head)));
    properties.put(Variables.SECTION, variables());
    file.sections().forEach(section -> properties.put(section.name(), SECTION.attribute(section)));
    properties.put(FileSchema.RESOURCES, resources());
    properties.put(FileSchema.OVERRIDES, overrides());
    Json definitions = new Json();
    file.types().forEach(type -> definitions.put(type.type(), definition(type)));
    return new Json()
        .put("$schema", "http://json-schema.org/draft-07/schema#")
        .put("title", "pgbound migration")
        .put("type", "object")
        .put("properties", properties)
        .put("additionalProperties", false)
        .put("required", file.required())
        .put("definitions", definitions);
  }

  private static Json variables() {
    Json members =
        new Json()
            .put("default", described("The value when none is given.").put("type", ANY_VALUE))
            .put("description", described("What the variable is for.").put("type", "string"))
            .put(
                "type",
                described("What a value from outside is read as.").put("enum", Variables.TYPES));
    return described(rest(Variables.SECTION))
        .put("type", "object")
        .put("propertyNames", new Json().put("pattern", "^" + Variables.NAME + "$"))
        .put(
            "additionalProperties",
            new Json()
                .put("type", ANY_VALUE)
                .put("properties", members)
                .put("additionalProperties", false));
  }

  private Json resources() {
    Json types = new Json();
    for (ResourceSchema type : file.types()) {
      List<Value> all = new ArrayList<>();
      all.add(reference(type).build());
      Json requirements = requirements(type.attributes());
      if (!requirements.isEmpty()) {
        all.add(
            new Json()
                .put("if", new Json().put("required", List.of(MetaAttributes.EXISTING)))
                .put("else", requirements)
                .build());
      }
      types.put(
          type.type(),
          described(type.doc())
              .put("type", "object")
              .put("propertyNames", new Json().put("pattern", "^" + FileSchema.NAME + "$"))
              .put("additionalProperties", new Json().put("allOf", new Value.Items(all))));
    }
    return described(rest(FileSchema.RESOURCES))
        .put("type", "object")
        .put("properties", types)
        .put("additionalProperties", false);
  }

  private Json overrides() {
    Json patterns = new Json();
    for (ResourceSchema type : file.types()) {
      patterns.put("^" + type.type() + "\\." + FileSchema.NAME + "$", reference(type));
    }
    return described(rest(FileSchema.OVERRIDES))
        .put("type", "object")
        .put("patternProperties", patterns)
        .put("additionalProperties", false);
  }

  private static Json reference(ResourceSchema type) {
    return new Json().put("$ref", "#/definitions/" + type.type());
  }

  private static String rest(String key) {
    return FileSchema.rest().stream()
        .filter(one -> one.name().equals(key))
        .map(Attribute::doc)
        .findFirst()
        .orElseThrow();
  }

  private static Json described(String description) {
    return new Json().put("description", description);
  }

  private static Json definition(ResourceSchema type) {
    Value.Fields own = PARTIAL.members(type.attributes()).build();
    Json properties = new Json();
    own.fields("properties").fields().forEach(properties::put);
    for (Attribute meta : MetaAttributes.of(type)) {
      properties.put(
          meta.name(),
          meta.name().equals(MetaAttributes.EXISTING)
              ? selecting(META.attribute(meta))
              : META.attribute(meta));
    }
    return new Json()
        .put("type", "object")
        .put("properties", properties)
        .put("additionalProperties", false);
  }

  /** A description of an object says something: none fits everything. */
  private static Json selecting(Json existing) {
    return existing
        .put("minProperties", 1)
        .put(
            "not",
            new Json()
                .put("type", "object")
                .put("required", List.of(MetaAttributes.TAGS))
                .put(
                    "properties",
                    new Json()
                        .put(
                            MetaAttributes.TAGS,
                            new Json().put("type", "object").put("maxProperties", 0))));
  }

  /** Only what must be there, down to the members of objects. */
  private static Json requirements(List<Attribute> attributes) {
    Json properties = new Json();
    List<String> required = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.is(Attribute.Flag.REQUIRED)) {
        required.add(attribute.name());
      }
      if (attribute.type() instanceof Type.ObjectType object) {
        Json inner = requirements(object.attributes());
        if (!inner.isEmpty()) {
          properties.put(attribute.name(), inner);
        }
      }
    }
    Json schema = new Json();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return properties.isEmpty() ? schema : schema.put("properties", properties);
  }
}

package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.Variables;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a migration file may hold: the head of the file, the sections, and the resource types. The
 * one source for the JSON schema and for the check, so that an editor and {@code validate} agree.
 */
public final class FileSchema {

  public static final String VERSION = "version";
  public static final String MIGRATION = "migration";
  public static final String REGION = "region";
  public static final String ACCOUNT = "account";
  public static final String TABLES = "tables";
  public static final String ACCEPT = "accept";
  public static final String POLICIES = "policies";
  public static final String RESOURCES = "resources";
  public static final String OVERRIDES = "overrides";

  /** What the name of a resource matches; {@link dev.pgbound.spi.Address} decides. */
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]*";

  private static final List<Attribute> HEAD =
      List.of(
          Attribute.named(VERSION, Type.integer(1, 1), "The version of the file's form: 1.")
              .with(Flag.REQUIRED),
          Attribute.named(
                  MIGRATION,
                  Type.text(
                      "(?=.{1,31}$)[a-z](-?[a-z0-9])*",
                      "up to 31 lower-case letters, digits and single hyphens, a letter first"),
                  "The name of the migration; the names and tags of its objects derive from it.")
              .with(Flag.REQUIRED),
          Attribute.named(
                  REGION,
                  Type.text("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}", "an AWS region such as eu-central-1"),
                  "The AWS region.")
              .with(Flag.REQUIRED),
          Attribute.named(
              ACCOUNT,
              Type.text("[0-9]{12}", "the 12 digits of an AWS account, in quotes"),
              "The AWS account; anything else is refused before the first call."),
          Attribute.named(
              TABLES,
              Type.text(".+\\.(yaml|yml|json)", "a file such as catalog.yaml"),
              "A catalog of the source's tables, as a path from this file on; plans then show"
                  + " tables."),
          Attribute.named(
              ACCEPT,
              Type.sequence(
                  Type.object(
                      Attribute.named(
                              "finding",
                              Type.text("[A-Z]+-[0-9]{3}", "a code such as RDS-008"),
                              "The code of a warning.")
                          .with(Flag.REQUIRED),
                      Attribute.named(
                          "at",
                          Type.text(),
                          "Where it may occur, as the warning says it, such as"
                              + " target.aurora-postgresql; everywhere when left out."),
                      Attribute.named(
                              "reason", Type.text(".*\\S.*", "a reason"), "Why it is accepted.")
                          .with(Flag.REQUIRED))),
              "Warnings that are meant to be: they are no longer printed, and reports show the"
                  + " reason."),
          Attribute.named(
              POLICIES,
              Type.map(
                  Type.object(
                      Attribute.named(
                              "rule",
                              Type.text(),
                              "A CEL expression over the plan's document, which is true when the"
                                  + " policy is met: over plan, or over change for each change.")
                          .with(Flag.REQUIRED),
                      Attribute.named("message", Type.text(), "What to do when it is not met.")
                          .with(Flag.REQUIRED))),
              "Rules of the team, by name; a plan that does not meet one is refused."));

  private final List<Attribute> sections;
  private final Map<String, ResourceSchema> types;

  private FileSchema(List<Attribute> sections, Map<String, ResourceSchema> types) {
    this.sections = sections;
    this.types = types;
  }

  /**
   * Joins sections and resource types.
   *
   * @param types in any order; the schema has them by name
   * @param sections the top-level keys of the short form, in the order in which editors offer them
   * @throws IllegalStateException for two types of one name, or an attribute that has the name of a
   *     meta attribute
   */
  public static FileSchema of(List<ResourceSchema> types, List<Attribute> sections) {
    Map<String, ResourceSchema> byName = new LinkedHashMap<>();
    types.stream()
        .sorted(Comparator.comparing(ResourceSchema::type))
        .forEach(
            type -> {
              if (byName.put(type.type(), type) != null) {
                throw new IllegalStateException("two resource types are called " + type.type());
              }
              for (Attribute attribute : type.attributes()) {
                if (MetaAttributes.NAMES.contains(attribute.name())) {
                  throw new IllegalStateException(
                      type.type() + "." + attribute.name() + " has the name of a meta attribute");
                }
              }
            });
    return new FileSchema(List.copyOf(sections), byName);
  }

  /** The keys at the top that stand before everything else. */
  public static List<Attribute> head() {
    return HEAD;
  }

  List<Attribute> sections() {
    return sections;
  }

  /** The types by name. */
  public List<ResourceSchema> types() {
    return List.copyOf(types.values());
  }

  public Optional<ResourceSchema> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** What a resource of a type may declare: its own attributes and the meta attributes. */
  static List<Attribute> attributes(ResourceSchema type) {
    return Stream.concat(type.attributes().stream(), MetaAttributes.of(type).stream()).toList();
  }

  /** Every key that can stand at the top. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    HEAD.forEach(attribute -> keys.add(attribute.name()));
    keys.add(Variables.SECTION);
    sections.forEach(attribute -> keys.add(attribute.name()));
    keys.add(RESOURCES);
    keys.add(OVERRIDES);
    return keys;
  }

  /** The keys that must stand at the top. */
  List<String> required() {
    return Stream.concat(HEAD.stream(), sections.stream())
        .filter(attribute -> attribute.is(Flag.REQUIRED))
        .map(Attribute::name)
        .toList();
  }
}

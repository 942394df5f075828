package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.DurationText;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes that every resource has beside those of its type. They speak to the engine, not to
 * AWS.
 */
public final class MetaAttributes {

  public static final String DEPENDS_ON = "dependsOn";
  public static final String PROTECT = "protect";
  public static final String TIMEOUTS = "timeouts";
  public static final String EXISTING = "existing";
  public static final String ADOPT = "adopt";
  public static final String SHARED = "shared";

  /** All of them. */
  public static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of(DEPENDS_ON, PROTECT, TIMEOUTS, EXISTING, ADOPT, SHARED)));

  /** The member of {@code existing} that finds an object by its tags. */
  public static final String TAGS = "tags";

  private static final Type ADDRESS =
      Type.text("[a-z][a-z0-9-]*\\.[A-Za-z0-9][A-Za-z0-9_-]*", "an address such as vpc.main");

  private MetaAttributes() {}

  /** Whether the engine must know the value before it looks at anything in AWS. */
  static boolean isFixed(String name) {
    return NAMES.contains(name);
  }

  /** The meta attributes of one type; what {@code existing} takes depends on the type. */
  static List<Attribute> of(ResourceSchema type) {
    return all(type).stream()
        // What belongs to another object cannot be somebody else's while that one is ours.
        .filter(meta -> !meta.name().equals(EXISTING) || type.ownership() == Ownership.TAGGED)
        .toList();
  }

  private static List<Attribute> all(ResourceSchema type) {
    return List.of(
        Attribute.named(
            DEPENDS_ON, Type.set(ADDRESS), "Addresses of resources that must be there before."),
        Attribute.named(PROTECT, Type.bool(), "Never delete or replace the object."),
        Attribute.named(
            TIMEOUTS,
            Type.object(
                timeout("create", "How long creating may take."),
                timeout("update", "How long a change may take."),
                timeout("delete", "How long deleting may take.")),
            "How long operations may take before they count as failed."),
        Attribute.named(
            EXISTING,
            Type.object(selectors(type)),
            "Use an object that somebody else manages: it is looked up, never changed, never"
                + " deleted."),
        Attribute.named(
            ADOPT, Type.bool(), "Take an existing object of this name under management."),
        Attribute.named(
            SHARED,
            Type.bool(),
            "The object serves the whole account: it is adopted when it is there and never"
                + " deleted."));
  }

  private static Attribute timeout(String name, String doc) {
    return Attribute.named(name, Type.text(DurationText.REGEX, DurationText.FORM), doc);
  }

  private static List<Attribute> selectors(ResourceSchema type) {
    List<Attribute> selectors = new ArrayList<>();
    for (Attribute attribute : type.attributes()) {
      boolean text = attribute.type() instanceof Type.TextType;
      boolean identifies =
          attribute.name().equals(type.identifierOutput())
              || attribute.is(Flag.IDENTIFIER)
              || attribute.is(Flag.COMPUTED);
      if (text && identifies && !attribute.is(Flag.SENSITIVE)) {
        selectors.add(Attribute.named(attribute.name(), attribute.type(), attribute.doc()));
      }
    }
    if (selectors.stream().noneMatch(selector -> selector.name().equals(TAGS))) {
      selectors.add(
          Attribute.named(
              TAGS, Type.map(Type.text()), "Tags that only the wanted object carries."));
    }
    return selectors;
  }
}

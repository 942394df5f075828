package dev.pgbound.aws;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The tags of an object in their three forms: the attribute {@code tags} with the user's tags, the
 * tags as pgbound wants them (the user's and the ownership tags), and the request members of AWS.
 */
final class Tags {

  /** The attribute with the tags that the user wants. */
  static final Attribute ATTRIBUTE =
      Attribute.named(
              "tags",
              Type.map(Type.text()),
              "Tags of the object. Tags that are not declared are left alone.")
          .impact(Impact.NONE, "");

  private static final String OWN = "pgbound:";
  private static final String RESERVED = "aws:";

  private Tags() {}

  /** Everything that the object must carry: the declared tags and the ownership tags. */
  static Map<String, String> wanted(Value.Fields desired, Context context) {
    Map<String, String> tags = new TreeMap<>();
    desired.fields("tags").fields().forEach((key, value) -> tags.put(key, value.toString()));
    tags.putAll(context.ownershipTags());
    return tags;
  }

  /** The wanted tags that the object does not carry. */
  static Map<String, String> missing(Live prior, Value.Fields desired, Context context) {
    Map<String, String> tags = wanted(desired, context);
    tags.entrySet().removeAll(prior.tags().entrySet());
    return tags;
  }

  /** The desired attributes with all wanted tags in the form of most create requests. */
  static Value.Fields forCreation(Value.Fields desired, Context context) {
    Map<String, String> tags = wanted(desired, context);
    return tags.isEmpty() ? desired.without("tags") : desired.with("tags", pairs(tags));
  }

  /**
   * The desired attributes with all wanted tags in the form of EC2's create requests, among them a
   * {@code Name}, which the EC2 console shows, unless the user declares one.
   */
  static Value.Fields forEc2Creation(Value.Fields desired, Context context, String resourceType) {
    Map<String, String> tags = wanted(desired, context);
    defaultName(context).ifPresent(name -> tags.putIfAbsent("Name", name));
    Value.Fields untagged = desired.without("tags");
    if (tags.isEmpty()) {
      return untagged;
    }
    Value specification =
        Value.Fields.NONE.with("resourceType", resourceType).with("tags", pairs(tags));
    return untagged.with("tagSpecifications", new Value.Items(List.of(specification)));
  }

  /**
   * What the object is called unless declared otherwise: as objects with names are, by migration
   * and resource name, or by the migration alone for a resource called {@code main}.
   */
  static Optional<String> defaultName(Context context) {
    return Optional.ofNullable(context.ownershipTags().get(Live.ADDRESS_TAG))
        .flatMap(Address::parse)
        .map(Address::name)
        .map(name -> name.equals("main") || name.equals(context.migration()) ? "" : "-" + name)
        .map(suffix -> context.migration() + suffix);
  }

  /** Tags as the request member that most services call {@code Tags}. */
  static Value.Fields member(Map<String, String> tags) {
    return Value.Fields.NONE.with("tags", pairs(tags));
  }

  /** Tags as the list of keys and values that most requests take. */
  static Value.Items pairs(Map<String, String> tags) {
    List<Value> pairs = new ArrayList<>();
    tags.forEach(
        (key, value) -> pairs.add(Value.Fields.NONE.with("key", key).with("value", value)));
    return new Value.Items(pairs);
  }

  /** The tags that a service returned as a list of keys and values, without its own. */
  static Map<String, String> read(Iterable<? extends SdkPojo> pairs) {
    Map<String, String> tags = new TreeMap<>();
    for (SdkPojo pair : pairs) {
      Value.Fields tag = Shapes.read(pair);
      tag.text("key").ifPresent(key -> tags.put(key, tag.text("value").orElse("")));
    }
    return withoutReserved(tags);
  }

  static Map<String, String> withoutReserved(Map<String, String> tags) {
    Map<String, String> copy = new TreeMap<>(tags);
    copy.keySet().removeIf(key -> key.startsWith(RESERVED));
    return copy;
  }

  /** The attribute {@code tags} of an object with these tags. */
  static Value.Fields attribute(Map<String, String> tags) {
    Map<String, Value> own = new LinkedHashMap<>();
    tags.forEach(
        (key, value) -> {
          if (!key.startsWith(OWN)) {
            own.put(key, Value.of(value));
          }
        });
    return new Value.Fields(own);
  }
}

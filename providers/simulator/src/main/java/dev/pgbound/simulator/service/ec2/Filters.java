package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * EC2's filters. A name such as {@code attachment.vpc-id} is a path through the members of the
 * described model, here {@code Attachments} and {@code VpcId}; values may hold {@code *} and {@code
 * ?}.
 */
final class Filters {

  /** Names that do not follow the members, and what they stand for. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("cidr", "cidr-block"),
          Map.entry("default", "is-default"),
          Map.entry("group-id", "groups.group-id"),
          Map.entry("group-name", "groups.group-name"),
          Map.entry("vpc-endpoint-state", "state"),
          Map.entry("ip-permission.cidr", "ip-permissions.ip-ranges.cidr-ip"),
          Map.entry("ip-permission.group-id", "ip-permissions.user-id-group-pairs.group-id"),
          Map.entry("egress.ip-permission.cidr", "ip-permissions-egress.ip-ranges.cidr-ip"),
          Map.entry(
              "egress.ip-permission.group-id",
              "ip-permissions-egress.user-id-group-pairs.group-id"));

  private Filters() {}

  /** Those models that match every filter. */
  static <T extends SdkPojo> List<T> apply(List<Filter> filters, List<T> models) {
    List<T> left = models;
    for (Filter filter : filters) {
      Pattern wanted =
          Pattern.compile(
              filter.values().stream().map(Filters::glob).collect(Collectors.joining("|")));
      left =
          left.stream()
              .filter(
                  model ->
                      values(model, filter.name())
                          .anyMatch(value -> wanted.matcher(value).matches()))
              .toList();
    }
    return left;
  }

  private static String glob(String value) {
    return Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
  }

  private static Stream<String> values(SdkPojo model, String name) {
    if (name.startsWith("tag:")) {
      return Optional.ofNullable(tags(model).get(name.substring("tag:".length()))).stream();
    }
    if (name.equals("tag-key")) {
      return tags(model).keySet().stream();
    }
    if (name.equals("tag-value")) {
      return tags(model).values().stream();
    }
    return path(model, name)
        .or(() -> Optional.ofNullable(ALIASES.get(name)).flatMap(alias -> path(model, alias)))
        .orElseThrow(
            () -> new Fault("InvalidParameterValue", "The filter '" + name + "' is invalid"))
        .stream()
        .reduce(Stream.of((Object) model), Filters::step, Stream::concat)
        .map(Object::toString);
  }

  private static Map<String, String> tags(SdkPojo model) {
    List<SdkPojo> tags = new ArrayList<>();
    for (String member : List.of("tags", "tag-set")) {
      path(model, member)
          .ifPresent(
              path -> step(Stream.of(model), path.get(0)).forEach(t -> tags.add((SdkPojo) t)));
    }
    return Tags.read(tags);
  }

  private static Stream<Object> step(Stream<Object> from, SdkField<?> field) {
    return from.map(each -> field.getValueOrDefault(each))
        .filter(value -> value != null)
        .flatMap(value -> value instanceof Collection<?> all ? all.stream() : Stream.of(value));
  }

  /** The members that a name's parts stand for; empty when one of them is none. */
  private static Optional<List<SdkField<?>>> path(SdkPojo model, String name) {
    List<SdkField<?>> path = new ArrayList<>();
    List<SdkField<?>> members = model.sdkFields();
    for (String part : name.split("\\.", -1)) {
      SdkField<?> field = member(members, part);
      if (field == null) {
        return Optional.empty();
      }
      path.add(field);
      members = members(field);
    }
    return Optional.of(path);
  }

  private static @Nullable SdkField<?> member(List<SdkField<?>> members, String part) {
    String plain = part.replace("-", "").toLowerCase(Locale.ROOT);
    List<String> names = List.of(plain, plain + "s", plain + "set");
    for (SdkField<?> field : members) {
      if (names.contains(field.memberName().toLowerCase(Locale.ROOT))) {
        return field;
      }
    }
    return null;
  }

  private static List<SdkField<?>> members(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> field.constructor().get().sdkFields();
      case LIST -> members(Models.item(field));
      case NULL,
          STRING,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          BOOLEAN,
          INSTANT,
          SDK_BYTES,
          MAP,
          SHORT,
          BYTE,
          DOCUMENT ->
          List.of();
    };
  }
}

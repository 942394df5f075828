package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.world.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.Tag;

/** Checks of what a request says that several operations make. */
final class Arguments {

  private Arguments() {}

  /** A name that was given; RDS takes a blank one for a missing one. */
  static String required(String member, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw RdsFaults.mustBeProvided(member);
    }
    return value;
  }

  /** An identifier as RDS keeps it: in lower case. */
  static String identifier(String member, @Nullable String value, int max) {
    String given = required(member, value);
    if (!given.matches("[A-Za-z](-?[A-Za-z0-9])*")) {
      throw RdsFaults.invalidValue(
          "The parameter "
              + member
              + " is not a valid identifier. Identifiers must begin with a letter; must contain"
              + " only ASCII letters, digits, and hyphens; and must not end with a hyphen or"
              + " contain two consecutive hyphens.");
    }
    if (given.length() > max) {
      throw RdsFaults.invalidValue(
          "The parameter " + member + " must not be longer than " + max + " characters.");
    }
    return given.toLowerCase(Locale.ROOT);
  }

  /** The name in an ARN, or the name itself; in lower case, as everything in RDS is found. */
  static String name(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  static void inRange(String member, @Nullable Integer value, int min, int max) {
    if (value != null && (value < min || value > max)) {
      throw RdsFaults.invalidValue(
          "Invalid value %d for %s. Must be between %d and %d", value, member, min, max);
    }
  }

  /** How many records a page may have at most. */
  static void maxRecords(@Nullable Integer value) {
    inRange("MaxRecords", value, 20, 100);
  }

  /** The tags of a request. */
  static SortedMap<String, String> tags(Collection<Tag> tags) {
    SortedMap<String, String> read = Tags.read(tags);
    if (read.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
      throw RdsFaults.invalidValue("Tag keys that start with aws: are reserved for system use");
    }
    return read;
  }

  /** Filters of which each name stands for a condition that any of the values must satisfy. */
  static <T> Predicate<T> filters(List<Filter> filters, FilterNames<T> names) {
    return object ->
        filters.stream()
            .allMatch(
                filter -> names.values(object, filter.name()).anyMatch(filter.values()::contains));
  }

  /** Refuses a filter whose name an operation does not know. */
  static Fault unknownFilter(String name) {
    return RdsFaults.invalidValue("Unrecognized filter name: " + name);
  }

  /** What an object has under a filter's name. */
  interface FilterNames<T> {
    /**
     * The values.
     *
     * @throws Fault when the operation has no such filter
     */
    Stream<String> values(T object, String filterName);
  }

  /**
   * Refuses members that the simulation would have to ignore. One that says "off" may be given.
   *
   * @param simulated the members that make a difference here
   */
  static void onlySimulated(SdkPojo request, Set<String> simulated) {
    for (SdkField<?> field : request.sdkFields()) {
      boolean ignored = !simulated.contains(field.memberName());
      if (ignored && Models.isSet(field, request) && isOn(field.getValueOrDefault(request))) {
        throw new Fault(
            "NotSimulated",
            request.getClass().getSimpleName() + "." + field.memberName() + " is not simulated");
      }
    }
  }

  private static boolean isOn(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return number.intValue() != 0;
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    return !value.toString().isEmpty();
  }
}

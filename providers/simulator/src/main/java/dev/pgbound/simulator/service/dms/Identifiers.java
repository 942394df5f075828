package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.world.Ids;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The identifiers that people give to DMS's objects, and the last parts of their ARNs. */
final class Identifiers {

  private static final Pattern NAME = Pattern.compile("[A-Za-z](-?[A-Za-z0-9])*");
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]+");
  private static final int ARN_LETTERS = 26;
  private static final int LONGEST_ARN_PART = 31;

  private Identifiers() {}

  /** An identifier as DMS keeps it: in lower case. */
  static String lowerCase(@Nullable String identifier, String member, int longest) {
    return name(identifier, member, longest).toLowerCase(Locale.ROOT);
  }

  /** A name that DMS keeps as it was given. */
  static String name(@Nullable String identifier, String member, int longest) {
    String given = Refusals.required(identifier, member);
    if (given.length() > longest || !NAME.matcher(given).matches()) {
      throw Refusals.invalidValue(
          "The parameter %s is not a valid identifier. Identifiers must begin with a letter; must"
              + " contain only ASCII letters, digits, and hyphens; and must not end with a"
              + " hyphen or contain two consecutive hyphens.",
          member);
    }
    return given;
  }

  /** The identifier of a subnet group, which may have dots and underscores, too. */
  static String subnetGroup(@Nullable String identifier) {
    String member = "ReplicationSubnetGroupIdentifier";
    String given = Refusals.required(identifier, member);
    if (given.length() > 255 || !GROUP.matcher(given).matches() || isDefault(given)) {
      throw Refusals.invalidValue(
          "The parameter "
              + member
              + " is not a valid identifier. It must contain no more than 255 alphanumeric"
              + " characters, periods, underscores, or hyphens, and must not be \"default\".");
    }
    return given.toLowerCase(Locale.ROOT);
  }

  private static boolean isDefault(String identifier) {
    return identifier.equalsIgnoreCase("default");
  }

  /** The last part of a new ARN: what the caller wants it to be, else letters of no meaning. */
  static String arnPart(@Nullable String wanted, Ids ids) {
    return wanted == null || wanted.isEmpty()
        ? ids.letters("dms", ARN_LETTERS)
        : name(wanted, "ResourceIdentifier", LONGEST_ARN_PART);
  }

  /** The last part of an ARN, by which metrics and logs name an object. */
  static String arnPart(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}

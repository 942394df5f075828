package dev.pgbound.spi;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Type and name of a declared resource. Its text form {@code type.name} is used in the migration
 * file, in plans, in the journal and in the ownership tag.
 */
public record Address(String type, String name) implements Comparable<Address> {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::type).thenComparing(Address::name);

  /** Throws {@link IllegalArgumentException} when either part is malformed. */
  public Address {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("not a resource type: " + type);
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a resource name: " + name);
    }
  }

  /** Whether {@code name} can be the second part of an address. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Reads {@code type.name}; empty when the text has another form. */
  public static Optional<Address> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String type = text.substring(0, dot);
    String name = text.substring(dot + 1);
    return TYPE.matcher(type).matches() && NAME.matcher(name).matches()
        ? Optional.of(new Address(type, name))
        : Optional.empty();
  }

  @Override
  public int compareTo(Address other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return type + "." + name;
  }
}

package dev.pgbound.spi;

import java.util.Comparator;
import java.util.Optional;

/**
 * Type and name of a declared resource. Its text form {@code type.name} is used in the migration
 * file, in plans, in the journal and in the ownership tag.
 */
public record Address(String type, String name) implements Comparable<Address> {

  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::type).thenComparing(Address::name);

  /** Throws {@link IllegalArgumentException} when either part is malformed. */
  public Address {
    if (!isType(type)) {
      throw new IllegalArgumentException("not a resource type: " + type);
    }
    if (!isName(name)) {
      throw new IllegalArgumentException("not a resource name: " + name);
    }
  }

  /** Whether {@code name} can be the second part of an address. */
  public static boolean isName(String name) {
    if (name.isEmpty() || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetterOrDigit(c) || c == '_' || c == '-');
  }

  // Without patterns: a hostile file holds tens of thousands of addresses, each read many times.
  private static boolean isType(String type) {
    return !type.isEmpty()
        && isLower(type.charAt(0))
        && type.chars().allMatch(c -> isLower(c) || isDigit(c) || c == '-');
  }

  private static boolean isLetterOrDigit(int c) {
    return isLower(c) || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Reads {@code type.name}; empty when the text has another form. */
  public static Optional<Address> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String type = text.substring(0, dot);
    String name = text.substring(dot + 1);
    return isType(type) && isName(name) ? Optional.of(new Address(type, name)) : Optional.empty();
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

package dev.pgbound.spi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The type of an attribute's value: what the JSON schema accepts and how two values compare. */
public sealed interface Type {

  /** Text, optionally of a certain form; {@code form} says in words what the pattern wants. */
  record TextType(Optional<Pattern> pattern, String form) implements Type {}

  /** One of a closed list of words. */
  record EnumType(List<String> words) implements Type {
    public EnumType {
      words = List.copyOf(words);
    }
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  record IntType(long min, long max) implements Type {}

  /** Any number. */
  record DecimalType() implements Type {}

  record BoolType() implements Type {}

  /** How the elements of a list are told apart when two lists are compared. */
  enum Order {
    /** The order matters. */
    SEQUENCE,
    /** A set: only what is in it matters. */
    SET,
    /** Elements are found again by their identity; elements that only live are a difference. */
    KEYED,
    /** As {@link #KEYED}, but elements that are only live belong to the service: no difference. */
    KEYED_PARTIAL
  }

  /** A list; {@code identity} names the members that identify an element of a keyed list. */
  record ListType(Type element, Order order, List<String> identity) implements Type {
    public ListType {
      identity = List.copyOf(identity);
    }
  }

  /** Named values with names that the user chooses. */
  record MapType(Type value) implements Type {}

  /** Named values with known names. */
  record ObjectType(List<Attribute> attributes) implements Type {
    public ObjectType {
      attributes = List.copyOf(attributes);
    }

    public Optional<Attribute> attribute(String name) {
      return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
    }
  }

  /** Anything; compared as a tree. */
  record AnyType() implements Type {}

  /** Plain text. */
  static Type text() {
    return new TextType(Optional.empty(), "");
  }

  /** Text that matches {@code regex} as a whole; {@code form} says in words what that is. */
  static Type text(String regex, String form) {
    return new TextType(Optional.of(Pattern.compile(regex)), form);
  }

  static Type words(String... words) {
    return new EnumType(List.of(words));
  }

  static Type integer() {
    return new IntType(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static Type integer(long min, long max) {
    return new IntType(min, max);
  }

  static Type decimal() {
    return new DecimalType();
  }

  static Type bool() {
    return new BoolType();
  }

  static Type sequence(Type element) {
    return new ListType(element, Order.SEQUENCE, List.of());
  }

  static Type set(Type element) {
    return new ListType(element, Order.SET, List.of());
  }

  static Type keyed(Type element, String... identity) {
    return new ListType(element, Order.KEYED, List.of(identity));
  }

  static Type keyedPartial(Type element, String... identity) {
    return new ListType(element, Order.KEYED_PARTIAL, List.of(identity));
  }

  static Type map(Type value) {
    return new MapType(value);
  }

  static Type object(Attribute... attributes) {
    return new ObjectType(List.of(attributes));
  }

  static Type object(List<Attribute> attributes) {
    return new ObjectType(attributes);
  }

  static Type any() {
    return new AnyType();
  }
}

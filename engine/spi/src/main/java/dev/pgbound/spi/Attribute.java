package dev.pgbound.spi;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * One named, typed value of a resource. Made with {@link #named} and refined by the methods that
 * return a changed copy.
 *
 * @param impact what a change of it does; empty for an attribute inside another one, which takes
 *     the impact of the attribute around it
 * @param effects values a change to which has another impact than {@code impact}, see {@link
 *     #impactOf}
 * @param normalizer brings a value into the form in which two spellings of one meaning are equal;
 *     applied to the declared and to the live value before they are compared
 * @param satisfied whether a live value does what a declared one asks for, both in normal form, the
 *     declared one first; empty where the type says how two values compare
 */
public record Attribute(
    String name,
    Type type,
    String doc,
    Set<Flag> flags,
    Optional<Impact> impact,
    String impactText,
    Map<Value, Effect> effects,
    Optional<Value> defaultValue,
    UnaryOperator<Value> normalizer,
    Optional<BiPredicate<Value, Value>> satisfied) {

  /** What a change to one particular value does, and the sentence about it. */
  public record Effect(Impact impact, String why) {}

  /** What the engine has to know about an attribute. */
  public enum Flag {
    /** The file must declare it. */
    REQUIRED,
    /** Only the service sets it: refused in the file, can be referred to. */
    COMPUTED,
    /** Cannot be changed in place: a difference replaces the object. */
    IMMUTABLE,
    /** Names the object; defaults to the migration and the resource name. */
    IDENTIFIER,
    /** Defaults to the migration and the resource name, as an identifier, but finds nothing. */
    NAME,
    /** Never shown; takes no literal. */
    SENSITIVE,
    /** Cannot be read back: never compared. */
    WRITE_ONLY,
    /** No two objects of the type can have the same value at a time, as with an identifier. */
    UNIQUE,
    /** The service refuses to delete what it refers to, for as long as it does. */
    HOLDS,
    /** As {@link #HOLDS}, and it does not let go either while something lives there. */
    HOLDS_FAST,
    /** May be written as {@code null}, which declares no value: pasted documents are full of it. */
    NULLABLE,
    /** May be written as {@code null}, which takes off the value that is live. */
    CLEARABLE
  }

  /** Throws {@link IllegalArgumentException} for flags that contradict one another. */
  public Attribute {
    Set<Flag> copy = EnumSet.noneOf(Flag.class);
    copy.addAll(flags);
    flags = Collections.unmodifiableSet(copy);
    effects = Collections.unmodifiableMap(new LinkedHashMap<>(effects));
    if (flags.contains(Flag.COMPUTED)
        && (flags.contains(Flag.REQUIRED) || flags.contains(Flag.WRITE_ONLY))) {
      throw new IllegalArgumentException(name + ": what only the service sets cannot be " + flags);
    }
    if (flags.contains(Flag.IDENTIFIER) && !flags.contains(Flag.IMMUTABLE)) {
      throw new IllegalArgumentException(name + ": an identifier must be immutable");
    }
    if (flags.contains(Flag.REQUIRED) && defaultValue.isPresent()) {
      throw new IllegalArgumentException(name + ": what has a default is not required");
    }
  }

  public static Attribute named(String name, Type type, String doc) {
    return new Attribute(
        name,
        type,
        doc,
        Set.of(),
        Optional.empty(),
        "",
        Map.of(),
        Optional.empty(),
        UnaryOperator.identity(),
        Optional.empty());
  }

  public Attribute with(Flag... more) {
    Set<Flag> all = EnumSet.noneOf(Flag.class);
    all.addAll(flags);
    all.addAll(List.of(more));
    return new Attribute(
        name, type, doc, all, impact, impactText, effects, defaultValue, normalizer, satisfied);
  }

  public Attribute type(Type newType) {
    return new Attribute(
        name,
        newType,
        doc,
        flags,
        impact,
        impactText,
        effects,
        defaultValue,
        normalizer,
        satisfied);
  }

  public Attribute doc(String newDoc) {
    return new Attribute(
        name,
        type,
        newDoc,
        flags,
        impact,
        impactText,
        effects,
        defaultValue,
        normalizer,
        satisfied);
  }

  /** A change of it has this impact; {@code why} is the sentence that the plan prints. */
  public Attribute impact(Impact newImpact, String why) {
    return new Attribute(
        name,
        type,
        doc,
        flags,
        Optional.of(newImpact),
        why,
        effects,
        defaultValue,
        normalizer,
        satisfied);
  }

  /**
   * A change to this very value has another impact; {@link Value.Null} stands for taking the value,
   * or an element of the list, off.
   */
  public Attribute impactOf(Value value, Impact newImpact, String why) {
    Map<Value, Effect> more = new LinkedHashMap<>(effects);
    more.put(value, new Effect(newImpact, why));
    return new Attribute(
        name, type, doc, flags, impact, impactText, more, defaultValue, normalizer, satisfied);
  }

  /** The value that is managed when the file declares none. */
  public Attribute defaultsTo(Value value) {
    return new Attribute(
        name,
        type,
        doc,
        flags,
        impact,
        impactText,
        effects,
        Optional.of(value),
        normalizer,
        satisfied);
  }

  public Attribute normalizedBy(UnaryOperator<Value> newNormalizer) {
    return new Attribute(
        name,
        type,
        doc,
        flags,
        impact,
        impactText,
        effects,
        defaultValue,
        newNormalizer,
        satisfied);
  }

  /**
   * Replaces the comparison: a live value that satisfies the declared one is no difference, every
   * other one is. Never asked about a declared value that is not known, nor without a live one.
   */
  public Attribute satisfiedBy(BiPredicate<Value, Value> newSatisfied) {
    return new Attribute(
        name,
        type,
        doc,
        flags,
        impact,
        impactText,
        effects,
        defaultValue,
        normalizer,
        Optional.of(newSatisfied));
  }

  /** Whether the file may write {@code null} for it. */
  public boolean takesNull() {
    return is(Flag.NULLABLE) || is(Flag.CLEARABLE);
  }

  public boolean is(Flag flag) {
    return flags.contains(flag);
  }
}

package dev.pgbound.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a table rule can do: the word for it, to which level it is applied, and what it takes. */
public enum RuleAction {
  INCLUDE("include", Kind.SELECTION, "", "", "load-order filters"),
  EXCLUDE("exclude", Kind.SELECTION, "", "", ""),
  EXPLICIT("explicit", Kind.SELECTION, "", "", "load-order"),
  RENAME("rename", Kind.NAMING, "schema table column", "", "value expression"),
  CONVERT_LOWERCASE("convert-lowercase", Kind.NAMING, "schema table column", "", ""),
  CONVERT_UPPERCASE("convert-uppercase", Kind.NAMING, "schema table column", "", ""),
  ADD_PREFIX("add-prefix", Kind.NAMING, "schema table column", "value", ""),
  ADD_SUFFIX("add-suffix", Kind.NAMING, "schema table column", "value", ""),
  REMOVE_PREFIX("remove-prefix", Kind.NAMING, "schema table column", "value", ""),
  REMOVE_SUFFIX("remove-suffix", Kind.NAMING, "schema table column", "value", ""),
  REPLACE_PREFIX("replace-prefix", Kind.NAMING, "schema table column", "value old-value", ""),
  REPLACE_SUFFIX("replace-suffix", Kind.NAMING, "schema table column", "value old-value", ""),
  REMOVE_COLUMN("remove-column", Kind.SHAPING, "column", "", ""),
  INCLUDE_COLUMN("include-column", Kind.SHAPING, "column", "", ""),
  ADD_COLUMN("add-column", Kind.SHAPING, "column", "value", "expression data-type"),
  CHANGE_DATA_TYPE("change-data-type", Kind.SHAPING, "column", "data-type", ""),
  DEFINE_PRIMARY_KEY("define-primary-key", Kind.SHAPING, "table", "primary-key-def", ""),
  ADD_BEFORE_IMAGE_COLUMNS(
      "add-before-image-columns", Kind.SHAPING, "column", "before-image-def", ""),
  MASK_DIGITS("data-masking-digits-mask", Kind.SHAPING, "column", "value", ""),
  RANDOMIZE_DIGITS("data-masking-digits-randomize", Kind.SHAPING, "column", "", ""),
  MASK_HASH("data-masking-hash-mask", Kind.SHAPING, "column", "", ""),
  OVERRIDE_VALIDATION_FUNCTION(
      "override-validation-function",
      Kind.VALIDATION,
      "column",
      "",
      "source-function target-function");

  /** What an action is about. */
  public enum Kind {
    SELECTION("selection"),
    /** A transformation that changes a name. */
    NAMING("transformation"),
    /** A transformation that changes anything else. */
    SHAPING("transformation"),
    VALIDATION("validation");

    private final String ruleType;

    Kind(String ruleType) {
      this.ruleType = ruleType;
    }

    String ruleType() {
      return ruleType;
    }
  }

  private static final Map<String, RuleAction> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(RuleAction::word, a -> a));

  private final String word;
  private final Kind kind;
  private final String targets;
  private final String needed;
  private final String optional;

  RuleAction(String word, Kind kind, String targets, String needed, String optional) {
    this.word = word;
    this.kind = kind;
    this.targets = targets;
    this.needed = needed;
    this.optional = optional;
  }

  static Optional<RuleAction> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** The actions that a rule of this type can have, in words. */
  static List<String> wordsFor(String ruleType) {
    return Arrays.stream(values())
        .filter(action -> action.kind.ruleType().equals(ruleType))
        .map(RuleAction::word)
        .toList();
  }

  public String word() {
    return word;
  }

  Kind kind() {
    return kind;
  }

  /** The levels to which it can be applied; none for selections. */
  List<String> targets() {
    return words(targets);
  }

  /** The rule members without which it says nothing. */
  List<String> needed() {
    return words(needed);
  }

  /** The rule members that it understands beside the needed ones. */
  List<String> optional() {
    return words(optional);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}

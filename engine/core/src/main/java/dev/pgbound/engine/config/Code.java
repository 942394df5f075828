package dev.pgbound.engine.config;

/**
 * Every diagnostic of the engine: a stable code, what is wrong in constant words, and what to do
 * about it in one line. {@code docs/codes} has a page for each of them, with examples that a test
 * runs. Resource types bring codes of their own, see {@link dev.pgbound.spi.Problems}.
 */
public enum Code {
  FILE_UNREADABLE("FILE-001", "File cannot be read", "Check the path and its permissions."),
  FILE_TOO_LARGE("FILE-002", "File is too large", "Split the migration; a file has 1 MiB at most."),
  NOT_UTF8("FILE-003", "File is not UTF-8 text", "Save the file in the encoding UTF-8."),
  CONTROL_CHARACTER(
      "FILE-004",
      "Control character in the file",
      "Delete it, or write it as \"\\x..\" in quotes."),
  FILE_EMPTY("FILE-005", "File is empty", "Start from the file that 'pgbound init' writes."),
  YAML_SYNTAX("FILE-006", "Not valid YAML", "Check indentation, quotes and brackets."),
  TAB_INDENT("FILE-007", "Tab in the indentation", "Indent with spaces."),
  DUPLICATE_KEY("FILE-008", "Duplicate key", "Keep one of the two."),
  SEVERAL_DOCUMENTS(
      "FILE-009", "More than one document in the file", "Use one file for each migration."),
  TAG("FILE-010", "YAML tags are not allowed", "Put a text that begins with ! in quotes."),
  MERGE_KEY("FILE-011", "Merge keys are not allowed", "Repeat the values, or use an alias."),
  UNKNOWN_ALIAS(
      "FILE-012", "Unknown alias", "Put a text that begins with * in quotes, or set the anchor."),
  TOO_DEEP("FILE-013", "Nested too deeply", "A file may be nested 50 levels deep."),
  TOO_MUCH(
      "FILE-014", "Too many values", "A file has at most 50 aliases and 100000 values in all."),
  KEY_NOT_TEXT("FILE-015", "Key is not a text", "Put the key in quotes."),
  NOT_A_MAPPING(
      "FILE-016", "File does not hold keys and values", "The top level needs lines 'key: value'."),
  TOO_MANY_RESOURCES(
      "FILE-017",
      "Too many resources",
      "A file stands for 5000 resources at most; split the migration."),

  REFERENCE_SYNTAX(
      "REF-001", "Malformed reference", "Write ${type.name}, ${type.name.output} or ${var.name}."),
  UNKNOWN_VARIABLE("REF-002", "Unknown variable", "Declare it under 'variables'."),
  VARIABLE_WITHOUT_VALUE(
      "REF-003", "Variable has no value", "Give it with --var or set a default."),
  UNDECLARED_VARIABLE(
      "REF-004", "Value given for an unknown variable", "Declare it under 'variables'."),
  VARIABLE_TYPE(
      "REF-005", "Value does not fit the variable", "Give a value of the variable's type."),
  REFERENCE_NOT_ALLOWED(
      "REF-006", "Reference where none is allowed", "Write the value itself, or $${ for the sign."),
  VARIABLE_IN_TEXT("REF-007", "List or map inside a text", "Use the variable as the whole value."),

  UNKNOWN_RESOURCE(
      "GRAPH-001", "Reference to an unknown resource", "Correct the address, or declare it."),
  UNKNOWN_OUTPUT("GRAPH-002", "Unknown output", "Refer to an output that the type has."),
  CYCLE("GRAPH-003", "Resources depend on one another in a circle", "Remove one reference."),
  SAME_NAME("GRAPH-004", "Two resources with one name in AWS", "Give one of them another name."),
  ENVIRONMENT_NOT_ALLOWED(
      "GRAPH-005",
      "Only secrets may come from the environment",
      "Use a variable, ${var.name}, and give its value with --var."),
  OVERRIDE_WITHOUT_RESOURCE(
      "GRAPH-006", "Override of an unknown resource", "See 'pgbound expand' for the addresses."),
  DECLARED_TWICE("GRAPH-007", "Resource is declared twice", "Change it under 'overrides' instead."),

  SECTION_MISSING("SECTION-001", "Another section is missing", "Add the section."),
  SECTION_CHOICE("SECTION-002", "Keys do not fit together", "Choose one of the forms."),
  NETWORK_RANGE("SECTION-003", "Not a usable network", "Write it as 10.0.0.0/16."),
  TABLE_PATTERN(
      "SECTION-004", "Not a table pattern", "Write SCHEMA.TABLE, with * for any characters."),
  SCHEMA_UNNAMED("SECTION-005", "Schema without a name", "Name the schemas of the target."),
  CUTOVER_WHILE_RUNNING(
      "SECTION-006", "Cutover while a task runs", "Write run: stopped for the task."),

  POLICY_SYNTAX(
      "POLICY-001",
      "Rule of a policy cannot be understood",
      "Write a CEL expression over 'plan' and 'change' that is true or false."),
  NOTHING_TO_ACCEPT(
      "POLICY-002", "Accepted warning does not occur", "Delete the entry, or correct it."),

  UNKNOWN_KEY("SCHEMA-001", "Unknown key", "Correct or delete the key."),
  MISSING_KEY("SCHEMA-002", "Missing key", "Add the key."),
  WRONG_TYPE("SCHEMA-003", "Wrong type of value", "Write a value of the expected type."),
  NOT_A_WORD("SCHEMA-004", "Value is not one of the allowed words", "Use one of the words."),
  OUT_OF_RANGE("SCHEMA-005", "Number is out of range", "Write a number within the range."),
  WRONG_FORM("SCHEMA-006", "Text has the wrong form", "Write the text in the expected form."),
  NUMBER_FOR_TEXT("SCHEMA-007", "Number where a text is expected", "Put the value in quotes."),
  UNKNOWN_TYPE("SCHEMA-008", "Unknown resource type", "See 'pgbound explain' for the types."),
  SENSITIVE_LITERAL(
      "SCHEMA-009", "Secret written in the file", "Use ${env.NAME} or refer to a secret."),
  COMPUTED_ATTRIBUTE(
      "SCHEMA-010",
      "Attribute is set by the service",
      "Delete it; other resources can refer to it."),
  NO_VALUE("SCHEMA-011", "Key without a value", "Write a value or delete the key."),
  WRONG_NAME("SCHEMA-012", "Malformed name", "Use letters, digits and hyphens.");

  private final String id;
  private final String summary;
  private final String advice;

  Code(String id, String summary, String advice) {
    this.id = id;
    this.summary = summary;
    this.advice = advice;
  }

  /** The stable form, such as {@code FILE-003}. */
  public String id() {
    return id;
  }

  /** What is wrong, without values of the user. */
  public String summary() {
    return summary;
  }

  /** What to do, in one line. */
  public String advice() {
    return advice;
  }
}

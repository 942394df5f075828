package dev.pgbound.engine.schema;

/**
 * The patterns with which a JSON schema accepts references. They also accept malformed ones, which
 * are reported with better words where references are read.
 */
enum ReferencePattern {
  /** Any reference. */
  ANY("\\$\\{[^}]*\\}", "(^|[^$])\\$\\{"),

  /** Only variables, where nothing may depend on what exists in AWS. */
  VARIABLE("\\$\\{var\\.[^}]*\\}", "(^|[^$])\\$\\{var\\.");

  private final String whole;
  private final String inside;

  ReferencePattern(String whole, String inside) {
    this.whole = whole;
    this.inside = inside;
  }

  /** Matches a text that is one reference and nothing else. */
  String whole() {
    return "^" + whole + "$";
  }

  /** Matches a text with a reference in it. */
  String inside() {
    return inside;
  }
}

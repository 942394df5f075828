package dev.pgbound.engine.config;

/** The files that pgbound reads: how much they may hold, and what they begin with. */
public enum FileKind {
  /** What is to be: one per migration. */
  MIGRATION(
      Limits.SIZE,
      Limits.VALUES,
      "Split the migration into several files.",
      "A migration file needs at least 'version: 1' and 'migration: NAME'. 'pgbound init' writes a"
          + " complete one to start from.",
      "A migration file holds lines of the form 'key: value', such as 'version: 1'."),
  /** What the source holds: large, because databases are. */
  CATALOG(
      16 << 20,
      1_000_000,
      "Leave out of the catalog what is not replicated.",
      "A catalog needs at least 'catalog: 1' and 'schemas:'.",
      "A catalog holds lines of the form 'key: value', such as 'catalog: 1'.");

  private final int size;
  private final int values;
  private final String smaller;
  private final String empty;
  private final String form;

  FileKind(int size, int values, String smaller, String empty, String form) {
    this.size = size;
    this.values = values;
    this.smaller = smaller;
    this.empty = empty;
    this.form = form;
  }

  /** Most bytes of a file. */
  public int size() {
    return size;
  }

  /** Most values with aliases filled in. */
  int mostValues() {
    return values;
  }

  /** How a file that is too large becomes smaller. */
  public String smaller() {
    return smaller;
  }

  /** What an empty file lacks. */
  String empty() {
    return empty;
  }

  /** What stands at the top. */
  String form() {
    return form;
  }
}

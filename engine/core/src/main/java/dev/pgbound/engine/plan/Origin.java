package dev.pgbound.engine.plan;

/** Who moved: the file, the object, or both since the last apply. */
public enum Origin {
  FILE("file"),
  DRIFT("drift"),
  BOTH("file and drift"),
  /** The object carries no digest of the last apply. */
  UNKNOWN("unknown");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

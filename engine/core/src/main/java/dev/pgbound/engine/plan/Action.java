package dev.pgbound.engine.plan;

/** What a change does to an object. */
public enum Action {
  NO_OP(" ", "unchanged", "unchanged"),
  CREATE("+", "create", "created"),
  UPDATE("~", "update", "updated"),
  REPLACE("-/+", "replace", "replaced"),
  /**
   * As {@link #REPLACE}, but what uses the old object takes the new one before the old one goes.
   */
  REPLACE_CREATE_FIRST("+/-", "replace", "replaced"),
  DELETE("-", "delete", "deleted");

  private final String symbol;
  private final String verb;
  private final String done;

  Action(String symbol, String verb, String done) {
    this.symbol = symbol;
    this.verb = verb;
    this.done = done;
  }

  /** Whether a new object takes the place of an old one. */
  public boolean isReplacement() {
    return this == REPLACE || this == REPLACE_CREATE_FIRST;
  }

  /** Whether an object goes. */
  public boolean deletes() {
    return this == DELETE || isReplacement();
  }

  /** The sign that stands before the change in a plan. */
  public String symbol() {
    return symbol;
  }

  public String verb() {
    return verb;
  }

  /** The past participle of {@link #verb()}. */
  public String done() {
    return done;
  }
}

package dev.pgbound.engine.plan;

/** What a change does to an object. */
public enum Action {
  NO_OP(" ", "unchanged", "unchanged"),
  CREATE("+", "create", "created"),
  UPDATE("~", "update", "updated"),
  REPLACE("-/+", "replace", "replaced"),
  DELETE("-", "delete", "deleted");

  private final String symbol;
  private final String verb;
  private final String done;

  Action(String symbol, String verb, String done) {
    this.symbol = symbol;
    this.verb = verb;
    this.done = done;
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

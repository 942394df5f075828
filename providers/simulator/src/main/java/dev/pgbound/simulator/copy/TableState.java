package dev.pgbound.simulator.copy;

/** How far a table is, in the words of DMS. */
public enum TableState {
  BEFORE_LOAD("Before load"),
  LOADING("Full load"),
  RELOADING("Table is being reloaded"),
  COMPLETED("Table completed"),
  ERROR("Table error"),
  MISSING("Table does not exist");

  private final String word;

  TableState(String word) {
    this.word = word;
  }

  /** As table statistics have it. */
  public String word() {
    return word;
  }

  boolean isLoading() {
    return this == LOADING || this == RELOADING;
  }
}

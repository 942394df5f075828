package dev.pgbound.spi;

/** What a change does to the data and the users of a migration, worst first. */
public enum Impact {
  /** Target data, a secret or a key is deleted, or target tables are dropped. */
  DESTROYS_DATA("destroys-data"),
  /** A full load starts again; the CDC position is lost. */
  RELOADS_DATA("reloads-data"),
  /** A running task stops for a while. */
  STOPS_REPLICATION("stops-replication"),
  /** An instance or a database restarts or fails over. */
  INTERRUPTS("interrupts"),
  /** Nobody notices. */
  NONE("none");

  private final String word;

  Impact(String word) {
    this.word = word;
  }

  /** The word for it in plans and on the command line. */
  public String word() {
    return word;
  }

  /** Whether the approval of a whole plan is not enough: the user has to allow it by name. */
  public boolean needsAllowance() {
    return this == DESTROYS_DATA || this == RELOADS_DATA;
  }

  public boolean isWorseThan(Impact other) {
    return compareTo(other) < 0;
  }

  public static Impact worse(Impact one, Impact other) {
    return one.isWorseThan(other) ? one : other;
  }
}

package dev.pgbound.cli;

/** What a command tells the shell. */
public enum ExitCode {
  /** Done; also a plan with changes when nobody asked for the detailed code. */
  DONE(0),
  FAILED(1),
  /** {@code plan --detailed-exitcode}: there are changes. */
  CHANGES(2),
  /** Refused; nothing was written. */
  REFUSED(3),
  /** Partly applied; the same command continues. */
  PARTLY_APPLIED(4),
  /** Somebody else holds the lock; nothing was written. */
  LOCKED(6),
  WRONG_COMMAND_LINE(64),
  INVALID_FILE(65),
  UNREACHABLE(69),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}

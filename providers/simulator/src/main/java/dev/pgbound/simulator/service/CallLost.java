package dev.pgbound.simulator.service;

/**
 * Thrown by a {@link CallHook} whose call is not answered at all; passes to whoever carries
 * requests.
 */
public final class CallLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Cause cause;

  /** Why there is no answer. */
  public enum Cause {
    /** The connection is reset. */
    RESET,
    /** The whole process dies. */
    HALT
  }

  /** A call without an answer. */
  public CallLost(Cause cause) {
    super(cause.name(), null, false, false);
    this.cause = cause;
  }

  /** Why there is no answer. */
  public Cause reason() {
    return cause;
  }
}

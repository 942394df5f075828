package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Trouble;

/** Thrown by a {@link CallHook} whose call is to be answered with some trouble. */
public final class CallTroubled extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  /** A call that gets this answer. */
  public CallTroubled(Trouble trouble) {
    super(trouble.name(), null, false, false);
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}

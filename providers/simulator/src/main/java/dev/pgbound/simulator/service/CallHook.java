package dev.pgbound.simulator.service;

/**
 * Sees every call of a known operation. Either method may throw a {@link
 * dev.pgbound.simulator.wire.Fault} or {@link CallTroubled}, which the caller then gets, or {@link
 * CallLost}: before, so that nothing has happened, or after, so that it has happened and only the
 * answer is lost.
 */
public interface CallHook {

  /** The request was read; its handler has not run. */
  default void before(Call call) {}

  /** The handler has answered; the answer is not sent yet. */
  default void after(Call call) {}
}

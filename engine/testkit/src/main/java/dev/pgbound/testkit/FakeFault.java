package dev.pgbound.testkit;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;

/**
 * What goes wrong with a call of a {@link FakeType}.
 *
 * @param times how often it happens before the call succeeds again
 */
public record FakeFault(RuntimeException exception, When when, int times) {

  /** Whether the object has changed when the call fails. */
  public enum When {
    BEFORE_THE_EFFECT,
    /** The object has changed, but nobody has waited until it can be used. */
    AFTER_THE_EFFECT
  }

  /** The service refuses once, and nothing has happened. */
  public static FakeFault once(Kind kind, String message) {
    return of(new ResourceException(kind, "Fake" + kind, message));
  }

  /** The type throws once, before anything has happened: an internal error, for instance. */
  public static FakeFault of(RuntimeException exception) {
    return new FakeFault(exception, When.BEFORE_THE_EFFECT, 1);
  }

  public FakeFault always() {
    return new FakeFault(exception, when, Integer.MAX_VALUE);
  }

  public FakeFault afterTheEffect() {
    return new FakeFault(exception, When.AFTER_THE_EFFECT, times);
  }

  FakeFault used() {
    return new FakeFault(exception, when, times == Integer.MAX_VALUE ? times : times - 1);
  }
}

package dev.pgbound.simulator.seed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A seed file that does not say what an account holds; the message says where and why. */
public final class InvalidSeedException extends IOException {

  private static final long serialVersionUID = 1L;

  InvalidSeedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

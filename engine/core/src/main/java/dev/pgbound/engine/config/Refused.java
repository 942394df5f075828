package dev.pgbound.engine.config;

/** Reading cannot go on; the reason is already among the diagnostics. Never leaves the package. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Refused() {
    super(null, null, false, false);
  }
}

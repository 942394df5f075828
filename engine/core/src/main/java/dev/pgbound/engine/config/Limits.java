package dev.pgbound.engine.config;

/** How much a file may hold, so that no file can exhaust time, memory or stack. */
final class Limits {

  /** Size of a file in bytes, and of all texts after variables are filled in, in UTF-16 units. */
  static final int SIZE = 1 << 20;

  static final int DEPTH = 50;
  static final int ALIASES = 50;

  /** Values after aliases and variables are filled in. */
  static final int VALUES = 100_000;

  private Limits() {}
}

package dev.pgbound.engine.config;

import dev.pgbound.spi.Address;

/** What a {@code ${...}} in the file refers to. */
public sealed interface Reference {

  /**
   * An output of a resource.
   *
   * @param output the output, with places inside it such as {@code masterUserSecret.secretArn} or
   *     {@code endpoints[0].address}; {@link Pointer#ROOT} for the identifier that the attribute
   *     expects
   */
  record ToResource(Address address, Pointer output) implements Reference {}

  /** A variable of the file. */
  record ToVariable(String name) implements Reference {}

  /** A variable of the environment; only secrets may take their value from it. */
  record ToEnvironment(String name) implements Reference {}
}

package dev.pgbound.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is made when it is first asked for, once. Safe for use by several threads. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private Optional<T> value = Optional.empty();

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    T made = value.orElseGet(maker);
    value = Optional.of(made);
    return made;
  }

  /** The value, if anybody has asked for it. */
  synchronized Optional<T> made() {
    return value;
  }
}

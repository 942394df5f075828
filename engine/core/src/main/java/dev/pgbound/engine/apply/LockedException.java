package dev.pgbound.engine.apply;

import java.util.Optional;

/** Somebody else holds the lock of the migration; nothing was written. */
public final class LockedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<LockHolder> holder;

  LockedException(String migration, Optional<LockHolder> holder) {
    super(migration + " is locked");
    this.holder = holder;
  }

  /** Who holds it; empty when the lock does not say so. */
  public Optional<LockHolder> holder() {
    return holder;
  }
}

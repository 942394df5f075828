package dev.pgbound.engine.apply;

import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.ResourceException;
import java.util.Optional;

/** The lock that keeps two runs of one migration apart. */
public final class MigrationLock {

  /** How often a lock that comes and goes is reached for. */
  private static final int ATTEMPTS = 3;

  private final LockStore store;
  private final String migration;

  public MigrationLock(LockStore store, String migration) {
    this.store = store;
    this.migration = migration;
  }

  /** What lies in a lock. */
  public record Content(String text) {

    /** The run that wrote it; empty when pgbound did not. */
    public Optional<LockHolder> holder() {
      return LockHolder.parse(text);
    }
  }

  /** What lies in it now; empty when nobody holds it. */
  public Optional<Content> look() {
    return store.get(migration).map(Content::new);
  }

  /**
   * Fails where {@link #take} would. Writes nothing.
   *
   * @throws LockedException when somebody holds it who may be alive
   */
  public void requireFree(Claimant claimant) {
    Optional<Content> found = look();
    if (found.isPresent() && !isDead(found.get(), claimant)) {
      throw held(found.get());
    }
  }

  /**
   * Takes it, also from a run that is dead.
   *
   * @throws LockedException when somebody holds it who may be alive
   */
  public void take(Claimant claimant) {
    Optional<Content> other = place(claimant);
    if (other.isEmpty()) {
      return;
    }
    Content dead = other.get();
    if (!isDead(dead, claimant) || !claimant.alone(() -> takeOver(dead, claimant))) {
      throw held(dead);
    }
    dead.holder().ifPresent(claimant::tookOver);
  }

  /** Removes it when its holder is dead. */
  public void clear(Claimant claimant) {
    if (look().filter(content -> isDead(content, claimant)).isPresent()) {
      take(claimant);
      release(claimant);
    }
  }

  /** Gives it back if it still is the claimant's, and tells the claimant if not. */
  public void release(Claimant claimant) {
    try {
      Optional<Content> now = look();
      if (now.equals(Optional.of(own(claimant)))) {
        store.remove(migration);
      } else {
        claimant.lost(now.flatMap(Content::holder));
      }
    } catch (ResourceException e) {
      claimant.leftBehind(e);
    }
  }

  /**
   * Removes what somebody was shown, and nothing else.
   *
   * @return false when something else lies there, or nothing any more
   */
  public boolean remove(Content shown) {
    if (!look().equals(Optional.of(shown))) {
      return false;
    }
    store.remove(migration);
    return true;
  }

  /** Writes the claimant into the lock; returns whom it finds there instead. */
  private Optional<Content> place(Claimant claimant) {
    Content own = own(claimant);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (put(own)) {
        return Optional.empty();
      }
      Optional<Content> there = look();
      if (there.isPresent()) {
        // A call that was repeated because its answer was lost finds what it has written.
        return there.filter(content -> !content.equals(own));
      }
    }
    throw new LockedException(migration, Optional.empty());
  }

  private boolean put(Content own) {
    try {
      return store.put(migration, own.text());
    } catch (ResourceException e) {
      removeIfWritten(own, e);
      throw e;
    }
  }

  /** Whether a call without an answer had an effect is not known. */
  private void removeIfWritten(Content own, ResourceException failure) {
    try {
      remove(own);
    } catch (ResourceException e) {
      failure.addSuppressed(e);
    }
  }

  private void takeOver(Content dead, Claimant claimant) {
    remove(dead);
    Optional<Content> other = place(claimant);
    if (other.isPresent()) {
      throw held(other.get());
    }
  }

  private static boolean isDead(Content content, Claimant claimant) {
    return content.holder().filter(claimant::isDead).isPresent();
  }

  private static Content own(Claimant claimant) {
    return new Content(claimant.self().text());
  }

  private LockedException held(Content content) {
    return new LockedException(migration, content.holder());
  }
}

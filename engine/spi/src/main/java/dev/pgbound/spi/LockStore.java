package dev.pgbound.spi;

import java.util.Optional;

/**
 * Keeps one short text for each migration where everybody who works on the migration sees it. What
 * the text means is the engine's business. Calls throw {@link ResourceException} for what the
 * service refuses.
 */
public interface LockStore {

  /**
   * Writes the text unless there is one already: of two calls at the same time one succeeds.
   *
   * @return whether it was written
   */
  boolean put(String migration, String text);

  /** The text as it is now. */
  Optional<String> get(String migration);

  /** Removes the text, whatever it is; none is a success. */
  void remove(String migration);
}

package dev.pgbound.engine.apply;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Timeline;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes work up again that AWS did not answer. A lost answer does not say whether the call had its
 * effect, so that each further attempt has to look first, and is told that it is one.
 *
 * @param cancelled whether nothing is to be tried again
 */
record Attempts(Timeline timeline, BooleanSupplier cancelled) {

  private static final int MOST = 6;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** What to do in an attempt. */
  interface Work<T> {
    T run(boolean again);
  }

  /**
   * @param alsoOpen failures of a further attempt that leave open what has happened
   */
  <T> T run(Work<T> work, Predicate<ResourceException> alsoOpen, Consumer<String> progress) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      boolean again = attempt > 1;
      try {
        return work.run(again);
      } catch (ResourceException e) {
        boolean open = isUnanswered(e) || (again && alsoOpen.test(e));
        if (!open || attempt == MOST || cancelled.getAsBoolean()) {
          throw e;
        }
        progress.accept(
            String.format(
                Locale.ROOT, "attempt %d follows, after: %s", attempt + 1, e.getMessage()));
        sleep(pause, e);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static boolean isUnanswered(ResourceException e) {
    boolean lacksSetup = e.code().equals("NoCredentials") || e.code().equals("NoRegion");
    return e.kind() == Kind.THROTTLED || (e.kind() == Kind.UNAVAILABLE && !lacksSetup);
  }

  private void sleep(Duration pause, ResourceException failure) {
    try {
      timeline.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}

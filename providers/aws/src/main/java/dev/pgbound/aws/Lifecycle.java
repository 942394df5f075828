package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live.Health;
import dev.pgbound.spi.Live.State;
import dev.pgbound.spi.Poll;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The statuses of one kind of object and what they mean. A status that is not listed is one that
 * the object does not leave by itself.
 *
 * @param status the service's word for where the object stands
 * @param reason the service's explanation of a bad status; empty when it gives none
 * @param ready statuses in which the object can be used
 * @param pending statuses on the way to a ready one
 * @param going statuses on the way to being gone
 */
record Lifecycle<T>(
    Function<T, String> status,
    Function<T, Optional<String>> reason,
    Set<String> ready,
    Set<String> pending,
    Set<String> going) {

  Lifecycle(Function<T, String> status, Set<String> ready, Set<String> pending, Set<String> going) {
    this(status, object -> Optional.empty(), ready, pending, going);
  }

  Health health(T object) {
    String word = status.apply(object);
    if (ready.contains(word)) {
      return Health.READY;
    }
    return new Health(
        pending.contains(word) ? State.PENDING : going.contains(word) ? State.GOING : State.FAILED,
        words(object));
  }

  /**
   * Waits until the object is ready and returns it. An object that {@code look} does not find is
   * still coming; one that it no longer finds has failed.
   *
   * @param name type and identifier, such as "dms-instance hr"
   */
  T awaitReady(Context context, String name, Supplier<Optional<T>> look) {
    AtomicBoolean seen = new AtomicBoolean();
    return context.await(
        name + " to become available",
        () -> {
          Optional<T> object = look.get();
          if (object.isEmpty()) {
            return seen.get() ? Poll.failed("it was deleted") : Poll.pending("not visible yet");
          }
          seen.set(true);
          T present = object.get();
          String word = status.apply(present);
          if (ready.contains(word)) {
            return Poll.done(present);
          }
          return pending.contains(word)
              ? Poll.pending(word)
              : Poll.failed("status is " + words(present));
        });
  }

  /** Waits until {@code look} finds the object no more. */
  void awaitGone(Context context, String name, Supplier<Optional<T>> look) {
    context.await(
        name + " to be deleted",
        () -> {
          Optional<T> object = look.get();
          if (object.isEmpty()) {
            return Poll.done(name);
          }
          String word = status.apply(object.get());
          // right after the request the object may still be shown as it was
          boolean transitional = going.contains(word) || ready.contains(word);
          return transitional
              ? Poll.pending(word)
              : Poll.failed("status is " + words(object.get()));
        });
  }

  private String words(T object) {
    String word = status.apply(object);
    return reason.apply(object).map(why -> word + ": " + why).orElse(word);
  }
}

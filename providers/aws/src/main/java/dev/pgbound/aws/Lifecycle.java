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
 * @param gone statuses of objects that are shown for a while after their deletion
 */
record Lifecycle<T>(
    Function<T, String> status,
    Function<T, Optional<String>> reason,
    Set<String> ready,
    Set<String> pending,
    Set<String> going,
    Set<String> gone) {

  static <T> Lifecycle<T> of(
      Function<T, String> status, Set<String> ready, Set<String> pending, Set<String> going) {
    return new Lifecycle<>(status, object -> Optional.empty(), ready, pending, going, Set.of());
  }

  /** For objects without a status: they can be used once they are seen. */
  static <T> Lifecycle<T> visible() {
    return of(object -> "visible", Set.of("visible"), Set.of(), Set.of());
  }

  /** The same with the service's explanation of a bad status. */
  Lifecycle<T> explainedBy(Function<T, Optional<String>> newReason) {
    return new Lifecycle<>(status, newReason, ready, pending, going, gone);
  }

  /** The same with statuses that mean as much as not being found. */
  Lifecycle<T> goneIn(String... statuses) {
    return new Lifecycle<>(status, reason, ready, pending, going, Set.of(statuses));
  }

  Health health(T object) {
    String word = status.apply(object);
    if (ready.contains(word)) {
      return Health.READY;
    }
    State state = State.FAILED;
    if (pending.contains(word)) {
      state = State.PENDING;
    } else if (going.contains(word) || gone.contains(word)) {
      state = State.GOING;
    }
    return new Health(state, words(object));
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
          return readiness(object.get());
        });
  }

  /** Waits until {@code look} finds the object no more. */
  void awaitGone(Context context, String name, Supplier<Optional<T>> look) {
    context.await(
        name + " to be deleted",
        () -> look.get().map(object -> absence(object, name)).orElseGet(() -> Poll.done(name)));
  }

  private Poll<T> readiness(T object) {
    String word = status.apply(object);
    if (ready.contains(word)) {
      return Poll.done(object);
    }
    return pending.contains(word) ? Poll.pending(word) : Poll.failed("status is " + words(object));
  }

  private Poll<String> absence(T object, String name) {
    String word = status.apply(object);
    if (gone.contains(word)) {
      return Poll.done(name);
    }
    // right after the request the object may still be shown as it was
    return going.contains(word) || ready.contains(word)
        ? Poll.pending(word)
        : Poll.failed("status is " + words(object));
  }

  private String words(T object) {
    String word = status.apply(object);
    return reason.apply(object).map(why -> word + ": " + why).orElse(word);
  }
}

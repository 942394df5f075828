package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Value.Fields;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The end of a modification of a cluster or an instance. RDS answers before it begins: for a while
 * the object is shown as available and unchanged.
 *
 * @param lifecycle the statuses of the object
 * @param read its attributes
 * @param isPending whether the service says that changes are still to be applied
 */
record RdsChange<T>(Lifecycle<T> lifecycle, Function<T, Fields> read, Predicate<T> isPending) {

  /**
   * Waits until the object is ready and the changed attributes have left their old values. A value
   * that stays is waited for only briefly: whether it was dropped is for the read-back to say.
   */
  T await(
      Context context,
      String name,
      Fields before,
      Collection<String> changed,
      Supplier<Optional<T>> look) {
    AtomicInteger left = new AtomicInteger(Patience.REFUSALS);
    Predicate<T> isUnderWay =
        object ->
            isPending.test(object)
                || (isUnchanged(before, changed, read.apply(object)) && left.getAndDecrement() > 0);
    Lifecycle<T> changing =
        new Lifecycle<>(
            object -> status(object, isUnderWay),
            lifecycle.reason(),
            lifecycle.ready(),
            lifecycle.pending(),
            lifecycle.going(),
            lifecycle.gone());
    return changing.awaitReady(context, name, look);
  }

  private String status(T object, Predicate<T> isUnderWay) {
    String status = lifecycle.status().apply(object);
    boolean isReady = lifecycle.ready().contains(status);
    return isReady && isUnderWay.test(object) ? "modifying" : status;
  }

  private static boolean isUnchanged(Fields before, Collection<String> changed, Fields now) {
    return changed.stream()
        .anyMatch(name -> before.has(name) && before.get(name).equals(now.get(name)));
  }
}

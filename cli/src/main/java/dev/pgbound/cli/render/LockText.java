package dev.pgbound.cli.render;

import dev.pgbound.engine.apply.LockHolder;
import dev.pgbound.engine.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Who holds a lock, in words. */
public final class LockText {

  private LockText() {}

  /** The whole sentence, without a full stop. */
  public static String locked(String migration, Optional<LockHolder> holder, Instant now) {
    return migration
        + holder
            .map(some -> " is locked by " + holder(some, now))
            .orElse(" is locked; the lock does not say by whom");
  }

  /** Who, since when, and with which command. */
  static String holder(LockHolder holder, Instant now) {
    Duration age = Duration.between(holder.since(), now);
    return String.format(
        Locale.ROOT,
        "%s since %s (%s ago): %s",
        process(holder),
        holder.since().truncatedTo(ChronoUnit.SECONDS),
        Durations.text(age.isNegative() ? Duration.ZERO : age),
        Words.clean(holder.command()));
  }

  /** Who, without the rest. */
  public static String process(LockHolder holder) {
    return String.format(Locale.ROOT, "%s (pid %d)", Words.clean(holder.who()), holder.pid());
  }
}

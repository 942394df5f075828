package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.ThisMachine;
import dev.pgbound.cli.render.LockText;
import dev.pgbound.cli.render.ToolVersion;
import dev.pgbound.engine.apply.Claimant;
import dev.pgbound.engine.apply.LockHolder;
import dev.pgbound.engine.apply.LockedException;
import dev.pgbound.spi.ResourceException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of this process and its claim to the lock of its migration. */
final class Claim implements Claimant {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String command;
  private final String migration;
  private final String run;
  private final String unlock;
  private final Console console;
  private final Clock clock = Clock.systemUTC();
  private @Nullable LockHolder self;

  /**
   * @param command apply, destroy or adopt
   * @param start when the run began on its timeline
   * @param unlock the command that removes the lock
   */
  Claim(String command, String migration, Instant start, String unlock, Console console) {
    this.command = command;
    this.migration = migration;
    this.unlock = unlock;
    this.console = console;
    run = TIME.format(start) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The word for what is done: apply, destroy or adopt. */
  String command() {
    return command;
  }

  /** The name of the run, which its journal has as well. */
  String run() {
    return run;
  }

  /** Where its journal is written, beside the migration file in {@code folder}. */
  Path journal(Path folder) {
    return folder.resolve(".pgbound").resolve("runs").resolve(run + ".ndjson");
  }

  /** What to do about the lock after the process has left at once. */
  String farewell() {
    boolean isKnown = !self().process().isEmpty();
    return String.format(
        Locale.ROOT,
        "The lock of %s stays behind. %sIt is removed with: %s",
        migration,
        isKnown ? "The next run on this machine takes it over. " : "",
        unlock);
  }

  /** The failure of a run that somebody else's lock keeps from working. */
  CommandFailure refused(LockedException e) {
    return new CommandFailure(
        ExitCode.LOCKED,
        String.format(
            Locale.ROOT,
            "%s%nNothing was written. Wait until that run is over. If it has died, remove its lock: %s",
            LockText.locked(migration, e.holder(), clock.instant()),
            unlock),
        e);
  }

  @Override
  public synchronized LockHolder self() {
    if (self == null) {
      long pid = ProcessHandle.current().pid();
      self =
          new LockHolder(
              ThisMachine.userAndHost(),
              pid,
              ThisMachine.process(pid),
              "pgbound " + command + " " + migration,
              clock.instant(),
              run,
              ToolVersion.text());
    }
    return self;
  }

  @Override
  public boolean isDead(LockHolder holder) {
    return ThisMachine.isDead(holder);
  }

  @Override
  public boolean alone(Runnable takeover) {
    return ThisMachine.alone(takeover);
  }

  @Override
  public void tookOver(LockHolder dead) {
    remark(
        String.format(
            Locale.ROOT,
            "%s no longer runs; the lock that it left behind is taken over. Its journal is"
                + " .pgbound/runs/%s.ndjson",
            LockText.process(dead),
            dead.run()));
  }

  @Override
  public void lost(Optional<LockHolder> now) {
    remark(
        String.format(
            Locale.ROOT,
            "Warning: somebody removed the lock of %s while this run was under way%s",
            migration,
            now.map(other -> "; now " + LockText.process(other) + " holds it").orElse("")));
  }

  @Override
  public void leftBehind(ResourceException why) {
    remark(
        String.format(
            Locale.ROOT,
            "Warning: the lock of %s could not be removed: %s Remove it with: %s",
            migration,
            why.getMessage(),
            unlock));
  }

  private void remark(String text) {
    console.err().println(text);
    console.err().flush();
  }
}

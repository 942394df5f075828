package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.ThisMachine;
import dev.pgbound.cli.render.LockText;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.apply.LockHolder;
import dev.pgbound.engine.apply.MigrationLock.Content;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound unlock}. */
@Command(
    name = "unlock",
    description = "Shows who holds the lock of a migration and removes it, if that run has died.")
public final class UnlockCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();
  @Mixin private AwsOptions aws = new AwsOptions();

  @Option(names = "--auto-approve", description = "Do not ask before the lock is removed.")
  private boolean autoApprove;

  public UnlockCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Migration migration;
    try (Session offline = Session.offline(file.folder())) {
      migration = file.load(offline, console);
    }
    try (Session session = aws.open(console, file.folder(), migration.region())) {
      Optional<Content> lock = session.engine().holder(migration);
      if (lock.isEmpty()) {
        say(migration.name() + " is not locked");
        return ExitCode.DONE.code();
      }
      show(migration, lock.get());
      approve();
      if (!session.engine().unlock(migration, lock.get())) {
        throw new CommandFailure(
            ExitCode.REFUSED,
            "The lock is no longer the one above; nothing was removed. Run unlock again to see it.");
      }
      say("the lock of " + migration.name() + " is removed");
      return ExitCode.DONE.code();
    }
  }

  private void show(Migration migration, Content lock) {
    Optional<LockHolder> holder = lock.holder();
    say(LockText.locked(migration.name(), holder, Clock.systemUTC().instant()));
    if (holder.filter(ThisMachine::isDead).isPresent()) {
      say("That process no longer runs; the next apply would take the lock over by itself.");
    } else if (holder.filter(ThisMachine::isAlive).isPresent()) {
      say("That process still runs on this machine.");
    }
  }

  private void approve() {
    if (autoApprove) {
      return;
    }
    if (console.in().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Nobody can be asked here; the lock stays. Give --auto-approve.");
    }
    if (!console.confirms(
        "Two runs at once damage a migration. Remove the lock? Only \"yes\" does it: ")) {
      throw new CommandFailure(ExitCode.REFUSED, "Not approved; the lock stays.");
    }
  }

  private void say(String line) {
    console.out().printf(Locale.ROOT, "%s%n", line);
    console.out().flush();
  }
}

package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.Words;
import dev.pgbound.engine.Migration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgbound validate}. */
@Command(
    name = "validate",
    description =
        "Checks a migration file, without asking AWS, and prints everything that is wrong.")
public final class ValidateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();

  public ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline()) {
      Migration migration = file.load(session, console);
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s is valid: migration %s, %s%n",
              migration.file(),
              migration.name(),
              Words.count(migration.expansion().resources().size(), "resource"));
      return ExitCode.DONE.code();
    }
  }
}

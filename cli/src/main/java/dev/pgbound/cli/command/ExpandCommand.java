package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.ExpansionText;
import dev.pgbound.engine.Migration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgbound expand}. */
@Command(
    name = "expand",
    description = "Prints what the short form stands for: every resource, with the line behind it.")
public final class ExpandCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private FileOptions file = new FileOptions();

  public ExpandCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline(file.folder())) {
      Migration migration = file.load(session, console);
      console.out().print(ExpansionText.render(migration));
      return ExitCode.DONE.code();
    }
  }
}

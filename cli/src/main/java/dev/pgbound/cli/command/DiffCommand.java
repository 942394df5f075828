package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.render.PlanDiff;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgbound diff}. */
@Command(
    name = "diff",
    description =
        "Says what a saved plan would do differently from another one. Another order of what"
            + " it would do is no difference.")
public final class DiffCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(index = "0", paramLabel = "A.json", description = "The plan that was approved.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "B.json", description = "The plan to compare it with.")
  private Path after = Path.of("");

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 2 when the plans differ, with 0 when they do not.")
  private boolean detailedExitCode;

  public DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    PlanDiff diff = PlanDiff.between(SavedPlan.read(before), SavedPlan.read(after));
    console.out().print(diff.text(console.columns()));
    boolean changes = detailedExitCode && !diff.isEmpty();
    return (changes ? ExitCode.CHANGES : ExitCode.DONE).code();
  }
}

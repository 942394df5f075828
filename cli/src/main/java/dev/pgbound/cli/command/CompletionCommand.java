package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Main;
import dev.pgbound.cli.render.FishCompletion;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pgbound completion}. */
@Command(
    name = "completion",
    description = {
      "Prints what a shell needs to complete commands, options, files and terms.",
      "bash, in ~/.bashrc: source <(pgbound completion bash)",
      "zsh, in ~/.zshrc: source <(pgbound completion zsh)",
      "fish: pgbound completion fish > ~/.config/fish/completions/pgbound.fish"
    })
public final class CompletionCommand implements Callable<Integer> {

  /** The shells that can be served. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  private final Console console;

  @Parameters(index = "0", paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine all = Main.commandLine(console);
    console
        .out()
        .print(
            switch (shell) {
              // one script serves both: it begins with what makes zsh understand it
              case bash, zsh -> AutoComplete.bash(all.getCommandName(), all);
              case fish -> FishCompletion.script(all.getCommandSpec());
            });
    return ExitCode.DONE.code();
  }
}

package dev.pgbound.cli.command;

import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.render.ToolVersion;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pgbound version}. */
@Command(name = "version", description = "Prints the version of pgbound and of the Java below it.")
public final class VersionCommand implements Callable<Integer> {

  private static final URI RELEASES =
      URI.create("https://api.github.com/repos/pgbound/pgbound/releases/latest");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Console console;

  @Option(
      names = "--check",
      description =
          "Also ask GitHub for a newer version; at most 2 seconds, and no failure when there is no"
              + " way there.")
  private boolean check;

  public VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println("pgbound " + ToolVersion.text());
    console
        .out()
        .println(
            "Java "
                + Runtime.version()
                + ", "
                + System.getProperty("java.vendor")
                + ", "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch"));
    if (check) {
      console.out().println(LatestRelease.ask(RELEASES, PATIENCE).comparedWith(ToolVersion.text()));
    }
    return ExitCode.DONE.code();
  }
}

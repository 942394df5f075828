package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.PlanText;
import dev.pgbound.cli.render.ProgressText;
import dev.pgbound.engine.Engine.ApplyOptions;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Shows a plan, asks, carries it out and says how it ended: the same for apply and destroy. */
final class Running {

  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Option(names = "--auto-approve", description = "Do not ask before the first change.")
  private boolean autoApprove;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many steps run side by side. Default: ${DEFAULT-VALUE}")
  private int parallelism = 8;

  /**
   * @param command the word for it: apply or destroy
   * @param folder where the journal is written
   */
  int run(String command, Plan plan, Session session, Console console, Path folder) {
    console.out().print(PlanText.render(plan));
    console.out().flush();
    if (!plan.refusals().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Refused for the reasons above; nothing was written.");
    }
    if (!plan.hasChanges()) {
      return ExitCode.DONE.code();
    }
    if (parallelism < 1) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE, "--parallelism takes a number from 1 up.");
    }
    approve(command, plan, console);
    Cancellation cancellation = new Cancellation();
    Interruption interruption = Interruption.install(cancellation, console.err());
    try {
      ApplyResult result = apply(plan, session, console, folder, cancellation);
      console.out().print(ProgressText.summary(result, command));
      console.out().flush();
      return code(result).code();
    } finally {
      interruption.restore();
    }
  }

  private void approve(String command, Plan plan, Console console) {
    if (autoApprove) {
      return;
    }
    if (console.in().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          String.format(
              Locale.ROOT,
              "Nobody can be asked here; nothing was written. Give --auto-approve, or %s a saved plan.",
              command));
    }
    boolean yes =
        console.confirms(
            String.format(
                Locale.ROOT,
                "%s %s in account %s? Only \"yes\" does it: ",
                command,
                plan.migration(),
                plan.account().id()));
    if (!yes) {
      throw new CommandFailure(ExitCode.REFUSED, "Not approved; nothing was written.");
    }
  }

  private ApplyResult apply(
      Plan plan, Session session, Console console, Path folder, Cancellation cancellation) {
    Instant start = session.timeline().now();
    try (RunJournal journal = new RunJournal(journal(folder, start))) {
      session.calls().writeTo(journal, session.timeline());
      ApplyOptions options =
          new ApplyOptions(
              parallelism, journal, printing(start, console), cancellation, console.secrets());
      return session.engine().apply(plan, options);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.", e);
    } finally {
      session.save();
    }
  }

  /** The journal of a run that begins now. */
  static Path journal(Path folder, Instant start) {
    return folder.resolve(".pgbound").resolve("runs").resolve(FILE_NAME.format(start) + ".ndjson");
  }

  private static Consumer<EngineEvent> printing(Instant start, Console console) {
    ProgressText progress = new ProgressText(start);
    return event ->
        progress
            .line(event)
            .ifPresent(
                line -> {
                  synchronized (console) {
                    console.err().println(line);
                    console.err().flush();
                  }
                });
  }

  private static ExitCode code(ApplyResult result) {
    if (result.isRefused()) {
      return ExitCode.REFUSED;
    }
    if (result.isComplete()) {
      return ExitCode.DONE;
    }
    if (result.count(Status.INTERRUPTED) + result.count(Status.NOT_STARTED) > 0) {
      return ExitCode.INTERRUPTED;
    }
    return result.count(Status.SUCCEEDED) > 0 ? ExitCode.PARTLY_APPLIED : ExitCode.FAILED;
  }
}

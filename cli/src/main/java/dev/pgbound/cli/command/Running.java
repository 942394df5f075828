package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.progress.Progress;
import dev.pgbound.cli.render.PlanText;
import dev.pgbound.cli.render.PlanView;
import dev.pgbound.cli.render.ProgressText;
import dev.pgbound.engine.Engine.ApplyOptions;
import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.apply.LockedException;
import dev.pgbound.engine.apply.Outcome.Status;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a plan, asks, carries it out and says how it ended: the same for apply and destroy. */
final class Running {

  @Option(names = "--auto-approve", description = "Do not ask before the first change.")
  private boolean autoApprove;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many steps run side by side. Default: ${DEFAULT-VALUE}")
  private int parallelism = 8;

  @Mixin private ProgressOption progress = new ProgressOption();

  /**
   * @param folder where the journal is written
   */
  int run(Claim claim, Supplier<Plan> planning, Session session, Console console, Path folder) {
    try {
      return run(claim, planning.get(), session, console, folder);
    } catch (LockedException e) {
      throw claim.refused(e);
    }
  }

  private int run(Claim claim, Plan plan, Session session, Console console, Path folder) {
    String text = PlanText.render(PlanView.of(plan, List.of()), console.columns());
    console.out().print(console.outPaint().plan(text));
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
    approve(claim.command(), plan, console);
    ApplyResult result = apply(claim, plan, session, console, folder);
    console.out().print(ProgressText.summary(result, claim.command()));
    console.out().flush();
    session.hints().forEach(console.err()::println);
    console.err().flush();
    return code(result).code();
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

  private ApplyResult apply(Claim claim, Plan plan, Session session, Console console, Path folder) {
    Cancellation cancellation = new Cancellation();
    Unfinished unfinished = new Unfinished(plan.steps());
    Progress shown = progress.open(console, plan.steps(), session.timeline());
    Interruption interruption =
        Interruption.install(cancellation, shown::say, () -> farewell(unfinished, claim));
    try {
      Consumer<EngineEvent> events =
          event -> {
            shown.hear(event);
            unfinished.hear(event);
          };
      return apply(
          plan,
          session,
          claim.journal(folder),
          journal ->
              new ApplyOptions(
                  parallelism, journal, events, cancellation, console.secrets(), claim));
    } finally {
      interruption.restore();
      shown.close();
    }
  }

  private static ApplyResult apply(
      Plan plan, Session session, Path file, Function<RunJournal, ApplyOptions> options) {
    try (RunJournal journal = new RunJournal(file)) {
      session.calls().writeTo(journal, session.timeline());
      return session.engine().apply(plan, options.apply(journal));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.", e);
    }
  }

  private static List<String> farewell(Unfinished unfinished, Claim claim) {
    List<String> lines = new ArrayList<>(unfinished.sentences());
    lines.add(claim.farewell());
    lines.add(
        "The same command continues; every call is in .pgbound/runs/" + claim.run() + ".ndjson");
    return lines;
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

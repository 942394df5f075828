package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.AdoptText;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.adopt.Adoption;
import dev.pgbound.engine.adopt.Takeovers;
import dev.pgbound.engine.adopt.Takeovers.Takeover;
import dev.pgbound.engine.apply.LockedException;
import dev.pgbound.engine.apply.RunJournal;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Shows what is taken over, asks, writes the tags and says what a plan makes of it now. */
final class TakeoverRun {

  @Option(
      names = "--auto-approve",
      description = {
        "Do not ask before the tags are written.",
        "With --all: take everything over at once, without a look at the file."
      })
  private boolean autoApprove;

  /** Whether nobody has to be asked. */
  boolean isApproved() {
    return autoApprove;
  }

  /** How far it came: what was written, and what could not be. */
  private record Written(int done, List<String> failures) {}

  /**
   * @param wanted the one resource that is meant; empty for the whole file
   * @param folder where the journal is written
   */
  int run(
      Claim claim,
      Migration migration,
      Optional<Address> wanted,
      Optional<String> identifier,
      Session session,
      Console console,
      Path folder) {
    try {
      Takeovers takeovers = session.engine().takeovers(migration, wanted, identifier, claim);
      console.out().print(AdoptText.takeovers(takeovers, wanted, console.columns()));
      console.out().flush();
      if (!takeovers.refusals().isEmpty()) {
        throw new CommandFailure(
            ExitCode.REFUSED, "Refused for the reasons above; nothing was written.");
      }
      if (takeovers.all().isEmpty()) {
        return ExitCode.DONE.code();
      }
      approve(takeovers, console);
      return written(claim, takeovers, migration, session, console, folder);
    } catch (LockedException e) {
      throw claim.refused(e);
    }
  }

  private static CommandFailure broken(Written written, Takeovers takeovers) {
    ExitCode code =
        written.failures().isEmpty()
            ? ExitCode.INTERRUPTED
            : written.done() > 0 ? ExitCode.PARTLY_APPLIED : ExitCode.FAILED;
    List<String> lines = new ArrayList<>(written.failures());
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %s taken over. The same command continues.",
            written.done(),
            AdoptText.objects(takeovers.all().size())));
    return new CommandFailure(code, String.join("\n", lines));
  }

  private void approve(Takeovers takeovers, Console console) {
    if (autoApprove) {
      return;
    }
    if (console.in().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Nobody can be asked here; nothing was written. Give --auto-approve.");
    }
    boolean yes =
        console.confirms(
            String.format(
                Locale.ROOT,
                "Write the ownership tags of %s to %s in account %s? Only \"yes\" does it: ",
                takeovers.afterwards().migration(),
                AdoptText.objects(takeovers.all().size()),
                takeovers.afterwards().account().id()));
    if (!yes) {
      throw new CommandFailure(ExitCode.REFUSED, "Not approved; nothing was written.");
    }
  }

  private static int written(
      Claim claim,
      Takeovers takeovers,
      Migration migration,
      Session session,
      Console console,
      Path folder) {
    try (RunJournal journal = new RunJournal(claim.journal(folder))) {
      session.calls().writeTo(journal, session.timeline());
      Written written = write(claim, takeovers, session, console, journal);
      if (written.done() < takeovers.all().size()) {
        throw broken(written, takeovers);
      }
      Plan afterwards = session.engine().plan(migration, PlanOptions.CONVERGE);
      console.out().print(AdoptText.taken(written.done(), afterwards));
      console.out().flush();
      return ExitCode.DONE.code();
    }
  }

  private static Written write(
      Claim claim, Takeovers takeovers, Session session, Console console, RunJournal journal) {
    Cancellation cancellation = new Cancellation();
    Interruption interruption =
        Interruption.install(cancellation, console::say, () -> List.of(claim.farewell()));
    try {
      return session
          .engine()
          .locked(
              takeovers.afterwards().migration(),
              claim,
              () -> write(takeovers, session, console, journal, cancellation));
    } finally {
      interruption.restore();
    }
  }

  /** Each object is for itself: one failure keeps no other back. */
  private static Written write(
      Takeovers takeovers,
      Session session,
      Console console,
      RunJournal journal,
      Cancellation cancellation) {
    int done = 0;
    List<String> failures = new ArrayList<>();
    Adoption adoption = session.engine().adoption();
    String migration = takeovers.afterwards().migration();
    for (Takeover takeover : takeovers.all()) {
      if (cancellation.isRequested()) {
        break;
      }
      String step = "adopt " + takeover.address();
      journal.write(session.timeline().now(), "step-begin", Map.of("step", step));
      Optional<String> failure =
          take(adoption, migration, takeover, phase -> console.err().println(step + ": " + phase));
      failure.ifPresent(message -> failures.add(step + ": " + message));
      done += failure.isEmpty() ? 1 : 0;
      Map<String, String> end = new LinkedHashMap<>();
      end.put("step", step);
      end.put("outcome", failure.isEmpty() ? "SUCCEEDED" : "FAILED");
      end.put("message", failure.orElse(""));
      journal.write(session.timeline().now(), "step-end", end);
    }
    return new Written(done, failures);
  }

  private static Optional<String> take(
      Adoption adoption, String migration, Takeover takeover, Consumer<String> progress) {
    try {
      adoption.takeOver(migration, takeover, progress);
      return Optional.empty();
    } catch (ResourceException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}

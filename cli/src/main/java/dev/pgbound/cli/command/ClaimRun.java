package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.AdoptText;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.adopt.Adoption;
import dev.pgbound.engine.adopt.Claims;
import dev.pgbound.engine.adopt.Claims.Claim;
import dev.pgbound.engine.apply.RunJournal;
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
import picocli.CommandLine.Option;

/** Shows what is taken over, asks, writes the tags and says what a plan makes of it now. */
final class ClaimRun {

  @Option(names = "--auto-approve", description = "Do not ask before the tags are written.")
  private boolean autoApprove;

  /**
   * @param wanted the one resource that is meant; empty for the whole file
   * @param folder where the journal is written
   */
  int run(
      Claims claims,
      Migration migration,
      Optional<Address> wanted,
      Session session,
      Console console,
      Path folder) {
    console.out().print(AdoptText.claims(claims, wanted));
    console.out().flush();
    if (!claims.refusals().isEmpty()) {
      throw new CommandFailure(
          ExitCode.REFUSED, "Refused for the reasons above; nothing was written.");
    }
    if (claims.claims().isEmpty()) {
      return ExitCode.DONE.code();
    }
    approve(claims, console);
    Path file = Running.journal(folder, session.timeline().now());
    try (RunJournal journal = new RunJournal(file)) {
      session.calls().writeTo(journal, session.timeline());
      List<String> failures = write(claims, migration, session, console, journal);
      return ended(claims, failures, migration, session, console).code();
    } finally {
      session.save();
    }
  }

  private static ExitCode ended(
      Claims claims, List<String> failures, Migration migration, Session session, Console console) {
    int done = claims.claims().size() - failures.size();
    if (failures.isEmpty()) {
      Plan plan = session.engine().plan(migration, PlanOptions.CONVERGE);
      console.out().print(AdoptText.claimed(done, plan));
      console.out().flush();
      return ExitCode.DONE;
    }
    failures.forEach(failure -> console.err().println("Error: " + failure));
    throw new CommandFailure(
        done > 0 ? ExitCode.PARTLY_APPLIED : ExitCode.FAILED,
        String.format(
            Locale.ROOT,
            "%d of %d objects were taken over. The same command continues.",
            done,
            claims.claims().size()));
  }

  private void approve(Claims claims, Console console) {
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
                claims.afterwards().migration(),
                AdoptText.objects(claims.claims().size()),
                claims.afterwards().account().id()));
    if (!yes) {
      throw new CommandFailure(ExitCode.REFUSED, "Not approved; nothing was written.");
    }
  }

  /** The words of what went wrong. Each object is for itself: one failure keeps no other back. */
  private static List<String> write(
      Claims claims, Migration migration, Session session, Console console, RunJournal journal) {
    List<String> failures = new ArrayList<>();
    Adoption adoption = session.engine().adoption();
    for (Claim claim : claims.claims()) {
      String step = "adopt " + claim.address();
      journal.write(session.timeline().now(), "step-begin", Map.of("step", step));
      String message = "";
      try {
        adoption.claim(
            migration.name(), claim, phase -> console.err().println(step + ": " + phase));
      } catch (ResourceException e) {
        message = step + ": " + e.getMessage();
        failures.add(message);
      }
      Map<String, String> end = new LinkedHashMap<>();
      end.put("step", step);
      end.put("outcome", message.isEmpty() ? "SUCCEEDED" : "FAILED");
      end.put("message", message);
      journal.write(session.timeline().now(), "step-end", end);
    }
    return failures;
  }
}

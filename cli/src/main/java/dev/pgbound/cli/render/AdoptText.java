package dev.pgbound.cli.render;

import dev.pgbound.engine.adopt.Draft;
import dev.pgbound.engine.adopt.Takeovers;
import dev.pgbound.engine.adopt.Takeovers.Takeover;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.spi.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code adopt} found, what it is about to do, and what it did. */
public final class AdoptText {

  private AdoptText() {}

  /** What stands in a drafted file. */
  public static String drafted(Draft draft) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "adopt: %s of the migration %s to take over, %d only looked up, %d left out.\n",
            objects(draft.owned()),
            draft.migration(),
            draft.existing(),
            draft.leftOut().size()));
    draft
        .leftOut()
        .forEach(one -> text.append("  left out: ").append(Words.clean(one)).append('\n'));
    return text.toString();
  }

  /** What to do with a drafted file. */
  public static String toTakeOver(Path file) {
    return String.format(
        Locale.ROOT,
        "Nothing was written to AWS. Read the file, change what you want, and take over what it"
            + " declares: pgbound adopt -f %s\n",
        file);
  }

  /**
   * What is about to happen.
   *
   * @param wanted the one resource that is meant; empty for the whole file
   */
  public static String takeovers(
      Takeovers takeovers, Optional<Address> wanted, OptionalInt columns) {
    Plan plan = takeovers.afterwards();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s · %s · %s · adopt\n",
            plan.migration(),
            plan.account().region(),
            plan.account().id()));
    if (!takeovers.all().isEmpty()) {
      text.append('\n');
    }
    for (Takeover takeover : takeovers.all()) {
      text.append(line(takeover)).append('\n');
    }
    Set<Address> claimed =
        takeovers.all().stream().map(Takeover::address).collect(Collectors.toSet());
    String changes = PlanText.changes(PlanView.of(plan, List.of()), claimed, columns);
    if (!changes.isEmpty()) {
      text.append("\nwhat the next plan changes about ")
          .append(takeovers.all().size() == 1 ? "it" : "them")
          .append(":\n\n")
          .append(changes);
    }
    refusals(text, takeovers.refusals());
    text.append('\n').append(verdict(takeovers, wanted)).append('\n');
    return text.toString();
  }

  private static String line(Takeover takeover) {
    String how =
        takeover
            .movedFrom()
            .map(from -> String.format(Locale.ROOT, "moves here from %s:", from))
            .orElse("takes over");
    return Words.clean(
        String.format(
            Locale.ROOT, "  %-34s %s %s", takeover.address(), how, takeover.identifier()));
  }

  private static void refusals(StringBuilder text, List<Refusal> refusals) {
    if (!refusals.isEmpty()) {
      text.append("\nrefused:\n");
      refusals.forEach(
          one ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "  %s %s: %s\n",
                      one.code(),
                      one.subject(),
                      Words.clean(one.text()))));
    }
  }

  private static String verdict(Takeovers takeovers, Optional<Address> wanted) {
    int count = takeovers.all().size();
    String absent =
        takeovers.absent().isEmpty()
            ? ""
            : takeovers.absent().size() == 1
                ? " " + takeovers.absent().get(0) + " is not there and is left to apply."
                : String.format(
                    Locale.ROOT,
                    " %d resources are not there and are left to apply.",
                    takeovers.absent().size());
    if (count == 0) {
      String whose =
          wanted
              .map(address -> address + " is this migration's already")
              .orElse("all that is there is this migration's already");
      return "adopt: nothing to take over"
          + (takeovers.refusals().isEmpty() ? "; " + whose + "." : ".")
          + absent;
    }
    return String.format(
        Locale.ROOT,
        "adopt: %s %s the ownership tags; nothing else is written.%s",
        objects(count),
        count == 1 ? "gets" : "get",
        absent);
  }

  /** What was done, and what a plan makes of it. */
  public static String taken(int count, Plan plan) {
    return String.format(
        Locale.ROOT,
        "adopt: %s taken over\n%s\n",
        objects(count),
        PlanView.of(plan, List.of()).summary());
  }

  /** {@code 1 object}, {@code 2 objects}. */
  public static String objects(int count) {
    return Words.count(count, "object");
  }
}

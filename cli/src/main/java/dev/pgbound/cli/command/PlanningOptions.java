package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.plan.Allowance;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.spi.Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a plan is about and what may happen. */
final class PlanningOptions {

  @Option(
      names = "--target",
      paramLabel = "ADDRESS",
      description = "Only this resource and what it depends on; repeatable.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--allow",
      paramLabel = "IMPACT[:ADDRESS]",
      description = "Allow destroys-data or reloads-data, for one resource or for all; repeatable.")
  private List<String> allowances = new ArrayList<>();

  boolean isEmpty() {
    return targets.isEmpty() && allowances.isEmpty();
  }

  PlanOptions options(Goal goal, Migration migration) {
    Set<Address> wanted = new LinkedHashSet<>();
    for (String target : targets) {
      Optional<Address> address = Address.parse(target).filter(migration.ranges()::containsKey);
      wanted.add(
          address.orElseThrow(
              () -> {
                List<String> known =
                    migration.ranges().keySet().stream().map(Address::toString).toList();
                return new CommandFailure(
                    ExitCode.WRONG_COMMAND_LINE,
                    String.format(
                        Locale.ROOT,
                        "--target: the file has no resource %s.%s",
                        target,
                        Nearest.hint(target, known)));
              }));
    }
    return new PlanOptions(goal, wanted, allowances());
  }

  private List<Allowance> allowances() {
    List<Allowance> parsed = new ArrayList<>();
    for (String text : allowances) {
      parsed.add(
          Allowance.parse(text)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.WRONG_COMMAND_LINE,
                          String.format(
                              Locale.ROOT,
                              "--allow %s: write destroys-data or reloads-data, with :TYPE.NAME behind it for one resource.",
                              text))));
    }
    return parsed;
  }
}

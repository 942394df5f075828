package dev.pgbound.cli.command;

import dev.pgbound.cli.SimulatedAccount;
import dev.pgbound.simulator.fault.FaultRule;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is to go wrong on the simulated AWS. */
final class FaultOptions {

  @Option(
      names = "--fault",
      paramLabel = "SERVICE:OPERATION:CALLS:KIND",
      description = {
        "Have calls of the simulated AWS go wrong; repeatable. CALLS is 3 (the third), 1-3, 2-, *"
            + " (all) or 30%%@42 (30 %% by chance, seed 42); they are counted over all runs that"
            + " are given the same fault. KIND is throttling, server-error, reset-before,"
            + " reset-after, access-denied, role-not-visible[=ROLE], slow[=FACTOR],"
            + " failed-state[=STATUS[,REASON]], lingering-interfaces[=12m], halt-before or"
            + " halt-after; by chance also several: throttling+server-error.",
        "Such as dms:CreateReplicationInstance:1:throttling, dms:*:*:slow=4, *:17:halt-after."
      })
  private List<String> faults = new ArrayList<>();

  boolean areGiven() {
    return !faults.isEmpty();
  }

  List<FaultRule> rules() {
    return SimulatedAccount.faults(faults);
  }
}

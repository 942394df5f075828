package dev.pgbound.cli;

import dev.pgbound.engine.plan.Durations;
import dev.pgbound.simulator.FolderInUseException;
import dev.pgbound.simulator.FolderInUseException.Holder;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.InvalidFaultException;
import dev.pgbound.simulator.seed.InvalidSeedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens simulated accounts, and says in words why one cannot be opened. */
public final class SimulatedAccount {

  private SimulatedAccount() {}

  /**
   * The account whose state lies in {@code state}; no other process can work on it until it is
   * closed.
   *
   * @param seed the file that fills a new account; empty for none
   * @param faults what is to go wrong
   */
  public static SimulatedAws open(Path state, Optional<Path> seed, List<FaultRule> faults) {
    return open(state, () -> SimulatedAws.open(state, seed), faults);
  }

  /** The same for a command that only looks: it disturbs nobody, and nothing is kept. */
  public static SimulatedAws look(Path state, Optional<Path> seed, List<FaultRule> faults) {
    return open(state, () -> SimulatedAws.look(state, seed), faults);
  }

  /** An account that is forgotten when the process ends. */
  public static SimulatedAws inMemory(Optional<Path> seed, List<FaultRule> faults) {
    return open(
        Path.of(""),
        () -> {
          SimulatedAws aws = SimulatedAws.inMemory();
          if (seed.isPresent()) {
            aws.fill(seed.get());
          }
          return aws;
        },
        faults);
  }

  /** Reads what {@code --fault} gives. */
  public static List<FaultRule> faults(List<String> texts) {
    try {
      return texts.stream().map(FaultRule::parse).toList();
    } catch (InvalidFaultException e) {
      throw wrongFault(e);
    }
  }

  /** What the user should know before anything is done with the account. */
  public static List<String> remarks(SimulatedAws aws) {
    return aws.spentFaults().stream()
        .map(
            rule ->
                "The fault "
                    + rule
                    + " has had its effect in earlier runs. A run without it makes it count anew.")
        .toList();
  }

  /** Saves the account and leaves it to others. */
  public static void close(SimulatedAws aws) {
    try {
      aws.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Opening {
    SimulatedAws open() throws IOException;
  }

  private static SimulatedAws open(Path state, Opening opening, List<FaultRule> faults) {
    SimulatedAws aws = open(state, opening);
    try {
      faults.forEach(aws::inject);
      return aws;
    } catch (InvalidFaultException e) {
      close(aws);
      throw wrongFault(e);
    }
  }

  private static SimulatedAws open(Path state, Opening opening) {
    try {
      return opening.open();
    } catch (InvalidSeedException e) {
      throw new CommandFailure(ExitCode.INVALID_FILE, String.valueOf(e.getMessage()), e);
    } catch (FolderInUseException e) {
      throw new CommandFailure(ExitCode.LOCKED, inUse(state, e.holder(), Instant.now()), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(
              Locale.ROOT,
              "The state of the simulated AWS in %s cannot be read: %s. Delete the folder to start anew.",
              state,
              e.getMessage()),
          e);
    }
  }

  private static CommandFailure wrongFault(InvalidFaultException e) {
    return new CommandFailure(
        ExitCode.WRONG_COMMAND_LINE, "--fault " + e.text() + ": " + e.getMessage(), e);
  }

  private static String inUse(Path state, Optional<Holder> holder, Instant now) {
    String who =
        holder
            .map(
                each ->
                    String.format(
                        Locale.ROOT,
                        "another process (pid %d) since %s (%s ago)",
                        each.pid(),
                        each.since().truncatedTo(ChronoUnit.SECONDS),
                        Durations.text(Duration.between(each.since(), now))))
            .orElse("another process");
    return String.format(
        Locale.ROOT,
        "The simulated AWS in %s is in use by %s. Nothing was written. Wait until that run is over.",
        state,
        who);
  }
}

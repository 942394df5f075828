package dev.pgbound.cli;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.Engine;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.simulator.FolderInUseException;
import dev.pgbound.simulator.FolderInUseException.Holder;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.InvalidFaultException;
import dev.pgbound.simulator.seed.InvalidSeedException;
import dev.pgbound.spi.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The engine, its provider and the AWS behind it, real or simulated, for one command. */
public final class Session implements AutoCloseable {

  /** What an account holds before pgbound comes, for the simulated one; beside the file. */
  private static final String SEED = "simulated-account.yaml";

  private final AwsProvider provider;
  private final Registry registry;
  private final Timeline timeline;
  private final Optional<SimulatedAws> simulated;
  private final Calls calls;

  private Session(
      AwsProvider provider, Timeline timeline, Optional<SimulatedAws> simulated, Calls calls) {
    this.provider = provider;
    this.timeline = timeline;
    this.simulated = simulated;
    this.calls = calls;
    registry = new Registry(List.of(provider));
  }

  /** For commands that ask nobody. */
  public static Session offline() {
    return new Session(
        new AwsProvider(AwsSettings.fromEnvironment(), CallListener.NONE),
        new SystemTimeline(),
        Optional.empty(),
        new Calls());
  }

  /** The real AWS. */
  public static Session real(
      Optional<String> region, Optional<String> profile, Optional<URI> endpoint) {
    Calls calls = new Calls();
    AwsSettings settings =
        new AwsSettings(Optional.empty(), endpoint, profile, region, Optional.empty(), false);
    return new Session(
        new AwsProvider(settings, calls), new SystemTimeline(), Optional.empty(), calls);
  }

  /**
   * The simulated AWS whose state lies in {@code work}, the folder of the migration file. No other
   * process can work on it until this session is closed.
   *
   * @param faults what is to go wrong
   */
  public static Session simulated(Path work, Optional<String> region, List<FaultRule> faults) {
    return simulated(openSimulated(work, SimulatedAws::open), region, faults);
  }

  /** The same for a command that only looks: it disturbs nobody, and nothing is kept. */
  public static Session lookAtSimulated(
      Path work, Optional<String> region, List<FaultRule> faults) {
    return simulated(openSimulated(work, SimulatedAws::look), region, faults);
  }

  private static Session simulated(
      SimulatedAws aws, Optional<String> region, List<FaultRule> faults) {
    Calls calls = new Calls();
    faults.forEach(rule -> inject(rule, aws));
    AwsSettings settings =
        new AwsSettings(
            Optional.of(aws.httpClient()),
            Optional.empty(),
            Optional.empty(),
            Optional.of(region.orElse("us-east-1")),
            Optional.of(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("simulated", "none"))),
            true);
    return new Session(new AwsProvider(settings, calls), aws.timeline(), Optional.of(aws), calls);
  }

  /** How a simulated AWS is opened: its folder, and the file that fills it. */
  private interface Opening {
    SimulatedAws open(Path folder, Optional<Path> seed) throws IOException;
  }

  private static SimulatedAws openSimulated(Path work, Opening opening) {
    Path seed = work.resolve(SEED);
    try {
      return opening.open(
          work.resolve(".pgbound").resolve("simulator"), Optional.of(seed).filter(Files::exists));
    } catch (InvalidSeedException e) {
      throw new CommandFailure(ExitCode.INVALID_FILE, String.valueOf(e.getMessage()), e);
    } catch (FolderInUseException e) {
      throw new CommandFailure(ExitCode.LOCKED, inUse(e.holder(), Instant.now()), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(
              Locale.ROOT,
              "The state of the simulated AWS in .pgbound/simulator cannot be read: %s. Delete the folder to start anew.",
              e.getMessage()),
          e);
    }
  }

  private static String inUse(Optional<Holder> holder, Instant now) {
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
    return "The simulated AWS in .pgbound/simulator is in use by "
        + who
        + ". Nothing was written. Wait until that run is over.";
  }

  private static void inject(FaultRule rule, SimulatedAws aws) {
    try {
      aws.inject(rule);
    } catch (InvalidFaultException e) {
      close(aws);
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE, "--fault " + rule + ": " + e.getMessage(), e);
    }
  }

  /** What the user should know of a simulated AWS before anything is done with it. */
  public List<String> remarks() {
    return simulated.stream()
        .flatMap(aws -> aws.spentFaults().stream())
        .map(
            rule ->
                "The fault "
                    + rule
                    + " has had its effect in earlier runs. A run without it makes it count anew.")
        .toList();
  }

  public Engine engine() {
    return new Engine(registry, timeline);
  }

  public Registry registry() {
    return registry;
  }

  public Timeline timeline() {
    return timeline;
  }

  /** The calls of this session; a journal can be attached to them. */
  public Calls calls() {
    return calls;
  }

  @Override
  public void close() {
    provider.close();
    simulated.ifPresent(Session::close);
  }

  private static void close(SimulatedAws aws) {
    try {
      aws.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

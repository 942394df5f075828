package dev.pgbound.cli;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.Engine;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.spi.Timeline;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    return simulated(SimulatedAccount.open(state(work), seed(work), faults), region);
  }

  /** The same for a command that only looks: it disturbs nobody, and nothing is kept. */
  public static Session lookAtSimulated(
      Path work, Optional<String> region, List<FaultRule> faults) {
    return simulated(SimulatedAccount.look(state(work), seed(work), faults), region);
  }

  private static Path state(Path work) {
    return work.resolve(".pgbound").resolve("simulator");
  }

  private static Optional<Path> seed(Path work) {
    return Optional.of(work.resolve(SEED)).filter(Files::exists);
  }

  private static Session simulated(SimulatedAws aws, Optional<String> region) {
    Calls calls = new Calls();
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

  /** What the user should know of a simulated AWS before anything is done with it. */
  public List<String> remarks() {
    return simulated.map(SimulatedAccount::remarks).orElse(List.of());
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
    simulated.ifPresent(SimulatedAccount::close);
  }
}

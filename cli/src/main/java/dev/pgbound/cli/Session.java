package dev.pgbound.cli;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.Engine;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.spi.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The simulated AWS whose state lies in {@code work}, the folder of the migration file. */
  public static Session simulated(Path work, Optional<String> region) {
    Calls calls = new Calls();
    SimulatedAws aws = openSimulated(work);
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

  private static SimulatedAws openSimulated(Path work) {
    Path seed = work.resolve(SEED);
    try {
      Path state = work.resolve(".pgbound").resolve("simulator");
      return Files.exists(seed) ? SimulatedAws.open(state, seed) : SimulatedAws.open(state);
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

  /** Keeps what a simulated AWS has become; the real one keeps itself. */
  public synchronized void save() {
    try {
      if (simulated.isPresent()) {
        simulated.get().save();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    provider.close();
  }
}

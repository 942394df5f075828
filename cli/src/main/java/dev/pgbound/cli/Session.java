package dev.pgbound.cli;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.engine.Engine;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.postgres.PostgresProvider;
import dev.pgbound.postgres.PostgresSettings;
import dev.pgbound.postgres.Reach;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.oracle.StandIn;
import dev.pgbound.spi.Timeline;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The engine, its providers and the AWS behind them, real or simulated, for one command. */
public final class Session implements AutoCloseable {

  /** What an account holds before pgbound comes, for the simulated one; beside the file. */
  private static final String SEED = "simulated-account.yaml";

  private final AwsProvider aws;
  private final PostgresProvider postgres;
  private final Registry registry;
  private final Timeline timeline;
  private final Optional<SimulatedAws> simulated;
  private final Optional<RehearsedDatabases> databases;
  private final Optional<StandIn> source;
  private final Calls calls;

  private Session(
      AwsProvider aws,
      Path folder,
      Timeline timeline,
      Optional<SimulatedAws> simulated,
      Optional<RehearsedDatabases> databases,
      Optional<StandIn> source,
      Calls calls) {
    this.aws = aws;
    this.timeline = timeline;
    this.simulated = simulated;
    this.databases = databases;
    this.source = source;
    this.calls = calls;
    Reach reach = databases.isPresent() ? databases.get() : Reach.DIRECT;
    postgres = new PostgresProvider(new PostgresSettings(folder, certificates(), reach));
    registry = new Registry(List.of(aws, postgres));
  }

  /**
   * For commands that ask nobody.
   *
   * @param folder the folder of the migration file
   */
  public static Session offline(Path folder) {
    return new Session(
        new AwsProvider(AwsSettings.fromEnvironment(), CallListener.NONE),
        folder,
        new SystemTimeline(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Calls());
  }

  /** The real AWS, for a migration whose file lies in {@code folder}. */
  public static Session real(
      Path folder, Optional<String> region, Optional<String> profile, Optional<URI> endpoint) {
    Calls calls = new Calls();
    AwsSettings settings =
        new AwsSettings(Optional.empty(), endpoint, profile, region, Optional.empty(), false);
    return new Session(
        new AwsProvider(settings, calls),
        folder,
        new SystemTimeline(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        calls);
  }

  /** As every client of PostgreSQL finds the certificates of the authorities that it trusts. */
  private static Path certificates() {
    return Optional.ofNullable(System.getenv("PGSSLROOTCERT"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"));
  }

  /**
   * The simulated AWS whose state lies in {@code work}, the folder of the migration file. No other
   * process can work on it until this session is closed.
   *
   * @param faults what is to go wrong
   */
  public static Session simulated(Path work, Optional<String> region, List<FaultRule> faults) {
    // before the account is opened: a script that is refused leaves nothing behind
    RehearsedSource.find(work, state(work)).ifPresent(RehearsedSource::prepare);
    return simulated(work, SimulatedAccount.open(state(work), seed(work), faults), region);
  }

  /** The same for a command that only looks: it disturbs nobody, and nothing is kept. */
  public static Session lookAtSimulated(
      Path work, Optional<String> region, List<FaultRule> faults) {
    return simulated(work, SimulatedAccount.look(state(work), seed(work), faults), region);
  }

  static Path state(Path work) {
    return work.resolve(".pgbound").resolve("simulator");
  }

  private static Optional<Path> seed(Path work) {
    return Optional.of(work.resolve(SEED)).filter(Files::exists);
  }

  private static Session simulated(Path work, SimulatedAws aws, Optional<String> region) {
    Path programs = Path.of(System.getProperty("user.home"), ".cache", "pgbound");
    RehearsedDatabases databases =
        new RehearsedDatabases(aws.serveDatabases(state(work).resolve("postgres"), programs));
    Optional<StandIn> source = RehearsedSource.find(work, state(work));
    source.ifPresent(oracle -> RehearsedSource.moveRows(aws, oracle, state(work)));
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
    return new Session(
        new AwsProvider(settings, calls),
        work,
        aws.timeline(),
        Optional.of(aws),
        Optional.of(databases),
        source,
        calls);
  }

  /** What the user should know of a simulated AWS before anything is done with it. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    simulated.map(SimulatedAccount::remarks).ifPresent(remarks::addAll);
    databases.map(RehearsedDatabases::remarks).ifPresent(remarks::addAll);
    return remarks;
  }

  /** What can be looked at with other tools after a run. */
  public List<String> hints() {
    List<String> hints = new ArrayList<>();
    databases.map(RehearsedDatabases::hints).ifPresent(hints::addAll);
    if (!hints.isEmpty()) {
      source.map(RehearsedSource::hints).ifPresent(hints::addAll);
    }
    return hints;
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
    postgres.close();
    aws.close();
    simulated.ifPresent(SimulatedAccount::close);
  }
}

package dev.pgbound.simulator;

import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.Faults;
import dev.pgbound.simulator.fault.InvalidFaultException;
import dev.pgbound.simulator.postgres.AuroraServers;
import dev.pgbound.simulator.seed.InvalidSeedException;
import dev.pgbound.simulator.seed.Seed;
import dev.pgbound.simulator.service.CallHook;
import dev.pgbound.simulator.service.CallLost;
import dev.pgbound.simulator.service.Dispatcher;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Ssm;
import dev.pgbound.simulator.service.Sts;
import dev.pgbound.simulator.service.Tagging;
import dev.pgbound.simulator.service.cloudwatch.CloudWatch;
import dev.pgbound.simulator.service.dms.Dms;
import dev.pgbound.simulator.service.dms.SimulatedHosts;
import dev.pgbound.simulator.service.ec2.Ec2;
import dev.pgbound.simulator.service.iam.Iam;
import dev.pgbound.simulator.service.kms.Kms;
import dev.pgbound.simulator.service.logs.Logs;
import dev.pgbound.simulator.service.rds.Databases;
import dev.pgbound.simulator.service.rds.Rds;
import dev.pgbound.simulator.service.secrets.SecretsManager;
import dev.pgbound.simulator.service.sns.Sns;
import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import dev.pgbound.simulator.world.StateJson;
import dev.pgbound.simulator.world.World;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * An AWS account that exists in this process only. It answers the SDK's HTTP requests, keeps what
 * they create, and lets time pass on its own {@link #timeline()}. Safe for use by many threads.
 */
public final class SimulatedAws implements AutoCloseable {

  /** What the shell says of a process that was killed. */
  private static final int KILLED = 137;

  private static final String FAULTS = "faults";
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final @Nullable StateFile file;
  private final VirtualTime timeline;
  private final World world;
  private final Dispatcher dispatcher;
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private Runnable onHalt = () -> Runtime.getRuntime().halt(KILLED);
  private boolean isHalted;
  private final SimulatedHosts hosts;
  private @Nullable AuroraServers servers;

  private SimulatedAws(@Nullable StateFile file, Optional<ObjectNode> state) {
    this.file = file;
    this.timeline = new VirtualTime(state.map(StateJson::now).orElse(BEGINNING));
    this.world = new World(timeline);
    this.hosts = new SimulatedHosts(world);
    this.dispatcher = new Dispatcher(world, services(world, hosts));
    this.faults = new Faults(world);
    state.ifPresent(
        document -> {
          StateJson.read(document, world);
          faults.restore(document.path(FAULTS));
        });
    dispatcher.add(calls);
    dispatcher.add(faults);
  }

  private static List<Operations> services(World world, SimulatedHosts hosts) {
    return List.of(
        new Ec2(world).operations(),
        new Iam(world).operations(),
        new Rds(world).operations(),
        new Dms(world, hosts).operations(),
        new Sts().operations(),
        new Tagging(world).operations(),
        new SecretsManager(world).operations(),
        new Kms(world).operations(),
        new Sns(world).operations(),
        new CloudWatch(world).operations(),
        new Logs(world).operations(),
        new Ssm(world).operations());
  }

  /** An account without anything, forgotten when the process ends. */
  public static SimulatedAws inMemory() {
    return new SimulatedAws(null, Optional.empty());
  }

  /**
   * The account whose state lies in {@code folder}; an empty one when there is none yet.
   *
   * @throws IOException when the state cannot be read
   */
  public static SimulatedAws open(Path folder) throws IOException {
    StateFile file = new StateFile(folder.resolve("state.json"));
    return new SimulatedAws(file, file.read());
  }

  /**
   * The account whose state lies in {@code folder}. When there is none yet, the account is filled
   * by the calls that {@code seed} lists and its state is written; later only the file's faults
   * have an effect.
   *
   * @throws InvalidSeedException when the seed file is not understood or a call in it is refused
   * @throws IOException when a file cannot be read or written
   */
  public static SimulatedAws open(Path folder, Path seed) throws IOException {
    StateFile file = new StateFile(folder.resolve("state.json"));
    Optional<ObjectNode> state = file.read();
    SimulatedAws aws = new SimulatedAws(file, state);
    if (state.isEmpty()) {
      aws.fill(seed);
      aws.save();
    } else {
      aws.addFaults(seed);
    }
    return aws;
  }

  /**
   * Makes the calls that a seed file lists, and commits its faults from then on; {@link #calls()}
   * begins anew after the calls.
   *
   * @throws InvalidSeedException when the file is not understood or a call in it is refused
   * @throws IOException when it cannot be read
   */
  public void fill(Path seed) throws IOException {
    new Seed(world, timeline, dispatcher).run(seed);
    calls.clear();
    addFaults(seed);
  }

  private void addFaults(Path seed) throws IOException {
    new Seed(world, timeline, dispatcher).addFaults(seed, faults);
  }

  /**
   * Commits a fault from now on.
   *
   * @throws InvalidFaultException when no service has the operation
   */
  public void inject(FaultRule rule) {
    faults.add(rule, dispatcher.services());
  }

  /**
   * Puts a real PostgreSQL behind each Aurora cluster from now on: its host name leads to it, and
   * DMS logs in to it when it tests a connection.
   *
   * @param folder where the data of the clusters lie
   * @param cache where the programs of PostgreSQL are unpacked
   */
  public AuroraServers serveDatabases(Path folder, Path cache) {
    Databases databases = new Databases(world);
    AuroraServers made =
        new AuroraServers(
            folder,
            cache,
            () -> {
              synchronized (dispatcher) {
                return databases.everywhere();
              }
            });
    hosts.logInTo(made);
    servers = made;
    return made;
  }

  /** What SDK clients are built with; closing it changes nothing. */
  public SdkHttpClient httpClient() {
    return new InProcessHttpClient(this::answer);
  }

  /**
   * Answers one HTTP request.
   *
   * @throws IOException when an injected fault leaves the request without an answer
   */
  public WireResponse answer(WireRequest request) throws IOException {
    synchronized (dispatcher) {
      if (isHalted) {
        throw new ConnectException("Connection refused");
      }
      try {
        return dispatcher.answer(request);
      } catch (CallLost lost) {
        if (lost.reason() == CallLost.Cause.HALT) {
          isHalted = true;
          save();
          onHalt.run();
        }
        throw new SocketException("Connection reset");
      }
    }
  }

  /**
   * Exchanges the death of the process, which a fault that halts causes, for something that a test
   * can survive. From then on nothing is answered any more, as if the process were dead.
   */
  public void onHalt(Runnable instead) {
    onHalt = instead;
  }

  /** The faults that earlier processes have used up: they have no effect any more. */
  public List<FaultRule> spentFaults() {
    return faults.spent();
  }

  /** The account's time. */
  public VirtualTime timeline() {
    return timeline;
  }

  /** What exists; only for who does not call concurrently. */
  World world() {
    return world;
  }

  /** The calls made since the account was opened. */
  public CallLog calls() {
    return calls;
  }

  /** The simulated services and their operations. */
  public Collection<Operations> services() {
    return dispatcher.services();
  }

  /** Has {@code hook} see every call from now on. */
  public void add(CallHook hook) {
    dispatcher.add(hook);
  }

  /**
   * Writes the state, unless it lives in memory only.
   *
   * @throws IOException when it cannot be written; the state written before is then still there
   */
  public void save() throws IOException {
    if (file != null) {
      ObjectNode document;
      synchronized (dispatcher) {
        document = StateJson.write(world);
        faults.write(document.putObject(FAULTS));
      }
      file.write(document);
    }
    if (servers != null) {
      servers.sweep();
    }
  }

  @Override
  public void close() throws IOException {
    save();
  }
}

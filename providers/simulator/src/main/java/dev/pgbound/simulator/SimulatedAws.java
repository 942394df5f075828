package dev.pgbound.simulator;

import dev.pgbound.simulator.StateFolder.Content;
import dev.pgbound.simulator.fault.FaultRule;
import dev.pgbound.simulator.fault.Faults;
import dev.pgbound.simulator.fault.InvalidFaultException;
import dev.pgbound.simulator.postgres.AuroraServers;
import dev.pgbound.simulator.seed.InvalidSeedException;
import dev.pgbound.simulator.seed.Seed;
import dev.pgbound.simulator.service.Call;
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
import dev.pgbound.simulator.service.dms.TaskMetrics;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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

  /** Where a document of the state has the counts of the faults. */
  static final String FAULTS = "faults";

  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  /** Changes of this size are written into the state as a whole. */
  private static final long LONGEST_CHANGES = 1_000_000;

  private static final Duration CLOCK_STEP = Duration.ofSeconds(1);

  private final @Nullable StateFolder folder;
  private final VirtualTime timeline;
  private final World world;
  private final Dispatcher dispatcher;
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private Runnable onHalt = () -> Runtime.getRuntime().halt(KILLED);
  private final SimulatedHosts hosts;
  private @Nullable AuroraServers servers;
  private Instant kept;
  private boolean isBehind;
  private boolean isClosed;
  private volatile @Nullable RunningClock running;

  private SimulatedAws(@Nullable StateFolder folder, Content content) {
    this.folder = folder;
    this.kept = content.moment().orElse(BEGINNING);
    this.timeline = new VirtualTime(kept);
    this.world = new World(this::now);
    this.hosts = new SimulatedHosts(world);
    this.dispatcher = new Dispatcher(world, services(world, hosts));
    this.faults = new Faults(world);
    content.read(world, faults);
    world.kept();
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
        new CloudWatch(world, new TaskMetrics(world)).operations(),
        new Logs(world).operations(),
        new Ssm(world).operations());
  }

  /** An account without anything, forgotten when the process ends. */
  public static SimulatedAws inMemory() {
    return new SimulatedAws(null, Content.NOTHING);
  }

  /**
   * The account whose state lies in {@code folder}; an empty one when there is none yet. Until it
   * is closed, or the process ends, nobody else can open it. What a call has done is in the folder
   * before the call is answered.
   *
   * @throws FolderInUseException when another process has opened it
   * @throws IOException when the state cannot be read
   */
  public static SimulatedAws open(Path folder) throws IOException {
    return open(folder, Optional.empty());
  }

  /**
   * The account whose state lies in {@code folder}. When there is none yet, the account is filled
   * by the calls that {@code seed} lists and its state is written; later only the file's faults
   * have an effect.
   *
   * @param seed empty for an account that is empty at first
   * @throws InvalidSeedException when the seed file is not understood or a call in it is refused
   * @throws IOException when a file cannot be read or written
   * @see #open(Path)
   */
  public static SimulatedAws open(Path folder, Optional<Path> seed) throws IOException {
    return open(StateFolder.toWrite(folder), seed.orElse(null));
  }

  /**
   * The account as it is now in {@code folder}, for looking at: whoever works on it is not
   * disturbed, and what is done to this one is forgotten.
   *
   * @param seed fills the account when there is none yet; empty for an empty one
   * @throws InvalidSeedException when the seed file is not understood or a call in it is refused
   * @throws IOException when a file cannot be read
   */
  public static SimulatedAws look(Path folder, Optional<Path> seed) throws IOException {
    return open(StateFolder.toRead(folder), seed.orElse(null));
  }

  private static SimulatedAws open(StateFolder folder, @Nullable Path seed) throws IOException {
    try {
      Content content = folder.read();
      SimulatedAws aws = opened(folder, content);
      if (seed != null && content.isEmpty()) {
        aws.fill(seed);
        aws.save();
      } else if (seed != null) {
        aws.addFaults(seed);
      }
      return aws;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static SimulatedAws opened(StateFolder folder, Content content) throws IOException {
    try {
      return new SimulatedAws(folder, content);
    } catch (RuntimeException e) {
      throw new IOException("No state of a simulated AWS: " + e.getMessage(), e);
    }
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
            this.folder != null && this.folder.isReadOnly(),
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
      if (isClosed) {
        throw new ConnectException("Connection refused");
      }
      WireResponse response;
      try {
        response = dispatcher.answer(request);
      } catch (CallLost lost) {
        keepChange();
        throw lose(lost.reason());
      }
      keepChange();
      return response;
    }
  }

  /** What a request calls, whether there is such an operation or not. */
  Call callOf(WireRequest request) {
    return dispatcher.callOf(request);
  }

  private SocketException lose(CallLost.Cause cause) throws IOException {
    if (cause == CallLost.Cause.HALT) {
      isClosed = true;
      if (folder != null) {
        folder.close();
      }
      onHalt.run();
    }
    return new SocketException("Connection reset");
  }

  /** Keeps what the call that was just answered has changed, or how far the clock has come. */
  private void keepChange() throws IOException {
    if (folder == null || folder.isReadOnly()) {
      world.kept();
    } else if (isBehind) {
      save();
    } else {
      // until it is known that this one is kept, later ones would be kept without what they rest on
      isBehind = true;
      append(folder);
      isBehind = false;
    }
  }

  private void append(StateFolder folder) throws IOException {
    ObjectNode change = StateJson.change(world);
    if (faults.isChanged()) {
      faults.write(change.putObject(FAULTS));
    }
    boolean isOnlyTime = change.size() == 1;
    if (!isOnlyTime || Duration.between(kept, world.now()).compareTo(CLOCK_STEP) >= 0) {
      folder.append(change);
      kept = world.now();
    }
    if (folder.length() > LONGEST_CHANGES) {
      save();
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

  private Instant now() {
    RunningClock clock = running;
    return clock == null ? timeline.now() : clock.instant();
  }

  /**
   * Lets time pass by itself from now on, for clients that wait in real time; {@link #timeline()}
   * then stands still. The account's time goes on from the present moment, or from where it is when
   * that is later.
   *
   * @param real tells the present moment
   * @param speed how many times as fast as real time the account's time passes
   */
  public void run(InstantSource real, int speed) {
    synchronized (dispatcher) {
      running = new RunningClock(real, now(), speed);
    }
  }

  /** How often each operation was called that is not simulated, such as {@code s3:GET /}. */
  public SortedMap<String, Integer> missing() {
    return dispatcher.missing();
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
   * Writes the state as a whole, if anything has changed, unless it lives in memory only.
   *
   * @throws IOException when it cannot be written; the state written before is then still there
   */
  public void save() throws IOException {
    synchronized (dispatcher) {
      if (folder != null && !folder.isReadOnly() && !isClosed && isChanged(folder)) {
        ObjectNode document = StateJson.write(world);
        faults.write(document.putObject(FAULTS));
        folder.replace(document);
        world.kept();
        kept = world.now();
        isBehind = false;
      }
    }
    if (servers != null && !isClosed) {
      servers.sweep();
    }
  }

  private boolean isChanged(StateFolder written) {
    return isBehind || !written.isComplete() || faults.isChanged() || !kept.equals(world.now());
  }

  /** Saves the account and leaves it to others; from then on no call is answered. */
  @Override
  public void close() throws IOException {
    synchronized (dispatcher) {
      save();
      isClosed = true;
      if (folder != null) {
        folder.close();
      }
    }
  }
}

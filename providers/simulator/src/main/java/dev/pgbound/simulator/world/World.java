package dev.pgbound.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Everything that exists in the simulated account. Requests are served one at a time; between
 * {@link #begin} and the next one, tables show the region of the request.
 */
public final class World {

  /** The one account there is. */
  public static final String ACCOUNT = "123456789012";

  private final InstantSource clock;
  private final Ids ids = new Ids();
  private final SortedMap<String, Table<?, ?>> tables = new TreeMap<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Begun> begun = new ArrayList<>();
  private final Set<Stored<?, ?>> changed = new LinkedHashSet<>();
  private final List<Runnable> beforeRequests = new ArrayList<>();
  private String region = "us-east-1";
  private @Nullable Instant begin;
  private int slowness = 1;
  private Duration linger = Duration.ZERO;

  /** A transition that the present request has scheduled. */
  private record Begun(Stored<?, ?> stored, Transition transition) {}

  /** A world without objects. */
  public World(InstantSource clock) {
    this.clock = clock;
  }

  /** The table of a kind, the same one for every caller. */
  @SuppressWarnings("unchecked") // a kind's name stands for its types
  public <T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>
      Table<T, B> table(Kind<T, B> kind) {
    return (Table<T, B>) tables.computeIfAbsent(kind.name(), name -> new Table<>(this, kind));
  }

  /** Identifiers for new objects. */
  public Ids ids() {
    return ids;
  }

  /** The present moment; while a request is served, the one at which that began. */
  public Instant now() {
    Instant frozen = begin;
    return frozen == null ? clock.instant() : frozen;
  }

  /** The region of the request that is being served. */
  public String region() {
    return region;
  }

  /** An ARN in the account and region of the request. */
  public String arn(String service, String resource) {
    return String.join(":", "arn:aws", service, region, ACCOUNT, resource);
  }

  /** The objects of all kinds that the request's region shows, by kind and key. */
  public List<Stored<?, ?>> visible() {
    return everything()
        .filter(stored -> stored.region().isEmpty() || stored.region().equals(region))
        .toList();
  }

  /** Turns to a request that was sent to {@code region}: everything due happens first. */
  public void begin(String region) {
    this.region = region;
    Instant now = clock.instant();
    begin = now;
    everything().toList().forEach(stored -> stored.settle(now));
    undo.clear();
    begun.clear();
    changed.clear();
    slowness = 1;
    linger = Duration.ZERO;
    beforeRequests.forEach(Runnable::run);
    undo.clear();
  }

  /**
   * Has something done whenever a request comes, before it is served. Its changes stay when the
   * request is refused.
   */
  public void beforeRequests(Runnable work) {
    beforeRequests.add(work);
  }

  /** The request is served; time goes on. */
  public void end() {
    begin = null;
  }

  /** Lets everything that the present request begins take {@code factor} times as long. */
  public void slowDown(int factor) {
    slowness = factor;
  }

  /** Lets the network interfaces that the present request gives up stay for longer. */
  public void keepInterfaces(Duration longer) {
    linger = longer;
  }

  /** By how much network interfaces stay longer than usual. */
  public Duration linger() {
    return linger;
  }

  /**
   * Has everything that the present request has begun end badly.
   *
   * @param status the status in which it ends, such as {@code failed}
   * @param reason shown where the object has a place for it
   */
  public void fail(String status, String reason) {
    Failure failure = new Failure(status, reason);
    Set<Stored<?, ?>> failed = new HashSet<>();
    for (Begun each : begun) {
      if (!failed.contains(each.stored()) && each.stored().fail(each.transition(), failure)) {
        failed.add(each.stored());
      }
    }
  }

  /** The moment that lies {@code delay} ahead for what the present request begins. */
  Instant ahead(Duration delay) {
    return now().plus(delay.multipliedBy(slowness));
  }

  void scheduled(Stored<?, ?> stored, Transition transition) {
    begun.add(new Begun(stored, transition));
  }

  /**
   * The moment at which everything that is under way has come to its end; empty when nothing is.
   * Removals do not count: some are weeks away.
   */
  public Optional<Instant> settled() {
    return everything()
        .flatMap(stored -> stored.transitions().stream())
        .filter(transition -> transition.set() != null)
        .map(Transition::at)
        .max(Instant::compareTo);
  }

  /** Takes back what was changed since {@link #begin}: a refused request changes nothing. */
  public void rollback() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    changed.clear();
  }

  /** Takes note that everything so far is kept somewhere. */
  public void kept() {
    changed.clear();
    ids.takeFresh();
  }

  /** The objects that the present request has added, changed or removed. */
  Set<Stored<?, ?>> changed() {
    return Collections.unmodifiableSet(changed);
  }

  void changes(Stored<?, ?> stored, Runnable undoing) {
    changed.add(stored);
    undo.push(undoing);
  }

  /** Every object of every region, by kind, region and key. */
  Stream<Stored<?, ?>> everything() {
    return tables.values().stream().flatMap(table -> table.everywhere().stream());
  }

  Collection<Table<?, ?>> tables() {
    return tables.values();
  }

  @Nullable Table<?, ?> table(String kind) {
    return tables.get(kind);
  }
}

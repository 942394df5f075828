package dev.pgbound.testkit;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.ResourceType.Blocker;
import dev.pgbound.spi.ResourceType.Deletion;
import dev.pgbound.spi.ResourceType.User;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The remote side of a {@link FakeProvider}: objects in memory, a journal of the calls, and what is
 * to go wrong with them. Tests reach into it as the rest of the world reaches into an account.
 *
 * <p>A call is written as {@code create network.a}: a verb ({@code create}, {@code update}, {@code
 * delete}, {@code stop}, {@code resume}) and the address of the ownership tag or, for an object
 * without one, type and identifier. Every call takes one look unless {@link #slow} says otherwise.
 * Discovery, {@code discover network}, can fail but is not written down.
 *
 * <p>The world keeps its references intact, as AWS does: a value that names an object which does
 * not exist is refused, and so is the deletion of an object that another one names.
 */
public final class FakeWorld {

  private final List<FakeObject> objects = new ArrayList<>();
  private final Set<String> everMade = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Integer> looks = new HashMap<>();
  private final Map<String, String> breakages = new HashMap<>();
  private final Map<String, FakeFault> faults = new HashMap<>();
  private final Map<String, Runnable> hooks = new HashMap<>();
  private final Map<String, Set<String>> dropped = new HashMap<>();
  private final Map<String, Fields> received = new LinkedHashMap<>();
  private final Map<String, String> blockers = new HashMap<>();
  private final FakeLocks locks = new FakeLocks();
  private boolean keepsReferences = true;
  private int running;
  private int mostAtOnce;

  /** Makes a call take {@code count} looks until its object is ready or gone. */
  public synchronized FakeWorld slow(String call, int count) {
    looks.put(call, count);
    return this;
  }

  /** Makes a call fail. */
  public synchronized FakeWorld fail(String call, FakeFault fault) {
    faults.put(call, fault);
    return this;
  }

  /** Takes a failure back. */
  public synchronized FakeWorld repair(String call) {
    faults.remove(call);
    breakages.remove(call);
    return this;
  }

  /** Has the object end in a failed state while the call waits for it; {@code why} says why. */
  public synchronized FakeWorld breakDuring(String call, String why) {
    breakages.put(call, why);
    return this;
  }

  /** Runs {@code hook} when the call begins. */
  public synchronized FakeWorld during(String call, Runnable hook) {
    hooks.put(call, hook);
    return this;
  }

  /** Loses an attribute of {@code address} silently from now on. */
  public synchronized FakeWorld drop(String address, String attribute) {
    dropped.computeIfAbsent(address, key -> new HashSet<>()).add(attribute);
    return this;
  }

  /** Something keeps {@code address} from being deleted, as {@code text} says. */
  public synchronized FakeWorld obstruct(String address, String text) {
    blockers.put(address, text);
    return this;
  }

  /** Lets objects be deleted although others name them. */
  public synchronized FakeWorld toleratesDanglingReferences() {
    keepsReferences = false;
    return this;
  }

  /** An object that somebody else made. */
  public synchronized FakeWorld put(
      String type, String identifier, Fields attributes, Map<String, String> tags) {
    objects.add(new FakeObject(type, identifier, attributes, tags));
    return this;
  }

  /** Changes a live object as somebody else would. */
  public synchronized FakeWorld change(String address, UnaryOperator<Fields> change) {
    FakeObject object = require(address);
    object.attributes = change.apply(object.attributes);
    return this;
  }

  /** Changes the tags of a live object as somebody else would. */
  public synchronized FakeWorld retag(String address, Consumer<Map<String, String>> change) {
    change.accept(require(address).tags);
    return this;
  }

  /** Deletes a live object as somebody else would. */
  public synchronized FakeWorld remove(String address) {
    objects.remove(require(address));
    return this;
  }

  /** Lets {@code count} looks pass, as time does between two runs. */
  public synchronized FakeWorld look(String address, int count) {
    FakeObject object = require(address);
    object.looks = Math.max(0, object.looks - count);
    return this;
  }

  /** The locks of the migrations in it. */
  public FakeLocks locks() {
    return locks;
  }

  public synchronized Optional<Live> find(String address) {
    return object(address).map(FakeObject::live);
  }

  /** The live value of an attribute of an object that must be there. */
  public synchronized Optional<Value> value(String address, String attribute) {
    return require(address).attributes.get(attribute);
  }

  /** Addresses, or types and identifiers, of everything there is, in the order of creation. */
  public synchronized List<String> addresses() {
    return objects.stream().map(FakeWorld::name).toList();
  }

  /** What the last creation or update of {@code address} was given, secrets included. */
  public synchronized Fields received(String address) {
    return received.getOrDefault(address, Fields.NONE);
  }

  /** The calls that began, in that order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The calls since the last time somebody asked. */
  public synchronized List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  /** How many calls were running at the same time, at most. */
  public synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  /** Carries out one call: its hook, its fault, its effect, then the wait for what it began. */
  <T> T perform(String call, Runnable effect, Supplier<T> wait) {
    begin(call);
    try {
      synchronized (this) {
        fault(call, FakeFault.When.BEFORE_THE_EFFECT);
        effect.run();
        fault(call, FakeFault.When.AFTER_THE_EFFECT);
      }
      return wait.get();
    } finally {
      end();
    }
  }

  /** Answers a question about the objects of a type, which is no call of the journal. */
  synchronized List<Live> discover(String type, Predicate<FakeObject> wanted) {
    fault("discover " + type, FakeFault.When.BEFORE_THE_EFFECT);
    return objects(type).stream().filter(wanted).map(FakeObject::live).toList();
  }

  private void begin(String call) {
    Optional<Runnable> hook;
    synchronized (this) {
      calls.add(call);
      running++;
      mostAtOnce = Math.max(mostAtOnce, running);
      hook = Optional.ofNullable(hooks.get(call));
    }
    hook.ifPresent(Runnable::run);
  }

  private synchronized void end() {
    running--;
  }

  private void fault(String call, FakeFault.When when) {
    FakeFault fault = faults.get(call);
    if (fault != null && fault.when() == when && fault.times() > 0) {
      faults.put(call, fault.used());
      throw fault.exception();
    }
  }

  synchronized List<FakeObject> objects(String type) {
    return objects.stream().filter(object -> object.type.equals(type)).toList();
  }

  synchronized void add(FakeObject object, String call) {
    boolean taken =
        objects(object.type).stream().anyMatch(other -> other.identifier.equals(object.identifier));
    if (taken) {
      throw new ResourceException(
          Kind.ALREADY_EXISTS, "FakeExists", object.identifier + " exists already");
    }
    store(object, object.attributes, call);
    objects.add(object);
    everMade.add(object.identifier);
  }

  /** Stores new values and begins the wait for them. */
  synchronized void store(FakeObject object, Fields attributes, String call) {
    attributes.mapLeaves(this::requireReferenced);
    Set<String> lost = dropped.getOrDefault(name(object), Set.of());
    Fields kept = attributes;
    for (String attribute : lost) {
      kept = kept.without(attribute);
    }
    object.attributes = kept;
    wait(object, Live.State.PENDING, call);
  }

  synchronized void wait(FakeObject object, Live.State state, String call) {
    object.becomes(state, breakages.getOrDefault(call, ""), looks.getOrDefault(call, 1));
  }

  synchronized void beginDeletion(FakeObject object, String call) {
    for (FakeObject other : objects) {
      if (keepsReferences && other != object && names(other, object.identifier)) {
        throw new ResourceException(
            Kind.CONFLICT, "FakeInUse", object.identifier + " is used by " + other.identifier);
      }
    }
    wait(object, Live.State.GOING, call);
  }

  /** Whoever names an object keeps it from being deleted. */
  synchronized List<Blocker> blockers(Deletion deletion) {
    Address address = deletion.address();
    List<Blocker> found = new ArrayList<>();
    Optional.ofNullable(blockers.get(address.toString()))
        .ifPresent(text -> found.add(new Blocker(address, Optional.empty(), text)));
    String identifier = deletion.live().identifier();
    objects.stream()
        .filter(other -> keepsReferences && !other.identifier.equals(identifier))
        .filter(other -> names(other, identifier))
        .forEach(other -> found.add(Blocker.use(address, new User(other.type, other.identifier))));
    return found;
  }

  /** One look at an object: brings it nearer to what it is waited for; empty when it is gone. */
  synchronized Optional<Live> look(FakeObject object) {
    boolean moving = object.state == Live.State.PENDING || object.state == Live.State.GOING;
    if (moving && object.looks > 0) {
      object.looks--;
    } else if (object.state == Live.State.PENDING) {
      boolean breaks = !object.detail.isEmpty();
      object.state = breaks ? Live.State.FAILED : Live.State.READY;
    } else if (object.state == Live.State.GOING) {
      objects.remove(object);
    }
    return objects.contains(object) ? Optional.of(object.live()) : Optional.empty();
  }

  synchronized void receive(String address, Fields attributes) {
    received.put(address, attributes);
  }

  private static String name(FakeObject object) {
    return object.tags.getOrDefault(Live.ADDRESS_TAG, object.type + "." + object.identifier);
  }

  private Value requireReferenced(Value leaf) {
    String text = leaf.toString();
    boolean gone =
        everMade.contains(text) && objects.stream().noneMatch(o -> o.identifier.equals(text));
    if (gone && keepsReferences) {
      throw new ResourceException(Kind.NOT_FOUND, "FakeNotFound", text + " does not exist");
    }
    return leaf;
  }

  private static boolean names(FakeObject object, String identifier) {
    boolean[] found = {false};
    object.attributes.mapLeaves(
        leaf -> {
          found[0] |= leaf.toString().equals(identifier);
          return leaf;
        });
    return found[0];
  }

  private Optional<FakeObject> object(String address) {
    return objects.stream().filter(object -> object.isCalled(address)).findFirst();
  }

  private FakeObject require(String address) {
    return object(address).orElseThrow(() -> new IllegalArgumentException("no object " + address));
  }
}

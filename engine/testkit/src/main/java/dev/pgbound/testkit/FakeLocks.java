package dev.pgbound.testkit;

import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.ResourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Locks in memory, which a test may fill, empty and make fail. A call is written as {@code put hr},
 * {@code get hr} or {@code remove hr}.
 */
public final class FakeLocks implements LockStore {

  private final Map<String, String> texts = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, FakeFault> faults = new TreeMap<>();
  private final Map<String, Deque<Runnable>> hooks = new TreeMap<>();

  /** Makes a call fail. */
  public synchronized FakeLocks fail(String call, FakeFault fault) {
    faults.put(call, fault);
    return this;
  }

  /** Runs {@code hook} when the next such call has been answered and its answer is on its way. */
  public synchronized FakeLocks after(String call, Runnable hook) {
    hooks.computeIfAbsent(call, key -> new ArrayDeque<>()).add(hook);
    return this;
  }

  /** Has somebody else write or, without a text, remove the lock. */
  public synchronized FakeLocks set(String migration, Optional<String> text) {
    text.ifPresentOrElse(some -> texts.put(migration, some), () -> texts.remove(migration));
    return this;
  }

  /** The calls that began, in that order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public boolean put(String migration, String text) {
    return call("put " + migration, () -> texts.putIfAbsent(migration, text) == null);
  }

  @Override
  public Optional<String> get(String migration) {
    return call("get " + migration, () -> Optional.ofNullable(texts.get(migration)));
  }

  @Override
  public void remove(String migration) {
    call("remove " + migration, () -> Optional.ofNullable(texts.remove(migration)));
  }

  private <T> T call(String name, Supplier<T> effect) {
    T answer;
    Optional<Runnable> hook;
    synchronized (this) {
      calls.add(name);
      fault(name, FakeFault.When.BEFORE_THE_EFFECT);
      answer = effect.get();
      fault(name, FakeFault.When.AFTER_THE_EFFECT);
      hook = Optional.ofNullable(hooks.get(name)).map(Deque::poll);
    }
    hook.ifPresent(Runnable::run);
    return answer;
  }

  private void fault(String call, FakeFault.When when) throws ResourceException {
    FakeFault fault = faults.get(call);
    if (fault != null && fault.when() == when && fault.times() > 0) {
      faults.put(call, fault.used());
      throw fault.exception();
    }
  }
}

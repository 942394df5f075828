package dev.pgbound.simulator;

import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The calls that were made, refused ones included, in their order. */
public final class CallLog implements CallHook {

  private final List<Call> calls = new CopyOnWriteArrayList<>();

  @Override
  public void before(Call call) {
    calls.add(call);
  }

  /** All calls so far. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** How often an operation was called, such as {@code ec2} and {@code DescribeVpcs}. */
  public long count(String service, String operation) {
    return calls.stream()
        .filter(call -> call.service().equals(service) && call.operation().equals(operation))
        .count();
  }

  /** Forgets the calls so far. */
  public void clear() {
    calls.clear();
  }
}

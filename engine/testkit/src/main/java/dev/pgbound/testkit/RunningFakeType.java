package dev.pgbound.testkit;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A {@link FakeType} whose objects run; its attribute {@code run} says whether they do. */
public final class RunningFakeType implements ResourceType, Pausable {

  private final FakeType type;

  /** The schema of {@code type} must have an attribute {@code run}. */
  public RunningFakeType(FakeType type) {
    this.type = type;
  }

  @Override
  public ResourceSchema schema() {
    return type.schema();
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return type.discover(query, context);
  }

  @Override
  public Live create(Fields desired, Context context) {
    return type.create(desired.with(RUN, STOPPED), context);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    return type.update(prior, desired.without(RUN).without(RELOAD), changed, context);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    type.delete(prior, desired, context);
  }

  @Override
  public List<Blocker> blockers(List<Deletion> deletions, Context context) {
    return type.blockers(deletions, context);
  }

  @Override
  public Live settle(Live live, Context context) {
    return type.settle(live, context);
  }

  @Override
  public boolean isRunning(Live live) {
    return live.attributes().text(RUN).filter(RUNNING::equals).isPresent();
  }

  @Override
  public Live pause(Live live, Fields desired, Context context) {
    return type.set("stop", live, Map.of(RUN, Value.of(STOPPED)), context);
  }

  @Override
  public Live resume(Live live, Fields desired, Context context) {
    return type.set("resume", live, Map.of(RUN, Value.of(RUNNING)), context);
  }

  @Override
  public Live reload(Live live, Fields desired, Context context) {
    Map<String, Value> values = new TreeMap<>(desired.only(List.of(RELOAD)).fields());
    values.put(RUN, Value.of(RUNNING));
    return type.set("reload", live, values, context);
  }

  /** It never finishes. */
  @Override
  public boolean bringsWork(Set<String> changed) {
    return false;
  }
}

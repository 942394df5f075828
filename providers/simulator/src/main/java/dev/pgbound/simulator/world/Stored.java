package dev.pgbound.simulator.world;

import dev.pgbound.simulator.wire.ModelJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of the simulated AWS: an immutable SDK model that is exchanged on every change, its
 * tags, what AWS knows but does not show, and what will happen to it by itself.
 */
public final class Stored<
    T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>> {

  private static final List<String> TAG_MEMBERS = List.of("Tags", "TagList", "TagSet");

  private final Table<T, B> table;
  private final String region;
  private final String key;
  private final String arn;
  private final SortedMap<String, String> tags = new TreeMap<>();
  private final SortedMap<String, String> hidden = new TreeMap<>();
  private final List<Transition> transitions = new ArrayList<>();
  private T model;

  Stored(Table<T, B> table, String region, String key, String arn, T model) {
    this.table = table;
    this.region = region;
    this.key = key;
    this.arn = arn;
    this.model = model;
  }

  /** What finds the object within its kind and region: its id or name. */
  public String key() {
    return key;
  }

  /** The object's ARN; empty for a kind that has none. */
  public String arn() {
    return arn;
  }

  /** The region it is in; empty for a kind that is seen from everywhere. */
  public String region() {
    return region;
  }

  /** The name of its kind. */
  public String kind() {
    return table.kind().name();
  }

  /** The object as it is now, without its tags. */
  public T model() {
    return model;
  }

  /** The object as a describe call shows it: with its tags, when its model has a place for them. */
  public T view() {
    B builder = model.toBuilder();
    for (SdkField<?> field : builder.sdkFields()) {
      if (TAG_MEMBERS.contains(field.memberName()) && !tags.isEmpty()) {
        field.set(builder, Tags.write(tags, field));
      }
    }
    return builder.build();
  }

  /** Changes the object now. */
  public void update(Consumer<? super B> change) {
    remember();
    model = changed(model, change);
  }

  /** Changes the object once {@code delay} has passed and everything due until then is done. */
  public void after(Duration delay, Consumer<? super B> change) {
    T before = ahead(at(delay));
    schedule(delay, new Transition(at(delay), difference(before, changed(before, change))));
  }

  /** Removes the object once {@code delay} has passed. */
  public void removeAfter(Duration delay) {
    schedule(delay, new Transition(at(delay), null));
  }

  /** Removes the object now. */
  public void remove() {
    table.remove(this);
  }

  /** Forgets everything that would happen to the object by itself. */
  public void cancel() {
    remember();
    transitions.clear();
  }

  /** The object's tags in the order of their keys. */
  public SortedMap<String, String> tags() {
    return Collections.unmodifiableSortedMap(tags);
  }

  /** Adds tags and exchanges the values of those that are there. */
  public void tag(Map<String, String> more) {
    remember();
    tags.putAll(more);
  }

  /** Takes tags away; keys that are not there are ignored, as AWS does. */
  public void untag(Collection<String> keys) {
    remember();
    tags.keySet().removeAll(keys);
  }

  /** What AWS knows of the object but does not show in its model, such as a password. */
  public Optional<String> hidden(String name) {
    return Optional.ofNullable(hidden.get(name));
  }

  /** Keeps a value that the model has no place for. */
  public void hide(String name, String value) {
    remember();
    hidden.put(name, value);
  }

  Table<T, B> table() {
    return table;
  }

  SortedMap<String, String> hidden() {
    return hidden;
  }

  List<Transition> transitions() {
    return transitions;
  }

  /** Does what was scheduled up to {@code now}. */
  void settle(Instant now) {
    while (!transitions.isEmpty() && !transitions.get(0).at().isAfter(now)) {
      Transition due = transitions.remove(0);
      if (due.set() == null) {
        remove();
        return;
      }
      ObjectNode set = due.set();
      update(builder -> ModelJson.STATE.decode(set, builder));
    }
  }

  /** The object as it will be at {@code moment}, as far as is known now. */
  private T ahead(Instant moment) {
    T ahead = model;
    for (Transition each : transitions) {
      ObjectNode set = each.set();
      if (set != null && !each.at().isAfter(moment)) {
        ahead = changed(ahead, builder -> ModelJson.STATE.decode(set, builder));
      }
    }
    return ahead;
  }

  /** Lets a refused request leave the object as it is now. */
  private void remember() {
    T oldModel = model;
    Map<String, String> oldTags = new TreeMap<>(tags);
    Map<String, String> oldHidden = new TreeMap<>(hidden);
    List<Transition> oldTransitions = List.copyOf(transitions);
    table
        .world()
        .changes(
            this,
            () -> {
              model = oldModel;
              tags.clear();
              tags.putAll(oldTags);
              hidden.clear();
              hidden.putAll(oldHidden);
              transitions.clear();
              transitions.addAll(oldTransitions);
            });
  }

  private Instant at(Duration delay) {
    return table.world().ahead(delay);
  }

  private void schedule(Duration delay, Transition transition) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("A transition of " + key + " lies in the past");
    }
    remember();
    int index = transitions.size();
    while (index > 0 && transitions.get(index - 1).at().isAfter(transition.at())) {
      index--;
    }
    transitions.add(index, transition);
    table.world().scheduled(this, transition);
  }

  /**
   * Has the object end badly when {@code transition} is due, and drops what would follow upon it.
   *
   * @return whether the transition is one that would have changed the object's status
   */
  boolean fail(Transition transition, Failure failure) {
    List<String> members = model.sdkFields().stream().map(SdkField::memberName).toList();
    Optional<Transition> instead = failure.insteadOf(transition, members);
    int index = transitions.indexOf(transition);
    if (instead.isEmpty() || index < 0) {
      return false;
    }
    remember();
    transitions.subList(index, transitions.size()).clear();
    transitions.add(instead.get());
    return true;
  }

  private ObjectNode difference(T before, T after) {
    return ModelJson.STATE.difference(before, after);
  }

  private T changed(T before, Consumer<? super B> change) {
    B builder = before.toBuilder();
    change.accept(builder);
    return builder.build();
  }
}

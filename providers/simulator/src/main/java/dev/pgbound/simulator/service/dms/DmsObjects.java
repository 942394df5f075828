package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.Tag;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** The stored objects of one DMS resource type, with its filters, pages and refusals. */
final class DmsObjects<
    T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>> {

  private final Table<T, B> table;
  private final Naming naming;
  private final Map<String, Function<T, List<String>>> filters;

  /**
   * How DMS speaks of a resource type.
   *
   * @param noun such as {@code Replication Instance}
   * @param plural the word for "no ... found matching provided filters"
   */
  record Naming(String noun, String plural) {}

  /**
   * The objects of one kind.
   *
   * @param filters the values of an object that each filter looks at
   */
  DmsObjects(
      World world, Kind<T, B> kind, Naming naming, Map<String, Function<T, List<String>>> filters) {
    this.table = world.table(kind);
    this.naming = naming;
    this.filters = filters;
  }

  /**
   * The object with this key.
   *
   * @throws Fault when there is none
   */
  Stored<T, B> get(@Nullable String key, String member) {
    String wanted = Refusals.required(key, member);
    return table
        .find(wanted)
        .orElseThrow(
            () -> Refusals.notFound(naming.noun() + " " + wanted + " could not be found."));
  }

  Optional<Stored<T, B>> find(String key) {
    return table.find(key);
  }

  List<Stored<T, B>> all() {
    return table.all();
  }

  /** Those of all regions. */
  List<Stored<T, B>> everywhere() {
    return table.everywhere();
  }

  /** Those whose model satisfies a condition. */
  Stream<Stored<T, B>> where(Predicate<? super T> condition) {
    return table.all().stream().filter(stored -> condition.test(stored.model()));
  }

  /** Whether the model of any satisfies a condition. */
  boolean any(Predicate<? super T> condition) {
    return where(condition).findAny().isPresent();
  }

  /** Refuses a new object when one that it cannot live beside is there. */
  void refuseSecond(Predicate<? super T> same, String identifier) {
    if (any(same)) {
      throw Refusals.alreadyExists(
          naming.noun() + " with identifier " + identifier + " already exists.");
    }
  }

  /** Stores an object under its ARN. */
  Stored<T, B> add(String arn, T model, Collection<Tag> tags) {
    return add(arn, arn, model, tags);
  }

  /** Stores an object under its name. */
  Stored<T, B> add(String key, String arn, T model, Collection<Tag> tags) {
    if (table.find(key).isPresent()) {
      throw Refusals.alreadyExists(naming.noun() + " " + key + " already exists.");
    }
    return table.add(key, arn, model, ResourceTags.checked(Tags.read(tags)));
  }

  /**
   * What a describe operation answers.
   *
   * @param view how an object is shown
   * @throws Fault when there are filters and nothing matches them
   */
  Page<T> describe(PageRequest request, Function<Stored<T, B>, T> view) {
    request.checkLimit(100);
    List<T> found =
        table.all().stream().map(view).filter(model -> matches(model, request.filters())).toList();
    if (found.isEmpty() && !request.filters().isEmpty()) {
      throw Refusals.notFound("No " + naming.plural() + " found matching provided filters");
    }
    return request.page(found);
  }

  private boolean matches(T model, List<Filter> wanted) {
    return wanted.stream().allMatch(filter -> matches(model, filter));
  }

  private boolean matches(T model, Filter filter) {
    Function<T, List<String>> values = filters.get(filter.name());
    if (values == null) {
      throw Refusals.invalidValue("Invalid filter name: " + filter.name());
    }
    return values.apply(model).stream()
        .anyMatch(value -> filter.values().stream().anyMatch(value::equalsIgnoreCase));
  }
}

package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** The stored objects of one EC2 resource type, with EC2's ids and refusals. */
public final class Ec2Objects<
    T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>> {

  private static final int USUAL_PAGE = 1000;

  private final World world;
  private final Table<T, B> table;
  private final Naming naming;

  /**
   * How EC2 speaks of a resource type.
   *
   * @param type as in tag specifications and ARNs, such as {@code route-table}
   * @param idPrefix such as {@code rtb}
   * @param notFound the error code for an id that does not exist
   * @param noun what the error message calls it, such as {@code routeTable ID}
   */
  record Naming(String type, String idPrefix, String notFound, String noun) {}

  Ec2Objects(World world, Naming naming, Supplier<B> builder) {
    this.world = world;
    this.naming = naming;
    this.table = world.table(Kind.regional("ec2/" + naming.type(), builder));
  }

  /**
   * The object with this id.
   *
   * @throws Fault when there is none, as EC2 words it
   */
  public Stored<T, B> get(@Nullable String id) {
    if (id == null) {
      throw new Fault(
          "MissingParameter", "The request must contain the parameter " + naming.noun());
    }
    return table
        .find(id)
        .orElseThrow(
            () ->
                new Fault(
                    naming.notFound(), "The " + naming.noun() + " '" + id + "' does not exist"));
  }

  /** All of them. */
  public List<Stored<T, B>> all() {
    return table.all();
  }

  /** Those whose model satisfies a condition. */
  public Stream<Stored<T, B>> where(Predicate<? super T> condition) {
    return table.all().stream().filter(stored -> condition.test(stored.model()));
  }

  String newId() {
    return world.ids().hex(naming.idPrefix());
  }

  Stored<T, B> add(String id, T model, List<TagSpecification> specifications) {
    return table.add(id, world.arn("ec2", naming.type() + "/" + id), model, tags(specifications));
  }

  /**
   * What a describe operation answers.
   *
   * @param ids the ids asked for, empty for all; every one of them must exist
   * @param view how a stored object is shown
   */
  Page<T> describe(
      List<String> ids,
      Function<Stored<T, B>, T> view,
      List<Filter> filters,
      @Nullable Integer maxResults,
      @Nullable String token) {
    List<Stored<T, B>> asked = ids.isEmpty() ? all() : ids.stream().map(this::get).toList();
    List<T> found = Filters.apply(filters, asked.stream().map(view).toList());
    return Page.of(found, maxResults, token, USUAL_PAGE);
  }

  private SortedMap<String, String> tags(List<TagSpecification> specifications) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (TagSpecification each : specifications) {
      if (!naming.type().equals(each.resourceTypeAsString())) {
        throw new Fault(
            "InvalidParameterValue",
            "'"
                + each.resourceTypeAsString()
                + "' is not a valid taggable resource type for this operation.");
      }
      tags.putAll(Tags.read(each.tags()));
    }
    return checked(tags);
  }

  /** Refuses the tags that only AWS itself may set. */
  static <M extends Map<String, String>> M checked(M tags) {
    if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
      throw new Fault(
          "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
    }
    return tags;
  }
}

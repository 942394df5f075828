package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Filter;

/**
 * Finds the DMS objects of one type. Users choose their names. The describe calls filter by name,
 * return no tags, and refuse a filter that nothing fits.
 *
 * @param arnKind what the ARNs of the objects look like
 * @param nameFilter DMS's filter for the name, such as {@code endpoint-id}
 * @param describe a paged describe call with these filters
 */
record DmsObjects<T>(
    Aws aws,
    ResourceSchema schema,
    ArnKind arnKind,
    String nameFilter,
    Function<List<Filter>, Stream<T>> describe) {

  /**
   * Answers {@link dev.pgbound.spi.ResourceType#discover}.
   *
   * @param live makes of an answer what the engine sees, without tags
   */
  List<Live> discover(Query query, Function<T, Live> live) {
    return aws.discovery()
        .untagged(query, schema, arnKind, aws.tags().dms(), name -> lives(name, live));
  }

  /** Answers {@link dev.pgbound.spi.ResourceType#lookup}. */
  List<Live> lookup(Value.Fields selector, Function<T, Live> live) {
    return Discovery.lookup(
        selector, schema, name -> Discovery.withTags(lives(name, live), aws.tags().dms()));
  }

  /** What the file declares of the object of this name; nothing of one that it does not have. */
  Value.Fields desired(Query query, String name) {
    Attribute identifier = schema.identifier().orElseThrow();
    return query.wanted().stream()
        .map(Query.Wanted::desired)
        .filter(wanted -> wanted.text(identifier.name()).filter(name::equalsIgnoreCase).isPresent())
        .findFirst()
        .orElse(Value.Fields.NONE);
  }

  /** The request that creates an object: with its tags, and its name as DMS keeps names. */
  Value.Fields creation(Value.Fields desired, Context context) {
    Value.Fields request = Tags.forCreation(desired, context);
    Attribute name = schema.identifier().orElseThrow();
    return request
        .get(name.name())
        .map(value -> request.with(name.name(), name.normalizer().apply(value)))
        .orElse(request);
  }

  Optional<T> find(String name) {
    return described(Optional.of(name)).stream().findFirst();
  }

  /** The object as it is now; its absence is a failure. */
  Live read(String name, Function<T, Live> live) {
    return Discovery.read(name, schema, aws.tags().dms(), wanted -> lives(wanted, live));
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** The part of an ARN that the user may choose as {@code resourceIdentifier}. */
  static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** Whether AWS made up the last part of an ARN, as it does where none is declared. */
  static boolean isChosenByAws(String lastPart) {
    return lastPart.matches("[A-Z0-9]{20,}");
  }

  /**
   * Whether all tasks that a filter finds are being deleted, so that what they use is about to be
   * free.
   *
   * @param filter {@code endpoint-arn} or {@code replication-instance-arn}
   */
  static boolean tasksAreGoing(DatabaseMigrationClient dms, String filter, String arn) {
    return Absence.asEmpty(
            () ->
                dms
                    .describeReplicationTasksPaginator(
                        r -> r.filters(filter(filter, arn)).withoutSettings(true))
                    .stream()
                    .flatMap(page -> page.replicationTasks().stream()))
        .stream()
        .allMatch(task -> task.status().equals("deleting"));
  }

  private List<Live> lives(Optional<String> name, Function<T, Live> live) {
    return described(name).stream().map(live).toList();
  }

  private List<T> described(Optional<String> name) {
    List<Filter> filters = name.stream().map(value -> filter(nameFilter, value)).toList();
    return Absence.asEmpty(() -> describe.apply(filters));
  }

  static String arn(Live found) {
    return found.attributes().text("arn").orElseThrow();
  }
}

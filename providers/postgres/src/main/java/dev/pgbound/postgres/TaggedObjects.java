package dev.pgbound.postgres;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers discovery for types whose objects have a name, an OID and tags. */
final class TaggedObjects {

  /**
   * An object in a catalog.
   *
   * @param name what it is called among the tags
   * @param identifier what it is called in plans
   * @param attributes without the connection
   */
  record Found(String name, String identifier, long oid, Value.Fields attributes) {

    /** An object that is called the same everywhere. */
    static Found named(String name, long oid, Value.Fields attributes) {
      return new Found(name, name, oid, attributes.with(Names.ATTRIBUTE, name));
    }
  }

  /** Reads objects out of the catalogs of one database. */
  interface Reader {
    /**
     * @param wanted by name what is declared of the objects; nothing of those that left the file
     */
    List<Found> read(Connection connection, Map<String, Value.Fields> wanted) throws SQLException;
  }

  private final Sessions sessions;
  private final String type;
  private final Function<Value.Fields, Optional<String>> name;
  private final Reader reader;

  /**
   * @param name what an object with these attributes is called among the tags
   */
  TaggedObjects(
      Sessions sessions,
      String type,
      Function<Value.Fields, Optional<String>> name,
      Reader reader) {
    this.sessions = sessions;
    this.type = type;
    this.name = name;
    this.reader = reader;
  }

  /**
   * The wanted objects, and for a plan every other one of the migration in all its places. An
   * object whose name is not known, as that of a grant which left the file, is found by its
   * address.
   */
  List<Live> discover(Query query, Context context) {
    Map<Value.Fields, Map<String, Value.Fields>> wanted = new LinkedHashMap<>();
    if (query.scope() == Query.Scope.PLAN) {
      query.places().forEach(place -> wanted.put(place, new LinkedHashMap<>()));
    }
    for (Query.Wanted one : query.wanted()) {
      Value.Fields desired = one.desired();
      if (Place.of(desired).isPresent()) {
        Map<String, Value.Fields> names =
            wanted.computeIfAbsent(desired.fields(Place.ATTRIBUTE), p -> new LinkedHashMap<>());
        name.apply(desired).ifPresent(known -> names.put(known, desired));
      }
    }
    List<Live> found = new ArrayList<>();
    wanted.forEach((connection, names) -> found.addAll(in(connection, names, query, context)));
    return found;
  }

  /** The object as it is now; its absence is a failure. */
  Live read(Value.Fields desired, Context context) {
    String known = name.apply(desired).orElseThrow();
    Query query = new Query(context.migration(), List.of(), Query.Scope.OBJECT);
    return in(desired.fields(Place.ATTRIBUTE), Map.of(known, desired), query, context).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new ResourceException(
                    ResourceException.Kind.NOT_STABILIZED,
                    "Vanished",
                    type + " " + known + " is gone right after it was made."));
  }

  private List<Live> in(
      Value.Fields connection, Map<String, Value.Fields> names, Query query, Context context) {
    return sessions.read(
        place(connection),
        context,
        session -> {
          Tags tags = Tags.read(session, type, query.migration());
          Map<String, Value.Fields> looked = new LinkedHashMap<>(names);
          tags.owned().stream()
              .filter(owned -> query.scope() == Query.Scope.PLAN || isWanted(tags, owned, query))
              .forEach(owned -> looked.putIfAbsent(owned, Value.Fields.NONE));
          List<Live> lives = new ArrayList<>();
          for (Found found : looked.isEmpty() ? List.<Found>of() : reader.read(session, looked)) {
            Map<String, String> own = tags.of(found.name(), found.oid());
            boolean ours = query.migration().equals(own.get(Live.MIGRATION_TAG));
            if (ours || names.containsKey(found.name())) {
              lives.add(live(found, connection, own));
            }
          }
          return lives;
        });
  }

  private static boolean isWanted(Tags tags, String owned, Query query) {
    String address = tags.of(owned, Tags.ANY).get(Live.ADDRESS_TAG);
    return query.wanted().stream().anyMatch(one -> one.address().toString().equals(address));
  }

  /** The place of a live or declared object. */
  static Place place(Live live) {
    return place(live.attributes().fields(Place.ATTRIBUTE));
  }

  /** The place of an object that is about to be made. */
  static Place placeOf(Value.Fields desired) {
    return place(desired.fields(Place.ATTRIBUTE));
  }

  private static Place place(Value.Fields connection) {
    return Place.of(Value.Fields.NONE.with(Place.ATTRIBUTE, connection))
        .orElseThrow(() -> new IllegalStateException("no place: " + connection));
  }

  private static Live live(Found found, Value.Fields connection, Map<String, String> tags) {
    return new Live(
        found.identifier(),
        found.attributes().with(Place.ATTRIBUTE, connection),
        tags,
        Live.Health.READY);
  }
}

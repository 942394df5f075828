package dev.pgbound.simulator.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/** All objects of one kind. Callers see those of the region whose request is being served. */
public final class Table<
    T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>> {

  private final World world;
  private final Kind<T, B> kind;
  private final SortedMap<String, SortedMap<String, Stored<T, B>>> regions = new TreeMap<>();

  Table(World world, Kind<T, B> kind) {
    this.world = world;
    this.kind = kind;
  }

  /** The object with this key. */
  public Optional<Stored<T, B>> find(String key) {
    return Optional.ofNullable(region().get(key));
  }

  /** Every object, in the order of the keys. */
  public List<Stored<T, B>> all() {
    return List.copyOf(region().values());
  }

  /** Stores a new object; the key must be free. */
  public Stored<T, B> add(String key, String arn, T model, Map<String, String> tags) {
    Stored<T, B> stored = new Stored<>(this, scope(), key, arn, model);
    if (region().putIfAbsent(key, stored) != null) {
      throw new IllegalStateException(kind.name() + " " + key + " exists");
    }
    world.changes(stored, () -> region(stored).remove(key));
    stored.tag(tags);
    return stored;
  }

  Kind<T, B> kind() {
    return kind;
  }

  World world() {
    return world;
  }

  /** Every object of every region, in the order of the regions and keys. */
  public List<Stored<T, B>> everywhere() {
    return regions.values().stream().flatMap(region -> region.values().stream()).toList();
  }

  /** What now lies where an object lay when it was changed last. */
  Optional<Stored<T, B>> inPlaceOf(Stored<?, ?> stored) {
    return Optional.ofNullable(regions.get(stored.region())).map(all -> all.get(stored.key()));
  }

  /** Takes away what lies in a place. */
  void clear(String region, String key) {
    regions.computeIfAbsent(region, r -> new TreeMap<>()).remove(key);
  }

  /** Puts an object back in its place. */
  void restore(Stored<T, B> stored) {
    region(stored).put(stored.key(), stored);
  }

  void remove(Stored<T, B> stored) {
    region(stored).remove(stored.key());
    world.changes(stored, () -> restore(stored));
  }

  private SortedMap<String, Stored<T, B>> region(Stored<T, B> stored) {
    return regions.computeIfAbsent(stored.region(), r -> new TreeMap<>());
  }

  private SortedMap<String, Stored<T, B>> region() {
    return regions.computeIfAbsent(scope(), r -> new TreeMap<>());
  }

  private String scope() {
    return kind.isRegional() ? world.region() : "";
  }
}

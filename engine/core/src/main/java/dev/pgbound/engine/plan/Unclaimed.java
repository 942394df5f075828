package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The objects of one type that stand for nothing yet, in the order in which they were found. Only
 * those of a name or an address are looked at for it, so that thousands take no longer each than a
 * few do.
 */
final class Unclaimed {

  private final ResourceSchema schema;
  private final String migration;
  private final List<Live> found;
  private final BitSet left = new BitSet();
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final Map<Address, List<Integer>> byAddress = new HashMap<>();

  Unclaimed(ResourceSchema schema, String migration, List<Live> found) {
    this.schema = schema;
    this.migration = migration;
    this.found = List.copyOf(found);
    left.set(0, found.size());
    for (int at = 0; at < found.size(); at++) {
      int place = at;
      Live live = found.get(at);
      Identity.declared(schema, live.attributes()).ifPresent(name -> add(byName, name, place));
      live.address().ifPresent(address -> add(byAddress, address, place));
    }
  }

  private static <K> void add(Map<K, List<Integer>> index, K key, int place) {
    index.computeIfAbsent(key, k -> new ArrayList<>()).add(place);
  }

  /** Takes out those that claim to be the wanted one; see {@link Identity#claimants}. */
  List<Live> take(Wanted wanted) {
    TreeSet<Integer> near = new TreeSet<>(byAddress.getOrDefault(wanted.address(), List.of()));
    wanted.identifier().ifPresent(name -> near.addAll(byName.getOrDefault(name, List.of())));
    return take(near, Identity.claimants(schema, wanted, migration, lives(near)));
  }

  /** Takes out those that carry the address. */
  List<Live> take(Address address) {
    TreeSet<Integer> near = new TreeSet<>(byAddress.getOrDefault(address, List.of()));
    return take(near, Identity.claimants(address, migration, lives(near)));
  }

  private List<Live> lives(Set<Integer> places) {
    places.removeIf(place -> !left.get(place));
    return places.stream().map(found::get).toList();
  }

  private List<Live> take(Set<Integer> places, List<Live> claimants) {
    places.stream()
        .filter(place -> claimants.contains(found.get(place)))
        .forEach(place -> left.clear(place));
    return claimants;
  }

  /** The first that is left. */
  Optional<Live> next() {
    return left.isEmpty() ? Optional.empty() : Optional.of(found.get(left.nextSetBit(0)));
  }

  /** Takes out the first that is left. */
  void skip() {
    left.clear(left.nextSetBit(0));
  }
}

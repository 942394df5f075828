package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was live at one moment.
 *
 * @param live the objects of declared resources
 * @param orphans objects that carry the migration's tag but are not in the file
 * @param copies objects whose tags claim the address of another one, which its name decides
 * @param undecided where several objects claim an address and no name decides between them
 * @param others objects that are neither declared nor the migration's, by type, as far as they came
 *     along
 */
record Snapshot(
    Map<Address, Live> live,
    Map<Address, Live> orphans,
    List<Copy> copies,
    Map<Address, List<Live>> undecided,
    Map<String, List<Live>> others) {

  /** An object of a type that claims to be what it is not. */
  record Copy(String type, Live live) {}

  Snapshot {
    live = Collections.unmodifiableMap(new TreeMap<>(live));
    orphans = Collections.unmodifiableMap(new TreeMap<>(orphans));
    copies = List.copyOf(copies);
    undecided = Collections.unmodifiableMap(new TreeMap<>(undecided));
    others = Collections.unmodifiableMap(new TreeMap<>(others));
  }

  Optional<Live> find(Address address) {
    return Optional.ofNullable(live.get(address))
        .or(() -> Optional.ofNullable(orphans.get(address)));
  }

  /** The same moment, had these objects been those of the resources. */
  Snapshot with(Map<Address, Live> claimed) {
    if (claimed.isEmpty()) {
      return this;
    }
    Map<Address, Live> more = new TreeMap<>(live);
    more.putAll(claimed);
    Map<Address, Live> fewerOrphans = new TreeMap<>(orphans);
    Map<String, List<Live>> fewerOthers = new TreeMap<>(others);
    claimed.forEach(
        (address, object) -> {
          fewerOrphans
              .entrySet()
              .removeIf(
                  orphan ->
                      orphan.getKey().type().equals(address.type())
                          && orphan.getValue().identifier().equals(object.identifier()));
          fewerOthers.computeIfPresent(
              address.type(),
              (type, all) ->
                  all.stream()
                      .filter(other -> !other.identifier().equals(object.identifier()))
                      .toList());
        });
    return new Snapshot(more, fewerOrphans, copies, undecided, fewerOthers);
  }
}

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
 * @param duplicates further objects that claim an address which another one already has
 */
record Snapshot(Map<Address, Live> live, Map<Address, Live> orphans, List<Live> duplicates) {

  Snapshot {
    live = Collections.unmodifiableMap(new TreeMap<>(live));
    orphans = Collections.unmodifiableMap(new TreeMap<>(orphans));
    duplicates = List.copyOf(duplicates);
  }

  Optional<Live> find(Address address) {
    return Optional.ofNullable(live.get(address))
        .or(() -> Optional.ofNullable(orphans.get(address)));
  }
}

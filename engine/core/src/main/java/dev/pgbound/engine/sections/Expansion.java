package dev.pgbound.engine.sections;

import dev.pgbound.spi.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file stands for.
 *
 * @param migration the name from which identifiers derive
 * @param resources every resource, those of the short form first
 * @param places where the values of each resource come from
 */
public record Expansion(String migration, List<Resource> resources, Map<Address, Origins> places) {

  public Expansion {
    resources = List.copyOf(resources);
    places = new LinkedHashMap<>(places);
  }

  /** The places of one of the resources. */
  public Origins origins(Address address) {
    Origins origins = places.get(address);
    if (origins == null) {
      throw new IllegalArgumentException("no resource " + address);
    }
    return origins;
  }
}

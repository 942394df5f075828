package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query.Wanted;
import dev.pgbound.spi.ResourceSchema;
import java.util.Optional;

/** An object that another one replaces while it is still there. */
public final class Retirement {

  private Retirement() {}

  /** The address that it carries from then on. */
  public static Address of(Address address) {
    return new Address(address.type(), address.name() + "--replaced");
  }

  /** How it is found by itself, not by what the file says of the object that replaces it. */
  public static Wanted wanted(ResourceSchema schema, Address address, Live old) {
    Optional<String> name = Identity.declared(schema, old.attributes());
    return new Wanted(of(address), name.or(() -> Optional.of(old.identifier())), old.attributes());
  }
}

package dev.pgbound.testkit;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A provider of any resource types over one {@link FakeWorld}. */
public final class FakeProvider implements Provider {

  private final FakeWorld world;
  private final List<ResourceType> types;

  public FakeProvider(FakeWorld world, List<ResourceType> types) {
    this.world = world;
    this.types = List.copyOf(types);
  }

  @Override
  public List<ResourceType> types() {
    return types;
  }

  @Override
  public Context.Account account() {
    return new Context.Account("123456789012", "us-east-1", "aws");
  }

  @Override
  public Set<String> ownedTypes(String migration) {
    Set<String> owned = new TreeSet<>();
    for (ResourceType type : types) {
      if (type.schema().within().isPresent()) {
        continue; // nobody knows before looking into what they are in
      }
      String name = type.schema().type();
      if (!world.discover(name, object -> object.live().isOwnedBy(migration)).isEmpty()) {
        owned.add(name);
      }
    }
    return owned;
  }

  @Override
  public Optional<LockStore> locks() {
    return Optional.of(world.locks());
  }

  @Override
  public void close() {}
}

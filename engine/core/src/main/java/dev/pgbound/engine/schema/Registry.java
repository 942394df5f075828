package dev.pgbound.engine.schema;

import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The resource types of all providers by name. */
public final class Registry {

  private final List<Provider> providers;
  private final Map<String, ResourceType> types = new LinkedHashMap<>();

  /** Throws {@link IllegalArgumentException} when two providers offer one type. */
  public Registry(List<Provider> providers) {
    this.providers = List.copyOf(providers);
    for (Provider provider : providers) {
      for (ResourceType type : provider.types()) {
        if (types.put(type.schema().type(), type) != null) {
          throw new IllegalArgumentException("two types named " + type.schema().type());
        }
      }
    }
  }

  public List<Provider> providers() {
    return providers;
  }

  public Optional<ResourceType> find(String type) {
    return Optional.ofNullable(types.get(type));
  }

  /** The type of this name; throws {@link IllegalArgumentException} when there is none. */
  public ResourceType type(String type) {
    return find(type).orElseThrow(() -> new IllegalArgumentException("no type " + type));
  }

  /**
   * The values of a secret, from the provider that has it.
   *
   * @throws ResourceException when none has it, or it cannot be read
   */
  public Value.Fields secret(String reference) {
    return providers.stream()
        .flatMap(provider -> provider.secret(reference).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new ResourceException(
                    ResourceException.Kind.NOT_FOUND,
                    "NoSuchSecret",
                    "There is no secret "
                        + reference
                        + ". Name it by its ARN in Secrets Manager."));
  }

  public Set<String> names() {
    return types.keySet();
  }

  /** All schemas, in the order of registration. */
  public List<ResourceSchema> schemas() {
    List<ResourceSchema> schemas = new ArrayList<>();
    types.values().forEach(type -> schemas.add(type.schema()));
    return schemas;
  }
}

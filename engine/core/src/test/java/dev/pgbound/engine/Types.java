package dev.pgbound.engine;

import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resource types that are nothing but their schema, for what never calls them. */
public final class Types {

  private Types() {}

  /** A registry of types that have a name, a text {@code text} and a list {@code list}. */
  public static Registry registry(String... types) {
    List<ResourceType> all = List.of(types).stream().<ResourceType>map(Types::type).toList();
    return new Registry(List.of(new OnlyTypes(all)));
  }

  private static SchemaOnly type(String name) {
    return new SchemaOnly(
        ResourceSchema.of(name, "A " + name + ".")
            .attribute(attribute("name", Type.text()).with(Flag.IDENTIFIER, Flag.IMMUTABLE))
            .attribute(attribute("text", Type.text()))
            .attribute(attribute("list", Type.set(Type.text())))
            .attribute(attribute("size", Type.integer()).defaultsTo(Value.of(7)))
            .identifiedBy("name")
            .build());
  }

  private static Attribute attribute(String name, Type type) {
    return Attribute.named(name, type, "The " + name + ".").impact(Impact.NONE, "");
  }

  private record OnlyTypes(List<ResourceType> types) implements Provider {
    @Override
    public Context.Account account() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> ownedTypes(String migration) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record SchemaOnly(ResourceSchema schema) implements ResourceType {
    @Override
    public List<Live> discover(Query query, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Live create(Value.Fields desired, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Live update(Live prior, Value.Fields desired, Set<String> changed, Context context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Live prior, Optional<Value.Fields> desired, Context context) {
      throw new UnsupportedOperationException();
    }
  }
}

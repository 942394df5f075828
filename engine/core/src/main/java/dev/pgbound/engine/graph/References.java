package dev.pgbound.engine.graph;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.Reference;
import dev.pgbound.engine.config.Template;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type.ObjectType;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Finds the references in declared attributes and puts in what they stand for. */
public final class References {

  /** A reference and where in the resource it stands. */
  public record Found(Pointer path, Template template, Template.Expression expression) {}

  private final Registry registry;

  public References(Registry registry) {
    this.registry = registry;
  }

  /** Every reference below {@code value}, in the order of the file. */
  public static List<Found> in(Value value) {
    List<Found> found = new ArrayList<>();
    collect(Pointer.ROOT, value, found);
    return found;
  }

  private static void collect(Pointer path, Value value, List<Found> found) {
    if (value instanceof Value.Text text) {
      Template template = Template.parse(text.text());
      template.expressions().forEach(one -> found.add(new Found(path, template, one)));
    } else if (value instanceof Value.Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        collect(path.item(i), list.items().get(i), found);
      }
    } else if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> collect(path.child(name), inner, found));
    }
  }

  /** The resources that {@code resource} refers to, in the order of the file. */
  public Set<Address> targets(Resource resource) {
    return targets(resource.attributes());
  }

  /** The resources that one attribute refers to. */
  public Set<Address> targets(Resource resource, String attribute) {
    return resource.attributes().get(attribute).map(this::targets).orElse(Set.of());
  }

  private Set<Address> targets(Value value) {
    Set<Address> targets = new LinkedHashSet<>();
    for (Found found : in(value)) {
      if (found.expression().reference() instanceof Reference.ToResource to) {
        targets.add(to.address());
      }
    }
    return targets;
  }

  /**
   * The attributes with every reference replaced by what it stands for. What cannot be known yet
   * becomes {@link Value.Unknown}; references to the environment stay as they are.
   *
   * @param outputs the attributes of a resource; empty while its object does not exist
   */
  public Value.Fields resolve(
      Value.Fields attributes, Function<Address, Optional<Value.Fields>> outputs) {
    Map<String, Value> resolved = new LinkedHashMap<>();
    attributes.fields().forEach((name, value) -> resolved.put(name, resolve(name, value, outputs)));
    return new Value.Fields(resolved);
  }

  private Value resolve(
      String name, Value value, Function<Address, Optional<Value.Fields>> outputs) {
    if (value instanceof Value.Items list) {
      return new Value.Items(
          list.items().stream().map(item -> resolve(name, item, outputs)).toList());
    }
    if (value instanceof Value.Fields fields) {
      Map<String, Value> resolved = new LinkedHashMap<>();
      fields.fields().forEach((key, inner) -> resolved.put(key, resolve(key, inner, outputs)));
      return new Value.Fields(resolved);
    }
    if (!(value instanceof Value.Text text)) {
      return value;
    }
    Template template = Template.parse(text.text());
    boolean fromEnvironment =
        template.expressions().stream()
            .anyMatch(one -> one.reference() instanceof Reference.ToEnvironment);
    return fromEnvironment
        ? value
        : template.resolve(one -> output(name, one, outputs).orElse(unknown(one)));
  }

  private static Value unknown(Template.Expression expression) {
    return new Value.Unknown(expression.written());
  }

  private Optional<Value> output(
      String attribute,
      Template.Expression expression,
      Function<Address, Optional<Value.Fields>> outputs) {
    if (!(expression.reference() instanceof Reference.ToResource to)) {
      return Optional.empty();
    }
    return outputs.apply(to.address()).flatMap(values -> output(attribute, to).find(values));
  }

  /** The output that a reference means: what it names, or the identifier that is expected. */
  public Pointer output(String attribute, Reference.ToResource to) {
    if (!to.output().isRoot()) {
      return to.output();
    }
    ResourceSchema schema = registry.type(to.address().type()).schema();
    boolean arn = attribute.endsWith("Arn") || attribute.endsWith("Arns");
    return Pointer.of(
        arn && schema.attribute("arn").isPresent() ? "arn" : schema.identifierOutput());
  }

  /**
   * The attributes with the secrets of the environment put in, for the moment of a call.
   *
   * @throws IllegalStateException when a variable of the environment is not set; {@link
   *     GraphBuilder} has checked that before
   */
  public Value.Fields reveal(
      ResourceSchema schema, Value.Fields attributes, UnaryOperator<String> environment) {
    Map<String, Value> revealed = new LinkedHashMap<>();
    attributes
        .fields()
        .forEach(
            (name, value) -> {
              boolean secret = schema.attribute(name).map(References::holdsSecret).orElse(false);
              revealed.put(
                  name, secret ? value.mapLeaves(leaf -> reveal(leaf, environment)) : value);
            });
    return new Value.Fields(revealed);
  }

  private static boolean holdsSecret(Attribute attribute) {
    return attribute.is(Flag.SENSITIVE)
        || (attribute.type() instanceof ObjectType object
            && object.attributes().stream().anyMatch(References::holdsSecret));
  }

  private static Value reveal(Value leaf, UnaryOperator<String> environment) {
    if (!(leaf instanceof Value.Text text) || !Template.refers(text.text())) {
      return leaf;
    }
    return Template.parse(text.text())
        .resolve(
            one -> {
              if (one.reference() instanceof Reference.ToEnvironment variable) {
                return new Value.Secret(environment.apply(variable.name()));
              }
              throw new IllegalStateException("unresolved reference " + one.written());
            });
  }
}

package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.DurationText;
import dev.pgbound.engine.schema.MetaAttributes;
import dev.pgbound.engine.sections.Resource.Meta;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells what a resource's block says about the resource from what it says about the object. */
final class MetaReader {

  private MetaReader() {}

  static Value.Fields attributes(Value.Fields block) {
    Value.Fields attributes = block;
    for (String name : MetaAttributes.NAMES) {
      attributes = attributes.without(name);
    }
    return attributes;
  }

  static Meta meta(Value.Fields block) {
    return merged(Meta.NONE, block);
  }

  /** {@code base} with what {@code block} says on top. */
  static Meta merged(Meta base, Value.Fields block) {
    List<Address> dependsOn = new ArrayList<>(base.dependsOn());
    for (String address : block.texts("dependsOn")) {
      Address.parse(address).ifPresent(dependsOn::add);
    }
    Map<Operation, Duration> timeouts = new EnumMap<>(Operation.class);
    timeouts.putAll(base.timeouts());
    for (Operation operation : Operation.values()) {
      block
          .fields("timeouts")
          .text(operation.name().toLowerCase(Locale.ROOT))
          .flatMap(DurationText::parse)
          .ifPresent(limit -> timeouts.put(operation, limit));
    }
    return new Meta(
        dependsOn,
        block.flag("protect").orElse(base.protect()),
        timeouts,
        block.has("existing") ? Optional.of(block.fields("existing")) : base.existing(),
        block.flag("adopt").orElse(base.adopt()),
        block.flag("shared").orElse(base.shared()));
  }
}

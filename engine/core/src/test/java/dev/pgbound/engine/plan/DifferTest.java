package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DifferTest {

  private static final Attribute VERSION =
      Attribute.named("version", Type.text(), "Version.")
          .impact(Impact.INTERRUPTS, "It restarts.")
          .normalizedBy(value -> Value.of(value.toString().toLowerCase(Locale.ROOT)))
          .satisfiedBy((declared, live) -> live.toString().startsWith(declared.toString()));

  @Test
  void asksTheAttributeWhetherTheLiveValueSatisfies() {
    assertThat(compare(VERSION, Value.of("V16"), Value.of("v16.6"))).isEmpty();
  }

  @Test
  void reportsALiveValueThatDoesNotSatisfy() {
    assertThat(compare(VERSION, Value.of("v17"), Value.of("v16.6")))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.path()).isEqualTo("version");
              assertThat(change.impact()).isEqualTo(Impact.INTERRUPTS);
            });
  }

  @Test
  void takesAnAbsentLiveValueForADifference() {
    Live live = live(Fields.NONE);

    assertThat(Differ.compare(schema(VERSION), fields(VERSION, Value.of("v16")), live)).hasSize(1);
  }

  @Test
  void asksAnAttributeInsideAnotherOne() {
    Attribute engine =
        Attribute.named("engine", Type.object(VERSION), "Engine.").impact(Impact.NONE, "");
    Value declared = fields(VERSION, Value.of("v16"));

    assertThat(compare(engine, declared, fields(VERSION, Value.of("v16.6")))).isEmpty();
    assertThat(compare(engine, declared, fields(VERSION, Value.of("v15"))))
        .extracting(AttributeChange::path)
        .containsExactly("engine.version");
  }

  @Test
  void comparesDocumentsAsAWholeWhereTheAttributeWantsIt() {
    Attribute partly = Attribute.named("policy", Type.any(), "Policy.").impact(Impact.NONE, "");
    Attribute whole = partly.satisfiedBy(Value::equals);
    Fields declared = Fields.NONE.with("effect", "Allow");
    Fields more = declared.with("condition", "never");

    assertThat(compare(partly, declared, more)).isEmpty();
    assertThat(compare(whole, declared, more)).hasSize(1);
    assertThat(compare(whole, declared, declared)).isEmpty();
  }

  private static List<AttributeChange> compare(Attribute attribute, Value declared, Value live) {
    return Differ.compare(
        schema(attribute), fields(attribute, declared), live(fields(attribute, live)));
  }

  private static ResourceSchema schema(Attribute attribute) {
    Attribute name =
        Attribute.named("name", Type.text(), "Name.")
            .with(Flag.IDENTIFIER, Flag.IMMUTABLE)
            .impact(Impact.NONE, "");
    return ResourceSchema.of("thing", "A thing.")
        .attribute(name)
        .attribute(attribute)
        .identifiedBy("name")
        .build();
  }

  private static Fields fields(Attribute attribute, Value value) {
    return Fields.NONE.with(attribute.name(), value);
  }

  private static Live live(Fields attributes) {
    return new Live("one", attributes, Map.of(), Live.Health.READY);
  }
}

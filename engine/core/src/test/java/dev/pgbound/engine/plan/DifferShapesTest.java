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
import dev.pgbound.spi.Value.Items;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How values of each type are compared. */
final class DifferShapesTest {

  private static final Type RULE =
      Type.object(
          Attribute.named("port", Type.integer(), "Port."),
          Attribute.named("note", Type.text(), "Note."));

  @Test
  void takesSpellingsOfOneValueForEqual() {
    assertThat(paths(Type.integer(), Value.of(32), Value.of("32"))).isEmpty();
    assertThat(paths(Type.bool(), Value.of(true), Value.of("TRUE"))).isEmpty();
    assertThat(paths(Type.text(), Value.of(16), Value.of("16"))).isEmpty();
    assertThat(paths(Type.integer(), Value.of(32), Value.of("33"))).containsExactly("it");
  }

  @Test
  void comparesOnlyTheMembersThatAreDeclared() {
    Fields live = Fields.NONE.with("port", Value.of(80)).with("note", "default");

    assertThat(paths(RULE, Fields.NONE.with("port", Value.of(80)), live)).isEmpty();
    assertThat(paths(RULE, Fields.NONE.with("port", Value.of(81)), live))
        .containsExactly("it.port");
    assertThat(paths(RULE, live.with("extra", "x"), live)).containsExactly("it.extra");
  }

  @Test
  void comparesWhatIsNestedDeepMemberByMember() {
    Type outer = Type.object(Attribute.named("rule", RULE, "Rule."));
    Fields declared = Fields.NONE.with("rule", Fields.NONE.with("port", Value.of(1)));

    assertThat(paths(outer, declared, Fields.NONE)).containsExactly("it.rule.port");
  }

  @Test
  void comparesTheDeclaredEntriesOfAMap() {
    Type map = Type.map(Type.text());
    Fields live = Fields.NONE.with("a", "1").with("b", "2");

    assertThat(paths(map, Fields.NONE.with("a", "1"), live)).isEmpty();
    assertThat(paths(map, Fields.NONE.with("a", "9").with("c", "3"), live))
        .containsExactly("it.a", "it.c");
  }

  @Test
  void comparesSequencesInTheirOrderAndSetsWithout() {
    Value one = Value.of(List.of("a", "b"));
    Value other = Value.of(List.of("b", "a"));

    assertThat(paths(Type.sequence(Type.text()), one, other)).containsExactly("it");
    assertThat(paths(Type.set(Type.text()), one, other)).isEmpty();
    assertThat(paths(Type.set(Type.text()), one, Value.of(List.of("a")))).containsExactly("it");
    assertThat(paths(Type.set(Type.text()), one, Value.of(List.of("a", "b", "c"))))
        .containsExactly("it");
  }

  @Test
  void takesAnAbsentListForAnEmptyOne() {
    Fields nothing = Fields.NONE;
    ResourceSchema schema = schema(Type.set(Type.text()));

    assertThat(
            Differ.compare(
                schema, Fields.NONE.with("it", Value.of(List.<String>of())), live(nothing)))
        .isEmpty();
  }

  @Test
  void findsTheElementsOfAKeyedListByTheirIdentity() {
    Value declared = items(rule(80, "web"), rule(443, "tls"));
    Value live = items(rule(443, "TLS"), rule(80, "web"), rule(22, "ssh"));

    assertThat(paths(Type.keyed(RULE, "port"), declared, live))
        .containsExactly("it[443].note", "it[22]");
    assertThat(paths(Type.keyedPartial(RULE, "port"), declared, live))
        .containsExactly("it[443].note");
  }

  @Test
  void takesAnUnknownValueForAChange() {
    assertThat(paths(Type.text(), new Value.Unknown("${vpc.main}"), Value.of("vpc-1")))
        .containsExactly("it");
    assertThat(
            paths(
                Type.set(Type.text()),
                new Items(List.of(new Value.Unknown("${subnet.a}"))),
                Value.of(List.of("subnet-1"))))
        .containsExactly("it");
  }

  @Test
  void leavesAloneWhatIsDeclaredAsNothing() {
    assertThat(paths(Type.text(), Value.Null.INSTANCE, Value.of("x"))).isEmpty();
    assertThat(paths(RULE, Fields.NONE.with("port", Value.Null.INSTANCE), rule(80, "x"))).isEmpty();
  }

  @Test
  void hidesTheValuesOfWhatIsSensitive() {
    Attribute hidden = attribute(Type.text()).with(Flag.SENSITIVE);
    Fields declared = Fields.NONE.with("it", "new");

    assertThat(Differ.compare(schema(hidden), declared, live(Fields.NONE.with("it", "old"))))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.sensitive()).isTrue();
              assertThat(change.before()).isEmpty();
              assertThat(change.after()).isEmpty();
            });
  }

  @Test
  void replacesForAnythingBelowAnImmutableAttribute() {
    Attribute fixed = attribute(RULE).with(Flag.IMMUTABLE);

    assertThat(
            Differ.compare(
                schema(fixed),
                Fields.NONE.with("it", rule(80, "x")),
                live(Fields.NONE.with("it", rule(81, "x")))))
        .singleElement()
        .matches(AttributeChange::forcesReplacement);
  }

  private static Fields rule(int port, String note) {
    return Fields.NONE.with("port", Value.of(port)).with("note", note);
  }

  private static Items items(Value... values) {
    return new Items(List.of(values));
  }

  private static List<String> paths(Type type, Value declared, Value live) {
    return Differ.compare(
            schema(type), Fields.NONE.with("it", declared), live(Fields.NONE.with("it", live)))
        .stream()
        .map(AttributeChange::path)
        .toList();
  }

  private static ResourceSchema schema(Type type) {
    return schema(attribute(type));
  }

  private static ResourceSchema schema(Attribute attribute) {
    return ResourceSchema.of("box", "A box.").attribute(attribute).identifiedBy("it").build();
  }

  private static Attribute attribute(Type type) {
    return Attribute.named("it", type, "It.").impact(Impact.NONE, "");
  }

  private static Live live(Fields attributes) {
    return new Live("one", attributes, Map.of(), Live.Health.READY);
  }
}

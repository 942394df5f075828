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
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

  private static final Attribute SIZE = attribute("size", Type.integer());
  private static final Attribute SECRET = attribute("secret", Type.text()).with(Flag.SENSITIVE);
  private static final Attribute MAP = attribute("map", Type.map(Type.text()));

  private static final ResourceSchema SCHEMA =
      ResourceSchema.of("box", "A box.")
          .attribute(SIZE)
          .attribute(SECRET)
          .attribute(MAP)
          .identifiedBy("size")
          .build();

  private static final Set<String> ALL = Set.of("size", "secret", "map");

  @Test
  void changesWithAComparedValueOnly() {
    Fields one = Fields.NONE.with("size", Value.of(1));
    String before = Fingerprint.of(SCHEMA, live("b", one), Set.of("size"));

    assertThat(of(one.with("size", Value.of(2)))).isNotEqualTo(before);
    assertThat(Fingerprint.of(SCHEMA, live("b", one.with("map", Fields.NONE)), Set.of("size")))
        .isEqualTo(before);
    assertThat(Fingerprint.of(SCHEMA, live("other", one), Set.of("size"))).isNotEqualTo(before);
  }

  @Test
  void isTheSameForAnotherSpelling() {
    assertThat(of(Fields.NONE.with("size", "32")))
        .isEqualTo(of(Fields.NONE.with("size", Value.of(32))));
    assertThat(of(Fields.NONE.with("map", Fields.NONE.with("a", "1").with("b", "2"))))
        .isEqualTo(of(Fields.NONE.with("map", Fields.NONE.with("b", "2").with("a", "1"))));
  }

  @Test
  void knowsNothingOfSecrets() {
    Fields one = Fields.NONE.with("secret", new Value.Secret("one"));
    Fields other = Fields.NONE.with("secret", new Value.Secret("other"));

    assertThat(Fingerprint.digest(SCHEMA, one)).isEqualTo(Fingerprint.digest(SCHEMA, other));
    assertThat(of(one)).isEqualTo(of(Fields.NONE));
  }

  @Test
  void noticesAnotherReferenceBehindASecret() {
    Fields one = Fields.NONE.with("secret", "${env.ONE}");
    Fields other = Fields.NONE.with("secret", "${env.OTHER}");

    assertThat(Fingerprint.digest(SCHEMA, one)).isNotEqualTo(Fingerprint.digest(SCHEMA, other));
  }

  @Test
  void tellsFromTheDigestWhatWasDeclared() {
    String digest = Fingerprint.digest(SCHEMA, Fields.NONE.with("size", Value.of(1)));

    assertThat(Fingerprint.wasDeclared(digest, SIZE, Value.of(1))).contains(true);
    assertThat(Fingerprint.wasDeclared(digest, SIZE, Value.of(2))).contains(false);
    assertThat(Fingerprint.wasDeclared(digest, MAP, Fields.NONE)).isEmpty();
    assertThat(Fingerprint.wasDeclared("cut", SIZE, Value.of(1))).isEmpty();
  }

  @Test
  void leavesOutOfTheDigestWhatIsNotKnownYet() {
    assertThat(Fingerprint.digest(SCHEMA, Fields.NONE.with("size", new Value.Unknown("${a.b}"))))
        .isEmpty();
  }

  @Test
  void fitsIntoATagHoweverManyAttributesThereAre() {
    ResourceSchema.Builder many = ResourceSchema.of("box", "A box.").identifiedBy("a0");
    IntStream.range(0, 60).forEach(i -> many.attribute(attribute("a" + i, Type.integer())));
    Fields declared = Fields.NONE;
    for (int i = 0; i < 60; i++) {
      declared = declared.with("a" + i, Value.of(i));
    }

    assertThat(Fingerprint.digest(many.build(), declared))
        .hasSizeLessThanOrEqualTo(256)
        .matches("[A-Za-z0-9_-]+");
  }

  private static String of(Fields attributes) {
    return Fingerprint.of(SCHEMA, live("b", attributes), ALL);
  }

  private static Live live(String identifier, Fields attributes) {
    return new Live(identifier, attributes, Map.of(), Live.Health.READY);
  }

  private static Attribute attribute(String name, Type type) {
    return Attribute.named(name, type, "The " + name + ".").impact(Impact.NONE, "");
  }
}

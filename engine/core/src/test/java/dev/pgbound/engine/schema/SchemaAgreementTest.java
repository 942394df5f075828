package dev.pgbound.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What an editor accepts with the composed JSON schema is what the check accepts. A general JSON
 * schema validator judges a complete file with one thing changed, for every value in it.
 */
class SchemaAgreementTest {

  private static final List<Value> REPLACEMENTS =
      List.of(
          Value.of("x"),
          Value.of(""),
          Value.of("a-1"),
          Value.of("16.4"),
          Value.of("${vpc.main}"),
          Value.of("${var.x}"),
          Value.of("x ${vpc.main.vpcId} y"),
          Value.of("$${x}"),
          Value.of("include"),
          Value.of("40m"),
          Value.of(1),
          Value.of(70000),
          new Value.Num(new java.math.BigDecimal("16.5")),
          Value.of(true),
          Value.Null.INSTANCE,
          Value.of(List.of()),
          Value.of(List.of("vpc.main")),
          new Value.Items(List.of(Value.of(5), Value.Null.INSTANCE)),
          Value.Fields.NONE,
          Value.Fields.NONE.with("x", "y"));

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(SchemaComposer.compose(Sample.FILE), InputFormat.JSON);

  @Test
  void composedSchemaIsAValidSchema() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));

    assertThat(meta.validate(SchemaComposer.compose(Sample.FILE), InputFormat.JSON)).isEmpty();
  }

  @Test
  void checkAndSchemaAgreeOnEveryChange() {
    Document document = YamlReader.read("m.yaml", Sample.VALID, new Diagnostics()).orElseThrow();
    int[] cases = {0, 0};
    variants(
        document.root(),
        Pointer.ROOT,
        (change, variant) -> {
          if (variant instanceof Value.Fields root) {
            cases[accepts(change, new Document(root, document.map())) ? 0 : 1]++;
          }
        });

    assertThat(cases[0]).as("accepted").isGreaterThan(200);
    assertThat(cases[1]).as("refused").isGreaterThan(1000);
  }

  /** Whether both accept it; fails when only one does. */
  private boolean accepts(String change, Document document) {
    Diagnostics sink = new Diagnostics();
    SchemaCheck.check(document, Sample.FILE, sink);
    List<String> found = sink.sorted().stream().map(Diagnostic::detail).toList();
    List<String> errors =
        schema.validate(JsonText.of(document.root()), InputFormat.JSON).stream()
            .map(Object::toString)
            .toList();

    assertThat(found.isEmpty())
        .as("%s: the check says %s, the schema says %s", change, found, errors)
        .isEqualTo(errors.isEmpty());
    return errors.isEmpty();
  }

  /** Gives every value that differs from {@code value} in one place, and says in which. */
  private static void variants(Value value, Pointer place, BiConsumer<String, Value> use) {
    REPLACEMENTS.forEach(other -> use.accept(place + " is " + other, other));
    if (value instanceof Value.Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        int at = i;
        variants(
            list.items().get(at),
            place.item(at),
            (change, changed) -> {
              List<Value> items = new ArrayList<>(list.items());
              items.set(at, changed);
              use.accept(change, new Value.Items(items));
            });
      }
    } else if (value instanceof Value.Fields fields) {
      use.accept(place + " has another key", fields.with("unknownKey", "x"));
      fields
          .fields()
          .forEach(
              (name, inner) -> {
                Pointer at = place.child(name);
                use.accept(at + " is missing", fields.without(name));
                use.accept(at + " is longer", renamed(fields, name, name + "x"));
                use.accept(at + " has a sign before it", renamed(fields, name, "-" + name));
                variants(
                    inner, at, (change, changed) -> use.accept(change, fields.with(name, changed)));
              });
    }
  }

  private static Value renamed(Value.Fields fields, String name, String other) {
    Map<String, Value> copy = new LinkedHashMap<>();
    fields.fields().forEach((key, value) -> copy.put(key.equals(name) ? other : key, value));
    return new Value.Fields(copy);
  }
}

package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Origin;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.engine.plan.Reason;
import dev.pgbound.engine.plan.Step.Kind;
import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Diagnostic.Severity;
import dev.pgbound.spi.Impact;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published form of saved plans. */
class PlanSchemaTest {

  private final JsonNode schema = new JsonMapper().readTree(PlanJson.schema());

  @Test
  void isPublished(@TempDir Path folder) {
    Golden.assertFile(
        Shell.PROJECT.resolve("schemas/plan.schema.json"),
        new Shell(folder).plain("schema", "plan").out());
  }

  @Test
  void isAValidSchema() {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(PlanJson.schema(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void knowsEveryWord() {
    assertThat(words("change/properties/action")).isEqualTo(words(Action.values()));
    assertThat(words("change/properties/reason"))
        .containsExactlyInAnyOrderElementsOf(words(Reason.values()));
    assertThat(words("step/properties/kind")).isEqualTo(words(Kind.values()));
    assertThat(words("plan/properties/goal")).isEqualTo(words(Goal.values()));
    assertThat(words("tables/properties/tasks/items/properties/changes/items/properties/kind"))
        .isEqualTo(words(TablePlan.Change.Kind.values()));
    assertThat(words("finding/properties/severity")).isEqualTo(words(Severity.values()));
    assertThat(words("origin")).isEqualTo(words(Origin.values()));
    assertThat(words("impact"))
        .isEqualTo(Arrays.stream(Impact.values()).map(Impact::word).toList());
  }

  private List<String> words(String path) {
    return schema.at("/$defs/" + path + "/enum").values().stream().map(JsonNode::asString).toList();
  }

  private static List<String> words(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}

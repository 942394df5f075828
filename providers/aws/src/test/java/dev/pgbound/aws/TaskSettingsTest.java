package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static dev.pgbound.aws.TaskDocuments.liveSettings;
import static dev.pgbound.aws.TaskDocuments.merged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskSettingsTest {

  @Test
  void knowsEverySettingThatDmsReturnsWithItsType() {
    assertThat(misfits(TaskSettings.TYPE, liveSettings(), "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"FullLoadSettings\": {\"TargetTablePrepmode\": \"DO_NOTHING\"}}",
        "{\"fullLoadSettings\": {}}",
        "{\"FullLoadSettings\": {\"MaxFullLoadSubTasks\": 50}}",
        "{\"FullLoadSettings\": {\"LobMaxSize\": 32}}",
        "{\"TargetMetadata\": {\"LobMaxSize\": \"32\"}}",
        "{\"ErrorBehavior\": {\"DataErrorPolicy\": \"UPDATE_RECORD\"}}",
        "{\"Logging\": {\"LogComponents\": [{\"Id\": \"TARGET\"}]}}",
      })
  void refusesUnknownKeysAndWrongValues(String document) {
    assertThat(misfits(TaskSettings.TYPE, json(document), "")).isNotEmpty();
  }

  @Test
  void hasEverySection() {
    assertThat(((Type.ObjectType) TaskSettings.TYPE).attributes())
        .extracting(Attribute::name)
        .containsExactlyInAnyOrder(
            "TargetMetadata",
            "FullLoadSettings",
            "ChangeProcessingTuning",
            "ChangeProcessingDdlHandlingPolicy",
            "ErrorBehavior",
            "Logging",
            "ControlTablesSettings",
            "StreamBufferSettings",
            "ValidationSettings",
            "ResyncSettings",
            "CharacterSetSettings",
            "BeforeImageSettings",
            "LoopbackPreventionSettings",
            "TTSettings",
            "PostProcessingRules",
            "FailTaskWhenCleanTaskResourceFailed");
  }

  @Test
  void describesEverySettingInOneLine() {
    assertThat(leaves(TaskSettings.TYPE))
        .allSatisfy(leaf -> assertThat(leaf.doc()).endsWith(".").doesNotContain("|"));
  }

  @Test
  void takesAPastedLiveDocumentForWhatIsThere() {
    Fields live = (Fields) TaskSettings.live(liveSettings());

    assertThat(TaskSettings.differOnlyInSeverities(liveSettings(), live)).isTrue();
    assertThat(components(TaskSettings.normal(live)))
        .containsAll(components(TaskSettings.normal(liveSettings())));
  }

  @Test
  void noticesOneChangedSetting() {
    Fields live = (Fields) TaskSettings.live(liveSettings());

    assertThat(
            TaskSettings.differOnlyInSeverities(
                json("{\"TargetMetadata\": {\"LobMaxSize\": 64}}"), live))
        .isFalse();
  }

  @Test
  void sendsNeitherNullsNorWhatTheServiceOwns() {
    Fields sent = (Fields) TaskSettings.normal(liveSettings());

    assertThat(sent.fields()).doesNotContainKeys("BeforeImageSettings", "PostProcessingRules");
    assertThat(sent.fields("Logging").fields())
        .containsOnlyKeys("EnableLogging", "EnableLogContext", "LogComponents");
    assertThat(sent.fields("ControlTablesSettings").fields())
        .containsKey("HistoryTimeslotInMinutes")
        .doesNotContainKey("historyTimeslotInMinutes");
    assertThat(sent.fields("TTSettings").fields()).containsOnlyKeys("EnableTT");
  }

  @Test
  void doesNotMindTheOrderOfLogComponents() {
    String one = "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_INFO\"}";
    String other = "{\"Severity\": \"LOGGER_SEVERITY_ERROR\", \"Id\": \"COMMON\"}";

    assertThat(TaskSettings.normal(logging(one, other)))
        .isEqualTo(TaskSettings.normal(logging(other, one)));
  }

  @Test
  void readsSilenceAsDefaultSeverityAndNoValidation() {
    Fields live = (Fields) TaskSettings.live(json("{\"Logging\": {\"LogComponents\": []}}"));

    assertThat(components(live))
        .contains(json("{\"Id\": \"RESYNC_UNLOAD\", \"Severity\": \"LOGGER_SEVERITY_DEFAULT\"}"));
    assertThat(live.fields("ValidationSettings").flag("ValidationOnly")).contains(false);
    assertThat(live.fields("ValidationSettings").flag("EnableValidation")).contains(false);
  }

  @Test
  void readsValidationSettingsAsTheyAre() {
    Fields live =
        (Fields)
            TaskSettings.live(
                json("{\"ValidationSettings\": {\"EnableValidation\": true, \"ThreadCount\": 5}}"));

    assertThat(live.fields("ValidationSettings"))
        .isEqualTo(
            json("{\"EnableValidation\": true, \"ValidationOnly\": false, \"ThreadCount\": 5}"));
  }

  @Test
  void keepsSeveritiesThatSomebodyElseHasRaised() {
    Fields live =
        merged(
            liveSettings(),
            logging(
                "{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_DEBUG\"}",
                "{\"Id\": \"COMMON\", \"Severity\": \"LOGGER_SEVERITY_DEFAULT\"}"));
    Fields declared = logging("{\"Id\": \"SORTER\", \"Severity\": \"LOGGER_SEVERITY_ERROR\"}");

    assertThat(components(TaskSettings.forModification(declared, live)))
        .containsExactly(
            json("{\"Id\": \"IO\", \"Severity\": \"LOGGER_SEVERITY_DEBUG\"}"),
            json("{\"Id\": \"SORTER\", \"Severity\": \"LOGGER_SEVERITY_ERROR\"}"));
  }

  @Test
  void sendsNoComponentsWhereNoneAreDeclared() {
    Fields declared = json("{\"Logging\": {\"EnableLogging\": true}}");

    assertThat(TaskSettings.forModification(declared, liveSettings())).isEqualTo(declared);
  }

  @Test
  void onlySeveritiesChangeUnderARunningTask() {
    Attribute settings =
        TaskSettings.refine(Attribute.named("replicationTaskSettings", Type.text(), ""));

    assertThat(settings.impact()).contains(Impact.STOPS_REPLICATION);
    assertThat(settings.impactText()).isNotEmpty();
    assertThat(impacts(TaskSettings.TYPE, ""))
        .containsExactlyInAnyOrder(
            "Logging.LogComponents NONE", "ValidationSettings.ValidationOnly RELOADS_DATA");
    assertThat(member("ValidationSettings", "ValidationOnly").is(Flag.IMMUTABLE)).isTrue();
  }

  private static Fields logging(String... components) {
    return json("{\"Logging\": {\"LogComponents\": [" + String.join(",", components) + "]}}");
  }

  private static List<Value> components(Value document) {
    return ((Fields) document).fields("Logging").items("LogComponents");
  }

  private static Attribute member(String section, String name) {
    Type type = ((Type.ObjectType) TaskSettings.TYPE).attribute(section).orElseThrow().type();
    return ((Type.ObjectType) type).attribute(name).orElseThrow();
  }

  private static List<String> impacts(Type type, String path) {
    List<String> impacts = new ArrayList<>();
    if (type instanceof Type.ObjectType object) {
      for (Attribute member : object.attributes()) {
        member
            .impact()
            .ifPresent(impact -> impacts.add(path + member.name() + " " + impact.name()));
        impacts.addAll(impacts(member.type(), path + member.name() + "."));
      }
    }
    return impacts;
  }

  private static List<Attribute> leaves(Type type) {
    List<Attribute> leaves = new ArrayList<>();
    if (type instanceof Type.ObjectType object) {
      for (Attribute member : object.attributes()) {
        List<Attribute> below = leaves(member.type());
        leaves.addAll(below.isEmpty() ? List.of(member) : below);
      }
    } else if (type instanceof Type.ListType list) {
      leaves.addAll(leaves(list.element()));
    }
    return leaves;
  }

  /** The paths of values that do not fit their types; null stands for nothing anywhere. */
  private static List<String> misfits(Type type, Value value, String path) {
    List<String> misfits = new ArrayList<>();
    if (type instanceof Type.ObjectType object && value instanceof Fields fields) {
      fields
          .fields()
          .forEach(
              (name, item) ->
                  misfits.addAll(
                      object
                          .attribute(name)
                          .map(member -> misfits(member.type(), item, path + "." + name))
                          .orElse(List.of(path + "." + name))));
    } else if (type instanceof Type.ListType list && value instanceof Value.Items items) {
      items.items().forEach(item -> misfits.addAll(misfits(list.element(), item, path + "[]")));
    } else if (!fits(type, value)) {
      misfits.add(path);
    }
    return misfits;
  }

  private static boolean fits(Type type, Value value) {
    if (value instanceof Value.Null || type instanceof Type.AnyType) {
      return true;
    }
    if (type instanceof Type.IntType range && value instanceof Value.Num num) {
      long number = num.number().longValueExact();
      return range.min() <= number && number <= range.max();
    }
    if (value instanceof Value.Text text) {
      return type instanceof Type.EnumType words
          ? words.words().contains(text.text())
          : type instanceof Type.TextType;
    }
    return type instanceof Type.BoolType && value instanceof Value.Bool;
  }
}

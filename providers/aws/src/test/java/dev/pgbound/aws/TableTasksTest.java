package dev.pgbound.aws;

import static dev.pgbound.aws.TaskDocuments.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.TableTask;
import dev.pgbound.tables.TableTask.Mode;
import dev.pgbound.tables.TableTask.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableTasksTest {

  private static final Declared ENDPOINT =
      new Declared(
          Address.parse("dms-endpoint.source").get(),
          json(
              """
              {"extraConnectionAttributes": "escapecharacter=#;exposeViews=True",
               "oracleSettings": {"numberDatatypeScale": -1}}
              """));

  @Test
  void assumesWhatDmsDoesWhenNothingIsSet() {
    TableTask task = TableTasks.of(json("{\"migrationType\": \"full-load\"}"), List.of(ENDPOINT));

    assertThat(task)
        .isEqualTo(
            new TableTask(Fields.NONE, Mode.FULL_LOAD, false, "", Lobs.DEFAULT, Source.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({"full-load, FULL_LOAD", "cdc, CDC", "full-load-and-cdc, FULL_LOAD_AND_CDC"})
  void knowsWhatIsReplicated(String migrationType, Mode mode) {
    assertThat(TableTasks.of(Fields.NONE.with("migrationType", migrationType), List.of()).mode())
        .isEqualTo(mode);
  }

  @ParameterizedTest
  @MethodSource("lobs")
  void knowsHowLobsAreMoved(String metadata, Lobs lobs) {
    Fields task = json("{\"replicationTaskSettings\": {\"TargetMetadata\": {" + metadata + "}}}");

    assertThat(TableTasks.of(task, List.of()).lobs()).isEqualTo(lobs);
  }

  static Stream<Arguments> lobs() {
    return Stream.of(
        arguments("\"LobMaxSize\": 64", new Lobs(Lobs.Mode.LIMITED, 64)),
        arguments(
            "\"FullLobMode\": true, \"InlineLobMaxSize\": 16", new Lobs(Lobs.Mode.UNLIMITED, 16)),
        arguments("\"SupportLobs\": false", new Lobs(Lobs.Mode.NONE, 0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${dms-endpoint.source}", "${dms-endpoint.source.arn}"})
  void asksTheSourceEndpointForNamesAndTypes(String reference) {
    Fields task = Fields.NONE.with("sourceEndpointArn", new Value.Unknown(reference));

    assertThat(TableTasks.of(task, List.of(ENDPOINT)).source())
        .isEqualTo(new Source(Optional.of('#'), true, -1));
  }

  @Test
  void readsWhatTheTaskSaysAboutTheTarget() {
    TableTask task =
        TableTasks.of(
            json(
                """
                {"replicationTaskSettings":
                  {"TargetMetadata": {"TargetSchema": "hr", "BatchApplyEnabled": true}},
                 "tableMappings": {"rules": []}}
                """),
            List.of());

    assertThat(task.targetSchema()).isEqualTo("hr");
    assertThat(task.batches()).isTrue();
    assertThat(task.mapping().has("rules")).isTrue();
  }
}

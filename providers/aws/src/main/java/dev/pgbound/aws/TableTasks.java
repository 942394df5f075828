package dev.pgbound.aws;

import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.TableRules;
import dev.pgbound.tables.TableTask;
import dev.pgbound.tables.TableTask.Mode;
import dev.pgbound.tables.TableTask.Source;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Reads from the attributes of a task, and of its source endpoint, what they say about tables. */
final class TableTasks {

  private static final String METADATA = "TargetMetadata";

  private TableTasks() {}

  /**
   * @param all every resource of the file, among them the source endpoint, where the file has it
   */
  static TableTask of(Fields task, Collection<Declared> all) {
    DeclaredSettings settings = new DeclaredSettings(task);
    return new TableTask(
        task.fields(TableRules.ATTRIBUTE),
        settings.loads()
            ? settings.replicatesChanges() ? Mode.FULL_LOAD_AND_CDC : Mode.FULL_LOAD
            : Mode.CDC,
        settings.flag(METADATA, "BatchApplyEnabled", false),
        settings.word(METADATA, "TargetSchema", ""),
        lobs(settings),
        task.get("sourceEndpointArn")
            .flatMap(reference -> endpoint(reference, all))
            .map(TableTasks::source)
            .orElse(Source.DEFAULT));
  }

  private static Lobs lobs(DeclaredSettings settings) {
    if (!settings.flag(METADATA, "SupportLobs", true)) {
      return new Lobs(Lobs.Mode.NONE, 0);
    }
    return settings.flag(METADATA, "FullLobMode", false)
        ? new Lobs(Lobs.Mode.UNLIMITED, settings.number(METADATA, "InlineLobMaxSize", 0))
        : new Lobs(Lobs.Mode.LIMITED, settings.number(METADATA, "LobMaxSize", Lobs.DEFAULT.size()));
  }

  /** A reference may be written with and without the name of the output. */
  private static Optional<Fields> endpoint(Value reference, Collection<Declared> all) {
    if (!(reference instanceof Value.Unknown unknown)) {
      return Optional.empty();
    }
    String to = unknown.expression().replace(".arn}", "}");
    return all.stream()
        .filter(other -> to.equals("${" + other.address() + "}"))
        .map(Declared::attributes)
        .findFirst();
  }

  private static Source source(Fields endpoint) {
    Map<String, String> extra =
        ConnectionAttributes.parse(endpoint.text("extraConnectionAttributes").orElse("")).values();
    return new Source(
        Optional.ofNullable(extra.get(ConnectionAttributes.key("escapeCharacter")))
            .filter(text -> text.length() == 1)
            .map(text -> text.charAt(0)),
        "true".equalsIgnoreCase(extra.get(ConnectionAttributes.key("exposeViews"))),
        endpoint
            .fields("oracleSettings")
            .number("numberDatatypeScale")
            .map(Number::intValue)
            .orElse(Source.DEFAULT.numberScale()));
  }
}

package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.copy.CopyOrder;
import dev.pgbound.simulator.copy.CopySettings;
import dev.pgbound.simulator.copy.CopySettings.ErrorPolicies;
import dev.pgbound.simulator.copy.CopySettings.Policy;
import dev.pgbound.simulator.copy.CopySettings.PrepMode;
import dev.pgbound.simulator.service.dms.Reachability.ConnectionFailure;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.TableTask;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.MigrationTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from a task and its endpoints how its rows are to be moved. */
final class TaskOrders {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final DmsStore store;
  private final Logins logins;
  private final SimulatedHosts hosts;

  TaskOrders(DmsStore store, SimulatedHosts hosts) {
    this.store = store;
    this.logins = new Logins(store.world());
    this.hosts = hosts;
  }

  /** Whether the rows of a task come from Oracle and go to PostgreSQL. */
  boolean isMoved(ReplicationTask task) {
    EndpointEngine target = EndpointEngine.named(endpoint(task.targetEndpointArn()).engineName());
    return EndpointEngine.named(endpoint(task.sourceEndpointArn()).engineName())
            == EndpointEngine.ORACLE
        && (target == EndpointEngine.POSTGRES || target == EndpointEngine.AURORA_POSTGRESQL);
  }

  private Endpoint endpoint(String arn) {
    return store.endpoints().get(arn, "EndpointArn").model();
  }

  /**
   * The order for a run.
   *
   * @param run when it begins, and how, as {@link TaskRows} keeps it
   */
  CopyOrder order(Stored<ReplicationTask, ReplicationTask.Builder> task, String run) {
    ReplicationTask model = task.model();
    String[] words = run.split(" ", -1);
    return new CopyOrder(
        task.arn().substring(task.arn().lastIndexOf(':') + 1),
        run,
        Instant.parse(words[0]),
        CopyOrder.Start.valueOf(words[1]),
        Optional.ofNullable(model.cdcStartPosition()),
        CdcPositions.end(model.cdcStopPosition())
            .filter(end -> model.migrationType() != MigrationTypeValue.FULL_LOAD)
            .map(end -> new CopyOrder.End(end.at(), end.stopReason())),
        settings(model),
        () -> connect(model.targetEndpointArn()));
  }

  private Connection connect(String target) throws SQLException, IOException {
    Stored<Endpoint, Endpoint.Builder> endpoint = store.endpoints().get(target, "EndpointArn");
    try {
      return hosts.open(endpoint.model(), logins.of(endpoint));
    } catch (ConnectionFailure e) {
      throw new SQLException(e.text(), "28000", e);
    }
  }

  private CopySettings settings(ReplicationTask task) {
    JsonNode document = MAPPER.readTree(task.replicationTaskSettings());
    JsonNode load = document.path("FullLoadSettings");
    Endpoint source = endpoint(task.sourceEndpointArn());
    Endpoint target = endpoint(task.targetEndpointArn());
    String control = document.at("/ControlTablesSettings/ControlSchema").asString("");
    boolean failsOnCut =
        source.oracleSettings() != null
            && Boolean.TRUE.equals(source.oracleSettings().failTasksOnLobTruncation());
    return new CopySettings(
        tableTask(task, document, source),
        PrepMode.valueOf(load.path("TargetTablePrepMode").asString("DO_NOTHING")),
        load.path("CreatePkAfterFullLoad").asBoolean(false),
        load.path("MaxFullLoadSubTasks").asInt(8),
        load.path("CommitRate").asInt(10_000),
        load.path("StopTaskCachedChangesNotApplied").asBoolean(false),
        load.path("StopTaskCachedChangesApplied").asBoolean(false),
        document.at("/ErrorBehavior/FailOnNoTablesCaptured").asBoolean(true),
        failsOnCut,
        document.at("/ValidationSettings/EnableValidation").asBoolean(false),
        control.isEmpty() ? "public" : control,
        target.postgreSQLSettings() == null
                || target.postgreSQLSettings().afterConnectScript() == null
            ? ""
            : target.postgreSQLSettings().afterConnectScript(),
        policies(document.path("ErrorBehavior")));
  }

  private static ErrorPolicies policies(JsonNode errors) {
    return new ErrorPolicies(
        policy(errors, "DataErrorPolicy", Policy.LOG_ERROR),
        policy(errors, "DataTruncationErrorPolicy", Policy.LOG_ERROR),
        policy(errors, "TableErrorPolicy", Policy.SUSPEND_TABLE),
        policy(errors, "ApplyErrorInsertPolicy", Policy.LOG_ERROR),
        policy(errors, "ApplyErrorUpdatePolicy", Policy.LOG_ERROR),
        policy(errors, "ApplyErrorDeletePolicy", Policy.IGNORE_RECORD));
  }

  private static Policy policy(JsonNode errors, String name, Policy otherwise) {
    return Policy.valueOf(errors.path(name).asString(otherwise.name()));
  }

  private static TableTask tableTask(ReplicationTask task, JsonNode document, Endpoint source) {
    JsonNode metadata = document.path("TargetMetadata");
    return new TableTask(
        (Value.Fields) value(MAPPER.readTree(task.tableMappings())),
        switch (task.migrationType()) {
          case FULL_LOAD -> TableTask.Mode.FULL_LOAD;
          case CDC -> TableTask.Mode.CDC;
          default -> TableTask.Mode.FULL_LOAD_AND_CDC;
        },
        metadata.path("BatchApplyEnabled").asBoolean(false),
        metadata.path("TargetSchema").asString(""),
        lobs(metadata),
        source(source));
  }

  private static Lobs lobs(JsonNode metadata) {
    if (!metadata.path("SupportLobs").asBoolean(true)) {
      return new Lobs(Lobs.Mode.NONE, 0);
    }
    return metadata.path("FullLobMode").asBoolean(false)
        ? new Lobs(Lobs.Mode.UNLIMITED, metadata.path("InlineLobMaxSize").asLong(0))
        : new Lobs(Lobs.Mode.LIMITED, metadata.path("LobMaxSize").asLong(Lobs.DEFAULT.size()));
  }

  private static TableTask.Source source(Endpoint endpoint) {
    Map<String, String> extra = new LinkedHashMap<>();
    String attributes = endpoint.extraConnectionAttributes();
    for (String pair : (attributes == null ? "" : attributes).split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        extra.put(
            pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            pair.substring(equals + 1).strip());
      }
    }
    Integer scale =
        endpoint.oracleSettings() == null ? null : endpoint.oracleSettings().numberDatatypeScale();
    return new TableTask.Source(
        Optional.ofNullable(extra.get("escapecharacter"))
            .filter(text -> text.length() == 1)
            .map(text -> text.charAt(0)),
        "true".equalsIgnoreCase(extra.get("exposeviews")),
        scale == null ? TableTask.Source.DEFAULT.numberScale() : scale);
  }

  private static Value value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value> members = new LinkedHashMap<>();
      node.properties().forEach(entry -> members.put(entry.getKey(), value(entry.getValue())));
      return new Value.Fields(members);
    }
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      node.values().forEach(item -> items.add(value(item)));
      return new Value.Items(items);
    }
    return node.isNumber()
        ? new Value.Num(new BigDecimal(node.asString()))
        : node.isBoolean() ? Value.of(node.asBoolean()) : Value.of(node.asString(""));
  }
}

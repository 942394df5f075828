package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what is wrong with the settings of a PostgreSQL endpoint. */
final class PostgresEndpointCheck {

  /** In KB: a quarter of what DMS would choose. */
  private static final BigDecimal SMALL_FILE = BigDecimal.valueOf(8192);

  private static final Set<String> MAINTENANCE =
      Set.of("postgres", "rdsadmin", "template0", "template1");

  private static final List<String> SOURCE_ONLY =
      List.of(
          "heartbeatEnable",
          "heartbeatSchema",
          "heartbeatFrequency",
          "captureDdls",
          "ddlArtifactsSchema",
          "mapJsonbAsClob",
          "mapLongVarcharAs",
          "slotName",
          "pluginName",
          "disableUnicodeSourceFilter",
          "failTasksOnLobTruncation",
          "trimSpaceInChar");

  private static final List<String> TARGET_ONLY =
      List.of("afterConnectScript", "maxFileSize", "databaseMode", "babelfishDatabaseName");

  /** Settings that belong to the task or that only connection attributes can say. */
  private static final Map<String, String> ELSEWHERE = elsewhere();

  private final Value.Fields endpoint;
  private final DmsSettingsCheck settings;

  PostgresEndpointCheck(Value.Fields endpoint, DmsSettingsCheck settings) {
    this.endpoint = endpoint;
    this.settings = settings;
  }

  void run() {
    settings.reportElsewhere(ELSEWHERE);
    boolean encrypted =
        endpoint.has("sslMode") && !endpoint.text("sslMode").orElse("").equals("none");
    if (!encrypted) {
      DmsFinding.CLEAR_TEXT.at("sslMode", settings.problems());
    }
    database("databaseName", endpoint);
    database(settings.path("databaseName"), settings.settings());
    needs("authenticationMethod", "iam", "serviceAccessRoleArn");
    needs("databaseMode", "babelfish", "babelfishDatabaseName");
    if (endpoint.text("endpointType").orElse("target").equalsIgnoreCase("target")) {
      target();
    } else {
      settings.reportAll(DmsFinding.TARGET_ONLY, TARGET_ONLY);
    }
  }

  private static Map<String, String> elsewhere() {
    Map<String, String> places = new TreeMap<>();
    places.put("batchApplyEnabled", "replicationTaskSettings.TargetMetadata.BatchApplyEnabled");
    for (String name :
        List.of(
            "BatchApplyPreserveTransaction",
            "BatchApplyTimeoutMax",
            "BatchApplyTimeoutMin",
            "BatchApplyMemoryLimit",
            "BatchSplitSize")) {
      places.put(
          Members.attributeName(name), "replicationTaskSettings.ChangeProcessingTuning." + name);
    }
    places.put("connectionTimeout", "extraConnectionAttributes");
    places.put("loadUsingCSV", "extraConnectionAttributes");
    return places;
  }

  private void database(String path, Value.Fields values) {
    values
        .text("databaseName")
        .filter(MAINTENANCE::contains)
        .ifPresent(name -> DmsFinding.MAINTENANCE_DATABASE.at(path, settings.problems()));
  }

  private void needs(String setting, String word, String other) {
    if (settings.is(setting, word) && !settings.has(other)) {
      settings.report(
          DmsFinding.NEEDS_AS_WELL, setting, "It needs " + settings.path(other) + " as well.");
    }
  }

  private void target() {
    if (endpoint.text("engineName").orElse("").equalsIgnoreCase("postgres")) {
      DmsFinding.NOT_AURORA.at("engineName", settings.problems());
    }
    settings.reportAll(DmsFinding.SOURCE_ONLY, SOURCE_ONLY);
    settings
        .settings()
        .number("maxFileSize")
        .filter(size -> size.compareTo(SMALL_FILE) < 0)
        .ifPresent(size -> settings.report(DmsFinding.SMALL_FILES, "maxFileSize"));
    if (!settings.has("afterConnectScript")) {
      settings.report(DmsFinding.CONSTRAINTS_DURING_LOAD, "afterConnectScript");
    }
  }
}

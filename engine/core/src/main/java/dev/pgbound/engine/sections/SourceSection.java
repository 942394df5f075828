package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Value;
import java.util.Locale;
import java.util.Map;

/** {@code source}: the Oracle database. */
final class SourceSection {

  static final String NAME = "source";

  private SourceSection() {}

  static void expand(Sheet sheet) {
    sheet.section(NAME).ifPresent(section -> expand(sheet, section.section("oracle")));
  }

  private static void expand(Sheet sheet, Section oracle) {
    if (oracle.has("secret") == oracle.has("password")) {
      sheet.error(
          Code.SECTION_CHOICE,
          "Give either \"secret\", the name of a secret that holds username, password, host and"
              + " port, or those four here, with the password as ${env.NAME}.",
          oracle.pointer());
      return;
    }
    Draft secret = oracle.has("secret") ? named(sheet, oracle) : made(sheet, oracle);
    if (sheet.section(ReplicationSection.NAME).isEmpty()) {
      sheet.needs(NAME, ReplicationSection.NAME, oracle.pointer());
      return;
    }
    Value settings = oracle.fields().fields("settings");
    Draft endpoint =
        sheet
            .add("dms-endpoint", "source", oracle.pointer())
            .set("endpointType", "source")
            .set("engineName", "oracle")
            .take("databaseName", oracle, "service")
            .set("secretVersion", secret.ref("versionId"))
            .set(
                "oracleSettings",
                Merge.deep(
                    Json.fields(
                        "secretsManagerSecretId",
                        secret.ref(),
                        "secretsManagerAccessRoleArn",
                        "${iam-role.secrets.arn}",
                        // A value cut off silently is worse than a task that stops.
                        "failTasksOnLobTruncation",
                        true),
                    settings),
                oracle.has("settings") ? oracle.place("settings") : oracle.pointer());
    ReplicationSection.connectionTest(sheet, endpoint, oracle.pointer());
  }

  private static Draft named(Sheet sheet, Section oracle) {
    for (String key : new String[] {"host", "port", "username"}) {
      if (oracle.has(key)) {
        sheet.error(
            Code.SECTION_CHOICE,
            String.format(Locale.ROOT, "DMS takes \"%s\" from the secret; delete it here.", key),
            oracle.place(key));
      }
    }
    return sheet
        .add("secret", "source", oracle.place("secret"))
        .existing(Json.fields("name", oracle.value("secret").orElse(Value.of(""))))
        .place(Pointer.of("existing", "name"), oracle.place("secret"));
  }

  private static Draft made(Sheet sheet, Section oracle) {
    for (String key : new String[] {"host", "port", "username"}) {
      if (!oracle.has(key)) {
        sheet.error(
            Code.SECTION_CHOICE,
            String.format(Locale.ROOT, "Without \"secret\", \"%s\" must be given.", key),
            oracle.pointer());
      }
    }
    Value.Fields plain = oracle.fields().only(java.util.List.of("host", "port", "username"));
    return sheet
        .add("secret", "source", oracle.place("password"))
        .set("values", plain, oracle.pointer())
        .set(
            "secretValues",
            new Value.Fields(Map.of("password", oracle.value("password").orElse(Value.of("")))),
            oracle.pointer());
  }
}

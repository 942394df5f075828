package dev.pgbound.aws;

import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the shapes of the API do not tell about the settings of Oracle and PostgreSQL endpoints. */
final class DmsEndpointSettings {

  static final String ORACLE = "oracleSettings";
  static final String POSTGRESQL = "postgreSQLSettings";

  private static final Type PORT = Type.integer(1, 65535);
  private static final Type NATURAL = Type.integer(0, Integer.MAX_VALUE);
  private static final Map<String, String> ORACLE_DOCS = oracleDocs();
  private static final Map<String, String> POSTGRESQL_DOCS = postgreSqlDocs();

  private DmsEndpointSettings() {}

  /** The members of a settings object. */
  static Set<String> names(String settings) {
    return (settings.equals(ORACLE) ? ORACLE_DOCS : POSTGRESQL_DOCS).keySet();
  }

  /** Adds docs, ranges and the marks of secrets. */
  static AwsSchema describe(AwsSchema schema) {
    ORACLE_DOCS.forEach((name, doc) -> schema.describe(ORACLE + "." + name, doc));
    POSTGRESQL_DOCS.forEach((name, doc) -> schema.describe(POSTGRESQL + "." + name, doc));
    oracleFacts(schema);
    return clearable(postgreSqlFacts(schema));
  }

  /** What can be left out can be taken off; where the database is must be somewhere. */
  private static AwsSchema clearable(AwsSchema schema) {
    for (String settings : List.of(ORACLE, POSTGRESQL)) {
      for (String name : names(settings)) {
        schema.change(
            settings + "." + name,
            member ->
                member.is(Flag.SENSITIVE) || DmsEndpointAnswer.CONNECTION.contains(name)
                    ? member
                    : member.with(Flag.CLEARABLE));
      }
    }
    return schema;
  }

  private static void oracleFacts(AwsSchema schema) {
    secret(schema, ORACLE, "password", "asmPassword", "securityDbEncryption");
    type(schema, ORACLE, PORT, "port");
    type(schema, ORACLE, Type.integer(-2, 38), "numberDatatypeScale");
    type(schema, ORACLE, Type.integer(2, 8), "parallelAsmReadThreads");
    type(schema, ORACLE, Type.integer(1000, 2_000_000), "readAheadBlocks");
    type(schema, ORACLE, Type.integer(0, 240), "openTransactionWindow");
    type(schema, ORACLE, NATURAL, "retryInterval", "standbyDelayTime");
    type(schema, ORACLE, NATURAL, "archivedLogDestId", "additionalArchivedLogDestId");
    schema
        .set(ORACLE + ".extraArchivedLogDestIds")
        .normalized(Normalizers::secretName, ORACLE + ".secretsManagerSecretId")
        .normalized(Normalizers::secretName, ORACLE + ".secretsManagerOracleAsmSecretId");
  }

  private static AwsSchema postgreSqlFacts(AwsSchema schema) {
    secret(schema, POSTGRESQL, "password");
    type(schema, POSTGRESQL, PORT, "port");
    type(schema, POSTGRESQL, Type.integer(1, 1_048_576), "maxFileSize");
    type(schema, POSTGRESQL, NATURAL, "executeTimeout");
    type(schema, POSTGRESQL, Type.integer(5, Integer.MAX_VALUE), "heartbeatFrequency");
    return schema
        .normalized(Normalizers::secretName, POSTGRESQL + ".secretsManagerSecretId")
        .normalized(Normalizers::lines, POSTGRESQL + ".afterConnectScript");
  }

  private static void secret(AwsSchema schema, String settings, String... names) {
    for (String name : names) {
      schema.sensitive(settings + "." + name).writeOnly(settings + "." + name);
    }
  }

  private static void type(AwsSchema schema, String settings, Type type, String... names) {
    for (String name : names) {
      schema.type(type, settings + "." + name);
    }
  }

  private static Map<String, String> oracleDocs() {
    Map<String, String> docs = new LinkedHashMap<>(connectionDocs("SID or service name."));
    docs.put("authenticationMethod", "How DMS signs in: `password` or `kerberos`.");
    binaryReaderDocs(docs);
    docs.put("addSupplementalLogging", "DMS adds primary key logging; it needs ALTER on tables.");
    docs.put("archivedLogDestId", "Destination of the archived redo log that is read.");
    docs.put("additionalArchivedLogDestId", "Destination after a switch-over to the standby.");
    docs.put("extraArchivedLogDestIds", "More destinations of the archived redo log.");
    docs.put("archivedLogsOnly", "Read only redo logs that are archived already.");
    docs.put("standbyDelayTime", "Minutes by which a standby that is read lags behind.");
    docs.put("openTransactionWindow", "Minutes to look back for open transactions: 0 to 240.");
    docs.put("retryInterval", "Seconds before a failed query is repeated; 5 if not said.");
    docs.put("numberDatatypeScale", "Scale of NUMBER without one: 10, -1 for float, -2 for text.");
    docs.put("charLengthSemantics", "Whether lengths count bytes or characters.");
    docs.put("allowSelectNestedTables", "Replicate tables with nested tables or own types.");
    docs.put("failTasksOnLobTruncation", "Stop the task where a LOB would be cut off.");
    docs.put("trimSpaceInChar", "Trim what pads CHAR and NCHAR; true if not said.");
    docs.put("convertTimestampWithZoneToUTC", "Turn TIMESTAMP WITH TIME ZONE into UTC.");
    docs.put("spatialDataOptionToGeoJsonFunctionName", "Function from SDO_GEOMETRY to GeoJSON.");
    docs.put("readTableSpaceName", "Replicate tablespaces; not for PostgreSQL.");
    docs.put("enableHomogenousTablespace", "Create tablespaces; from Oracle to Oracle only.");
    docs.put("useDirectPathFullLoad", "Load by direct path; where Oracle is the target.");
    docs.put("directPathNoLog", "Load without redo log; where Oracle is the target.");
    docs.put("directPathParallelLoad", "Load in parallel; where Oracle is the target.");
    return docs;
  }

  /** LogMiner, which is the default, needs none of this. */
  private static void binaryReaderDocs(Map<String, String> docs) {
    docs.put("asmServer", "Address of ASM, where the redo log lies: `host:1521/+ASM`.");
    docs.put("asmUser", "User name in ASM.");
    docs.put("asmPassword", "Password in ASM.");
    docs.put("secretsManagerOracleAsmSecretId", "Secret with asm_user, asm_password, asm_server.");
    docs.put("secretsManagerOracleAsmAccessRoleArn", "Role with which DMS reads that secret.");
    docs.put("securityDbEncryption", "Password of the TDE wallet, for the Binary Reader.");
    docs.put("securityDbEncryptionName", "Name of the TDE key in the wallet.");
    docs.put("useLogminerReader", "Read changes by LogMiner (the default), else Binary Reader.");
    docs.put("useBFile", "Read the redo log through directories; goes with the Binary Reader.");
    docs.put("readAheadBlocks", "Blocks read in advance from ASM: 1000 to 2000000.");
    docs.put("parallelAsmReadThreads", "Threads that read from ASM: 2 to 8.");
    docs.put("accessAlternateDirectly", "False for the Binary Reader on RDS for Oracle.");
    docs.put("useAlternateFolderForOnline", "Replace the path of the online redo log, too.");
    docs.put("oraclePathPrefix", "Path of the redo log that is replaced, as in RDS for Oracle.");
    docs.put("usePathPrefix", "Path that takes its place.");
    docs.put("replacePathPrefix", "Whether oraclePathPrefix is replaced by usePathPrefix.");
  }

  private static Map<String, String> postgreSqlDocs() {
    Map<String, String> docs = new LinkedHashMap<>(connectionDocs("The database."));
    docs.put("authenticationMethod", "How DMS signs in: `password` or `iam`.");
    docs.put("serviceAccessRoleArn", "Role with which DMS signs in by IAM.");
    docs.put("afterConnectScript", "SQL that DMS runs in every session it opens on the target.");
    docs.put("maxFileSize", "Size in KB of the pieces of a full load; 32768 if not said.");
    docs.put("executeTimeout", "Seconds a statement may take; 60 if not said.");
    docs.put("databaseMode", "Whether the target is Babelfish.");
    docs.put("babelfishDatabaseName", "The Babelfish database.");
    docs.put("mapBooleanAsBoolean", "Keep booleans; must be alike on source and target.");
    docs.put("failTasksOnLobTruncation", "Stop the task where a LOB would be cut off; source.");
    docs.put("trimSpaceInChar", "Trim what pads CHAR; source.");
    docs.put("mapJsonbAsClob", "Replicate JSONB as CLOB; source.");
    docs.put("mapLongVarcharAs", "What long VARCHAR becomes; source.");
    docs.put("captureDdls", "Capture DDL by a trigger; true if not said; source.");
    docs.put("ddlArtifactsSchema", "Schema of what captures DDL; public if not said; source.");
    docs.put("slotName", "Replication slot that exists already; source.");
    docs.put("pluginName", "Plugin that decodes the log; source.");
    docs.put("heartbeatEnable", "Write regularly, so that the slot moves on; source.");
    docs.put("heartbeatSchema", "Schema of the heartbeat's table; source.");
    docs.put("heartbeatFrequency", "Minutes between two heartbeats, at least 5; source.");
    docs.put(
        "disableUnicodeSourceFilter", "Filter rows without Unicode, so that indexes help; source.");
    return docs;
  }

  private static Map<String, String> connectionDocs(String database) {
    Map<String, String> docs = new LinkedHashMap<>();
    docs.put("serverName", "Host of the database; not beside a secret.");
    docs.put("port", "Port of the database; not beside a secret.");
    docs.put("databaseName", database);
    docs.put("username", "User name; not beside a secret.");
    docs.put("password", "Password; not beside a secret.");
    docs.put("secretsManagerSecretId", "Secret with username, password, host and port.");
    docs.put("secretsManagerAccessRoleArn", "Role with which DMS reads the secret.");
    return docs;
  }
}

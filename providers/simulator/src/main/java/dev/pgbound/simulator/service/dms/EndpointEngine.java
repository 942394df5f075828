package dev.pgbound.simulator.service.dms;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;

/** The kinds of databases that DMS reads from and writes to. */
enum EndpointEngine {
  AURORA("Amazon Aurora MySQL", "MySQLSettings", Traits.DATABASE),
  AURORA_POSTGRESQL("Amazon Aurora PostgreSQL", "PostgreSQLSettings", Traits.DATABASE),
  AZUREDB("Azure SQL Database", "MicrosoftSQLServerSettings", Traits.SOURCE_DATABASE),
  BABELFISH("Babelfish", "MicrosoftSQLServerSettings", Traits.TARGET_DATABASE),
  DB2("IBM Db2 LUW", "IBMDb2Settings", Traits.SOURCE_DATABASE),
  DB2_ZOS("IBM Db2 for z/OS", "IBMDb2Settings", Traits.SOURCE_DATABASE),
  DOCDB("Amazon DocumentDB", "DocDbSettings", Traits.BOTH),
  DYNAMODB("Amazon DynamoDB", "DynamoDbSettings", Traits.TARGET),
  ELASTICSEARCH("Amazon OpenSearch Service", "ElasticsearchSettings", Traits.TARGET),
  KAFKA("Kafka", "KafkaSettings", Traits.TARGET),
  KINESIS("Amazon Kinesis", "KinesisSettings", Traits.TARGET),
  MARIADB("MariaDB", "MySQLSettings", Traits.DATABASE),
  MONGODB("MongoDB", "MongoDbSettings", Traits.SOURCE),
  MYSQL("MySQL", "MySQLSettings", Traits.DATABASE),
  NEPTUNE("Amazon Neptune", "NeptuneSettings", Traits.TARGET),
  OPENSEARCH("Amazon OpenSearch Service", "ElasticsearchSettings", Traits.TARGET),
  ORACLE("Oracle", "OracleSettings", Traits.DATABASE),
  POSTGRES("PostgreSQL", "PostgreSQLSettings", Traits.DATABASE),
  REDIS("Redis", "RedisSettings", Traits.TARGET),
  REDSHIFT("Amazon Redshift", "RedshiftSettings", Traits.TARGET_DATABASE),
  S3("Amazon S3", "S3Settings", Traits.BOTH),
  SQLSERVER("Microsoft SQL Server", "MicrosoftSQLServerSettings", Traits.DATABASE),
  SYBASE("SAP Sybase ASE", "SybaseSettings", Traits.DATABASE),
  TIMESTREAM("Amazon Timestream", "TimestreamSettings", Traits.TARGET);

  private final String displayName;
  private final String settings;
  private final Traits traits;

  EndpointEngine(String displayName, String settings, Traits traits) {
    this.displayName = displayName;
    this.settings = settings;
    this.traits = traits;
  }

  /** On which ends of a task an engine can be, and whether DMS logs in to a server of it. */
  private enum Traits {
    DATABASE,
    SOURCE_DATABASE,
    TARGET_DATABASE,
    BOTH,
    SOURCE,
    TARGET;

    Set<ReplicationEndpointTypeValue> ends() {
      return switch (this) {
        case DATABASE, BOTH ->
            EnumSet.of(ReplicationEndpointTypeValue.SOURCE, ReplicationEndpointTypeValue.TARGET);
        case SOURCE_DATABASE, SOURCE -> EnumSet.of(ReplicationEndpointTypeValue.SOURCE);
        case TARGET_DATABASE, TARGET -> EnumSet.of(ReplicationEndpointTypeValue.TARGET);
      };
    }

    boolean isDatabase() {
      return switch (this) {
        case DATABASE, SOURCE_DATABASE, TARGET_DATABASE -> true;
        case BOTH, SOURCE, TARGET -> false;
      };
    }
  }

  /** The engine of this name. */
  static EndpointEngine named(String name) {
    return Arrays.stream(values())
        .filter(engine -> engine.engineName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.invalidValue("Invalid EngineName: " + name));
  }

  /** The name in requests, such as {@code aurora-postgresql}. */
  String engineName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String displayName() {
    return displayName;
  }

  /** The member of an endpoint that has the engine's settings, such as {@code OracleSettings}. */
  String settings() {
    return settings;
  }

  /** The settings that the engine's endpoints can have. */
  SdkPojo settingsBuilder() {
    return Endpoint.builder().build().sdkFields().stream()
        .filter(field -> field.memberName().equals(settings))
        .map(SdkField::constructor)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Endpoints have no " + settings))
        .get();
  }

  Set<ReplicationEndpointTypeValue> ends() {
    return traits.ends();
  }

  /** Whether endpoints have a server, a port and a user's credentials. */
  boolean isDatabase() {
    return traits.isDatabase();
  }
}

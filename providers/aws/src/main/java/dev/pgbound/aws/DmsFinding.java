package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;

/**
 * What the checks of endpoints, instances, certificates and event subscriptions find: code, summary
 * and what to do about it. An error is what cannot work, a warning what works and hurts.
 */
enum DmsFinding {
  // Every endpoint
  EMPTY_TEXT(
      "DMS-301",
      Kind.ERROR,
      "Empty value",
      "DMS takes an empty text as a value, not as \"not set\". Delete the line."),
  OTHER_ENGINE(
      "DMS-302", Kind.ERROR, "Settings of another engine", "Delete them, or correct engineName."),
  SECRET_AND_CONNECTION(
      "DMS-303",
      Kind.ERROR,
      "Connection given beside a secret",
      "DMS takes it from the secret and refuses it beside it. Delete the line, or the secret."),
  SECRET_WITHOUT_ROLE(
      "DMS-304",
      Kind.ERROR,
      "Secret without a role",
      "Declare an iam-role that trusts DMS and may read the secret."),
  ROLE_WITHOUT_SECRET(
      "DMS-305",
      Kind.ERROR,
      "Role without a secret",
      "The role is good for reading a secret only. Name the secret, or delete the line."),
  SECRET_OF_RDS(
      "DMS-306",
      Kind.ERROR,
      "Secret without host and port",
      "The secret that RDS manages for the master user holds a user name and a password only. DMS"
          + " needs host and port in it, too: give DMS a user and a secret of its own."),
  INCOMPLETE_CONNECTION(
      "DMS-307",
      Kind.ERROR,
      "Incomplete connection",
      "Better than to add it: keep user, password, host and port in a secret, and name that in"
          + " secretsManagerSecretId."),
  SAID_TWICE(
      "DMS-308",
      Kind.ERROR,
      "Value given twice",
      "The endpoint itself says it, too, and DMS does not say which of the two counts. Keep one."),
  RESERVED_ADDRESS(
      "DMS-309",
      Kind.ERROR,
      "Address that DMS cannot reach",
      "DMS uses 192.168.0.0/24 for itself. Give the database an address outside of it."),
  CERTIFICATE_MISSING(
      "DMS-310",
      Kind.ERROR,
      "Certificate missing",
      "This mode compares the server's certificate with one that DMS knows. Declare a"
          + " dms-certificate and name it in certificateArn."),
  SSL_MODE_OF_ORACLE(
      "DMS-311",
      Kind.ERROR,
      "SSL mode that Oracle does not have",
      "For Oracle DMS knows none and verify-ca only, the latter with a wallet as dms-certificate."),
  CLEAR_TEXT(
      "DMS-312",
      Kind.WARNING,
      "Connection without encryption",
      "Password and data cross the network in clear text, and a server with rds.force_ssl refuses"
          + " the connection. Set sslMode to require."),
  KEY_ALIAS(
      "DMS-313",
      Kind.ERROR,
      "Alias in place of a key",
      "AWS answers with the key behind an alias, so that every plan would replace the object. Give"
          + " the key's id or ARN."),
  MALFORMED_ATTRIBUTES(
      "DMS-314",
      Kind.ERROR,
      "Malformed connection attributes",
      "Write key=value;key=value, without spaces."),
  SECRET_IN_ATTRIBUTES(
      "DMS-315",
      Kind.ERROR,
      "Secret in clear text",
      "Connection attributes are shown to everybody who may describe the endpoint. Use the setting"
          + " of that name, with the value as ${env.NAME}, or a secret."),
  SETTING_TWICE(
      "DMS-316",
      Kind.ERROR,
      "Setting given twice",
      "DMS does not say which of the two counts. Delete it from the connection attributes."),
  SETTING_IN_ATTRIBUTES(
      "DMS-317",
      Kind.WARNING,
      "Setting that could be checked",
      "Nobody checks connection attributes. Use the setting of that name."),
  ELSEWHERE(
      "DMS-318",
      Kind.ERROR,
      "Setting in the wrong place",
      "The endpoint's settings have no such member, and DMS would refuse the call. Move it."),

  // Oracle endpoints
  TDE_PASSWORD(
      "DMS-321",
      Kind.ERROR,
      "Password that is none",
      "securityDbEncryption is the password of the TDE wallet, and DMS would use the text as it"
          + " stands. Delete the line if the database uses no TDE, else give ${env.NAME}."),
  NUMBERS_LOSE_FRACTIONS(
      "DMS-322",
      Kind.WARNING,
      "Numbers lose their fractions",
      "With scale 0 every NUMBER without a scale of its own becomes a whole number; what is behind"
          + " the point is lost silently. Measure the data and choose 10 (the default), -1"
          + " (floating point) or -2 (text)."),
  BINARY_READER_CONTRADICTED(
      "DMS-323",
      Kind.ERROR,
      "Two ways to read the redo log",
      "useBFile asks for the Binary Reader, but LogMiner is on unless useLogminerReader is false."
          + " Set that, or delete useBFile."),
  BINARY_READER_INCOMPLETE(
      "DMS-324",
      Kind.WARNING,
      "Binary Reader without useBFile",
      "Without LogMiner the redo log is read as a file, through directory objects. Set useBFile:"
          + " true as well."),
  NO_EFFECT_WITH_LOGMINER(
      "DMS-325",
      Kind.WARNING,
      "Setting without effect",
      "Only the Binary Reader uses it; the endpoint uses LogMiner. Delete the line, or set"
          + " useLogminerReader: false and useBFile: true."),
  NO_EFFECT_WITHOUT_ASM(
      "DMS-326",
      Kind.WARNING,
      "Setting without effect",
      "It counts only where the redo log lies in ASM. Give asmServer and asmUser or a secret for"
          + " ASM, or delete the line."),
  ORACLE_TARGET_ONLY(
      "DMS-327",
      Kind.WARNING,
      "Setting without effect",
      "It counts only where DMS writes into Oracle. Delete the line."),
  LOBS_CUT_SILENTLY(
      "DMS-328",
      Kind.WARNING,
      "LOBs are cut off silently",
      "Of a value longer than LobMaxSize of the task the rest is lost, with a line in the log at"
          + " most. Set failTasksOnLobTruncation: true, so that the task stops instead."),

  // PostgreSQL endpoints
  NOT_AURORA(
      "DMS-331",
      Kind.WARNING,
      "Engine other than Aurora",
      "DMS treats Aurora as an engine of its own: use aurora-postgresql. Keep postgres if the"
          + " target really is no Aurora cluster."),
  MAINTENANCE_DATABASE(
      "DMS-332",
      Kind.WARNING,
      "Maintenance database",
      "It is there for the administration of the server. Give the migrated data a database of its"
          + " own."),
  SOURCE_ONLY(
      "DMS-333",
      Kind.WARNING,
      "Setting without effect",
      "It counts only where DMS reads from PostgreSQL; this endpoint is a target. Delete the"
          + " line."),
  TARGET_ONLY(
      "DMS-334",
      Kind.WARNING,
      "Setting without effect",
      "It counts only where DMS writes into PostgreSQL; this endpoint is a source. Delete the"
          + " line."),
  SMALL_FILES(
      "DMS-335",
      Kind.WARNING,
      "Load in tiny pieces",
      "maxFileSize is in KB, and the smaller it is the more COPY commands a full load becomes."
          + " Delete the line (32768 is the default), or choose more."),
  CONSTRAINTS_DURING_LOAD(
      "DMS-336",
      Kind.WARNING,
      "Foreign keys and triggers fire during the load",
      "Tables are loaded side by side, so that rows arrive before the rows they refer to. Set"
          + " afterConnectScript to SET session_replication_role='replica'."),
  NEEDS_AS_WELL("DMS-337", Kind.ERROR, "Half a setting", "Add the other half, or delete the line."),

  // Instances, certificates, event subscriptions
  ZONE_OF_MULTI_AZ(
      "DMS-341",
      Kind.ERROR,
      "Zone of an instance with a standby",
      "DMS chooses both zones of a Multi-AZ instance itself. Delete availabilityZone, or set"
          + " multiAZ: false."),
  PUBLIC_INSTANCE(
      "DMS-342",
      Kind.WARNING,
      "Public replication instance",
      "The instance gets an address on the internet. It needs none to reach the databases through a"
          + " VPN, a peering or a NAT gateway."),
  LITTLE_MEMORY(
      "DMS-343",
      Kind.WARNING,
      "Little memory for change capture",
      "Transactions are sorted in memory, and classes of the families t and c have 2 to 4 GiB for"
          + " each two processors. For ongoing replication take a class of family r, such as"
          + " dms.r6i.large."),
  CERTIFICATE_CONTENT(
      "DMS-351",
      Kind.ERROR,
      "Not exactly one content",
      "A certificate is either PEM text (certificatePem, for PostgreSQL) or a wallet"
          + " (certificateWallet, for Oracle). Give one of them."),
  NO_CERTIFICATE(
      "DMS-352",
      Kind.ERROR,
      "Not a certificate",
      "certificatePem holds certificates in PEM form: -----BEGIN CERTIFICATE-----, lines of base64,"
          + " -----END CERTIFICATE-----."),
  PRIVATE_KEY(
      "DMS-353",
      Kind.ERROR,
      "Private key in the file",
      "DMS needs the certificate of the authority, never a private key. Remove it from the file and"
          + " from the history of the repository, and consider it as known to others."),
  NO_WALLET(
      "DMS-354",
      Kind.ERROR,
      "Not a wallet",
      "certificateWallet is the content of cwallet.sso in base64: base64 -w0 cwallet.sso."),
  UNKNOWN_CATEGORY(
      "DMS-361",
      Kind.ERROR,
      "Unknown event category",
      "Choose one of the categories that the source has."),

  // Serverless replications
  CAPACITY_UNITS(
      "DMS-371",
      Kind.ERROR,
      "Capacity that does not exist",
      "Choose 1, 2, 4, 8, 16, 32, 64, 128, 192, 256 or 384."),
  CAPACITY_ORDER(
      "DMS-372",
      Kind.ERROR,
      "Least capacity above the most",
      "Lower minCapacityUnits, or raise maxCapacityUnits.");

  /** Whether it stops the run. */
  private enum Kind {
    ERROR,
    WARNING
  }

  private final String code;
  private final Kind kind;
  private final String summary;
  private final String advice;

  DmsFinding(String code, Kind kind, String summary, String advice) {
    this.code = code;
    this.kind = kind;
    this.summary = summary;
    this.advice = advice;
  }

  /** Stable: users look it up and silence it by this. */
  String code() {
    return code;
  }

  String summary() {
    return summary;
  }

  /** Why it is wrong and what to do about it. */
  String advice() {
    return advice;
  }

  boolean isError() {
    return kind == Kind.ERROR;
  }

  /** A KMS key given by its alias, under the name that it has in all of DMS. */
  static void checkKey(Value.Fields declared, Problems problems) {
    declared
        .text("kmsKeyId")
        .filter(key -> key.startsWith("alias/") || key.contains(":alias/"))
        .ifPresent(key -> KEY_ALIAS.at("kmsKeyId", problems));
  }

  /**
   * Reports it.
   *
   * @param path where in the resource
   */
  void at(String path, Problems problems) {
    report(path, problems, advice);
  }

  /**
   * Reports it.
   *
   * @param what what is wrong in this case, in full sentences
   */
  void at(String path, Problems problems, String what) {
    report(path, problems, what + " " + advice);
  }

  private void report(String path, Problems problems, String detail) {
    if (isError()) {
      problems.error(path, code, summary, detail);
    } else {
      problems.warning(path, code, summary, detail);
    }
  }
}

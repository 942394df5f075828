package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds what is wrong with the settings of an Oracle endpoint. */
final class OracleEndpointCheck {

  private static final String ASM_SECRET = "secretsManagerOracleAsmSecretId";
  private static final List<String> ASM_ONLY = List.of("readAheadBlocks", "parallelAsmReadThreads");

  /** What the Binary Reader on RDS for Oracle needs, and nobody else. */
  private static final List<String> BINARY_READER_ONLY =
      List.of(
          "accessAlternateDirectly",
          "useAlternateFolderForOnline",
          "oraclePathPrefix",
          "usePathPrefix",
          "replacePathPrefix");

  private static final List<String> TARGET_ONLY =
      List.of(
          "enableHomogenousTablespace",
          "readTableSpaceName",
          "useDirectPathFullLoad",
          "directPathNoLog",
          "directPathParallelLoad");

  /** Settings that DMS documents and its API spells otherwise or does not have. */
  private static final Map<String, String> ELSEWHERE = elsewhere();

  private final Value.Fields endpoint;
  private final DmsSettingsCheck settings;

  OracleEndpointCheck(Value.Fields endpoint, DmsSettingsCheck settings) {
    this.endpoint = endpoint;
    this.settings = settings;
  }

  void run() {
    settings.reportElsewhere(ELSEWHERE);
    asm();
    if (settings.is("securityDbEncryption", "none")) {
      settings.report(DmsFinding.TDE_PASSWORD, "securityDbEncryption");
    }
    if (endpoint.text("endpointType").orElse("source").equalsIgnoreCase("source")) {
      capture();
      conversion();
      settings.reportAll(DmsFinding.ORACLE_TARGET_ONLY, TARGET_ONLY);
    }
  }

  private static Map<String, String> elsewhere() {
    Map<String, String> places = new TreeMap<>();
    places.put(
        "spatialSdo2GeoJsonFunctionName", "oracleSettings.spatialDataOptionToGeoJsonFunctionName");
    for (String name :
        List.of(
            "exposeViews",
            "escapeCharacter",
            "filterTransactionsOfUser",
            "useZeroDestid",
            "asmUsePLSQLArray",
            "enableHomogenousPartitionOps",
            "bulkArraySize")) {
      places.put(name, "extraConnectionAttributes");
    }
    return places;
  }

  private void asm() {
    settings.secretAndRole(ASM_SECRET, "secretsManagerOracleAsmAccessRoleArn");
    if (settings.has(ASM_SECRET)) {
      settings.reportAll(
          DmsFinding.SECRET_AND_CONNECTION, List.of("asmServer", "asmUser", "asmPassword"));
    }
    settings.address(settings.path("asmServer"), settings.settings().text("asmServer"));
  }

  /** LogMiner is what reads the redo log unless it is switched off. */
  private void capture() {
    boolean binaryReader = settings.settings().flag("useLogminerReader").equals(Optional.of(false));
    if (settings.isOn("useBFile") && !binaryReader) {
      settings.report(DmsFinding.BINARY_READER_CONTRADICTED, "useBFile");
    } else if (binaryReader && !settings.isOn("useBFile")) {
      settings.report(DmsFinding.BINARY_READER_INCOMPLETE, "useLogminerReader");
    }
    if (!binaryReader) {
      settings.reportAll(DmsFinding.NO_EFFECT_WITH_LOGMINER, BINARY_READER_ONLY);
      settings.reportAll(DmsFinding.NO_EFFECT_WITH_LOGMINER, ASM_ONLY);
    } else if (!settings.has("asmServer") && !settings.has(ASM_SECRET)) {
      settings.reportAll(DmsFinding.NO_EFFECT_WITHOUT_ASM, ASM_ONLY);
    }
  }

  private void conversion() {
    String scale = "numberDatatypeScale";
    if (settings.settings().number(scale).filter(value -> value.signum() == 0).isPresent()) {
      settings.report(DmsFinding.NUMBERS_LOSE_FRACTIONS, scale);
    }
    if (!settings.isOn("failTasksOnLobTruncation")) {
      settings.report(DmsFinding.LOBS_CUT_SILENTLY, "failTasksOnLobTruncation");
    }
  }
}

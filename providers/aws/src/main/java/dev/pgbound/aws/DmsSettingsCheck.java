package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The declared settings of an endpoint, under check.
 *
 * @param name {@code oracleSettings} or {@code postgreSQLSettings}
 */
record DmsSettingsCheck(String name, Value.Fields settings, Problems problems) {

  boolean has(String setting) {
    return settings.has(setting);
  }

  boolean isOn(String setting) {
    return settings.flag(setting).orElse(false);
  }

  /** Whether the setting is this word, in any case. */
  boolean is(String setting, String word) {
    return settings.text(setting).filter(word::equalsIgnoreCase).isPresent();
  }

  /** The setting's path within the resource. */
  String path(String setting) {
    return name + "." + setting;
  }

  void report(DmsFinding finding, String setting) {
    finding.at(path(setting), problems);
  }

  void report(DmsFinding finding, String setting, String what) {
    finding.at(path(setting), problems, what);
  }

  /** Reports each of these settings that is declared. */
  void reportAll(DmsFinding finding, List<String> names) {
    names.stream().filter(this::has).forEach(setting -> report(finding, setting));
  }

  /** Reports declared settings that the API has elsewhere, by the place where they belong. */
  void reportElsewhere(Map<String, String> places) {
    places.forEach(
        (setting, place) -> {
          if (has(setting)) {
            report(DmsFinding.ELSEWHERE, setting, setting + " belongs to " + place + ".");
          }
        });
  }

  /** Reports a secret without a role to read it with, and a role without a secret. */
  void secretAndRole(String secret, String role) {
    if (has(secret) && !has(role)) {
      report(DmsFinding.SECRET_WITHOUT_ROLE, secret, "DMS reads it with " + path(role) + ".");
    }
    if (has(role) && !has(secret)) {
      report(DmsFinding.ROLE_WITHOUT_SECRET, role, "There is no " + path(secret) + ".");
    }
  }

  /** Reports a host in the range that DMS itself uses. */
  void address(String path, Optional<String> address) {
    address
        .filter(host -> host.matches("192\\.168\\.0\\.\\d{1,3}([:/].*)?"))
        .ifPresent(host -> DmsFinding.RESERVED_ADDRESS.at(path, problems));
  }
}

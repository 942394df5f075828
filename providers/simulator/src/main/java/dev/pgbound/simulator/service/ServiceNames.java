package dev.pgbound.simulator.service;

import java.util.Map;

/** What people and policies call the services whose signing names are others. */
public final class ServiceNames {

  private static final Map<String, String> SIGNING =
      Map.of("cloudwatch", "monitoring", "tag", "tagging");

  private ServiceNames() {}

  /** The signing name of a service that is called {@code name}, whichever name that is. */
  public static String signing(String name) {
    return SIGNING.getOrDefault(name, name);
  }

  /** The prefix of a service's actions in policies, which is also what people call it. */
  public static String prefix(String signing) {
    return SIGNING.entrySet().stream()
        .filter(each -> each.getValue().equals(signing))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(signing);
  }
}

package dev.pgbound.engine.sections;

import dev.pgbound.spi.Address;

/**
 * The names that objects get when the file gives none. The same file always gives the same ones.
 */
public final class Naming {

  private Naming() {}

  /**
   * {@code hr} for {@code main} of migration {@code hr}, {@code hr-source} for {@code source}:
   * short names for what there is one of, and never the migration's name twice.
   */
  public static String name(String migration, Address address) {
    String name = address.name();
    if (name.equals("main") || name.equals(migration)) {
      return migration;
    }
    return name.startsWith(migration + "-") ? name : migration + "-" + name;
  }
}

package dev.pgbound.postgres;

import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceType;
import java.util.List;
import java.util.Set;

/** The types of objects inside PostgreSQL databases. */
public final class PostgresProvider implements Provider {

  private final Sessions sessions;
  private final List<ResourceType> types;

  public PostgresProvider(PostgresSettings settings) {
    sessions = new Sessions(settings);
    types =
        List.of(
            new DatabaseType(sessions),
            new RoleType(sessions),
            new SchemaType(sessions),
            new ExtensionType(sessions),
            new GrantType(sessions),
            new ScriptsType(sessions, settings));
  }

  @Override
  public List<ResourceType> types() {
    return types;
  }

  /** Databases belong to no account; the provider before this one says whose they are. */
  @Override
  public Account account() {
    throw new UnsupportedOperationException("PostgreSQL has no accounts");
  }

  /** Without a look into a database nobody knows; the engine looks where resources say. */
  @Override
  public Set<String> ownedTypes(String migration) {
    return Set.of();
  }

  @Override
  public void close() {
    sessions.close();
  }
}

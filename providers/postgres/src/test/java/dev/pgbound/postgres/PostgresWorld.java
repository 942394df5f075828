package dev.pgbound.postgres;

import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import dev.pgbound.testkit.FakeTimeline;
import dev.pgbound.testkit.ResourceTypeContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The provider on an empty database, and the secrets that another provider would have. */
final class PostgresWorld implements ResourceTypeContract.World {

  /** The connection of the master user, as YAML. */
  static final String CONNECTION =
      "{host: " + Server.HOST + ", database: hr, username: dbadmin, secretArn: \"secret:master\"}";

  private final Map<String, String> passwords = new HashMap<>();
  private final PostgresProvider postgres;
  private final Timeline timeline = new FakeTimeline();

  PostgresWorld() {
    this(Path.of("src", "test", "resources"));
  }

  /**
   * @param folder the folder of the migration file
   */
  PostgresWorld(Path folder) {
    this(
        new PostgresSettings(
            folder,
            Path.of("no-certificates"),
            (host, port) -> new Reach.Way("127.0.0.1", Server.INSTANCE.port(), true)));
  }

  PostgresWorld(PostgresSettings settings) {
    Server.INSTANCE.reset();
    passwords.put("secret:master", Server.PASSWORD);
    postgres = new PostgresProvider(settings);
  }

  /** A secret with a password, as another provider keeps it. */
  PostgresWorld secret(String reference, String password) {
    passwords.put(reference, password);
    return this;
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public void close() {
    postgres.close();
  }

  @Override
  public Provider provider() {
    return new Provider() {
      @Override
      public List<ResourceType> types() {
        return postgres.types();
      }

      @Override
      public Account account() {
        return new Account("123456789012", "us-east-1", "aws");
      }

      @Override
      public Optional<Value.Fields> secret(String reference) {
        return Optional.ofNullable(passwords.get(reference))
            .map(text -> new Value.Fields(Map.of("password", new Value.Secret(text))));
      }

      @Override
      public Set<String> ownedTypes(String migration) {
        return postgres.ownedTypes(migration);
      }

      @Override
      public void close() {
        PostgresWorld.this.close();
      }
    };
  }
}

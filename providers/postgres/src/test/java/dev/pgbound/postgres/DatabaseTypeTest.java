package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Databases go with whoever uses them. */
final class DatabaseTypeTest {

  private static final String DROPPING =
      "select 1 from pg_stat_activity where state = 'active' and query = 'drop database \"d\"'";

  @Test
  void isDeletedWhenTheSessionOfASuperuserHasLeft() throws Exception {
    try (Rig rig = new Rig()) {
      String file = Rig.file("database.d: {name: d}");
      rig.converge("database.d: {name: d}");
      CompletableFuture<ApplyResult> destroy;
      try (Connection service = rig.server.superuser("d")) {
        destroy = CompletableFuture.supplyAsync(() -> rig.bench.apply(rig.bench.planDestroy(file)));
        while (rig.server.ask(DROPPING).isEmpty()) {
          assertThat(destroy).isNotDone();
        }
        assertThat(service.isValid(5)).isTrue();
      }

      assertThat(destroy.join().isComplete()).isTrue();
      assertThat(rig.server.ask("select 1 from pg_database where datname = 'd'")).isEmpty();
    }
  }
}

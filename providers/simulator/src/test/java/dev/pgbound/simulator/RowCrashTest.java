package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.copy.Copier;
import dev.pgbound.simulator.copy.CopyOrder;
import dev.pgbound.simulator.copy.CopySettings;
import dev.pgbound.simulator.copy.CopySettings.ErrorPolicies;
import dev.pgbound.simulator.copy.CopySettings.Policy;
import dev.pgbound.simulator.copy.CopySettings.PrepMode;
import dev.pgbound.simulator.copy.Progress;
import dev.pgbound.spi.Value;
import dev.pgbound.tables.Lobs;
import dev.pgbound.tables.TableTask;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows when the process dies around the commit of a transaction: each one arrives once. */
class RowCrashTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Rehearsal rehearsal = Rehearsal.shared();
  private final String schema = rehearsal.schema();

  @TempDir private Path folder;
  private int commits;

  private CopyOrder order(CopyOrder.Target target) {
    Value.Fields locator =
        new Value.Fields(Map.of("schema-name", Value.of(schema), "table-name", Value.of("%")));
    Value.Fields rule =
        new Value.Fields(
            Map.of(
                "rule-type", Value.of("selection"),
                "rule-action", Value.of("include"),
                "object-locator", locator));
    TableTask task =
        new TableTask(
            Value.Fields.NONE.with("rules", new Value.Items(List.of(rule))),
            TableTask.Mode.FULL_LOAD_AND_CDC,
            false,
            "",
            Lobs.DEFAULT,
            TableTask.Source.DEFAULT);
    CopySettings settings =
        new CopySettings(
            task,
            PrepMode.DO_NOTHING,
            false,
            8,
            100,
            false,
            false,
            true,
            false,
            false,
            "public",
            "",
            new ErrorPolicies(
                Policy.LOG_ERROR,
                Policy.LOG_ERROR,
                Policy.SUSPEND_TABLE,
                Policy.LOG_ERROR,
                Policy.LOG_ERROR,
                Policy.IGNORE_RECORD));
    return new CopyOrder(
        "TASK",
        "first",
        BEGIN,
        CopyOrder.Start.FRESH,
        Optional.empty(),
        Optional.empty(),
        settings,
        target);
  }

  /**
   * A target whose connection is lost at a commit.
   *
   * @param survives whether what is committed is there all the same
   */
  private CopyOrder.Target losing(int commit, boolean survives) {
    return () -> {
      Connection real = rehearsal.connect();
      return (Connection)
          Proxy.newProxyInstance(
              RowCrashTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                boolean isLost = method.getName().equals("commit") && ++commits == commit;
                if (isLost && !survives) {
                  real.close();
                }
                try {
                  Object answer = isLost && !survives ? null : method.invoke(real, arguments);
                  if (isLost) {
                    throw new SQLException("lost", "08006");
                  }
                  return answer;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }

  private Copier process() {
    return new Copier(rehearsal.standIn(), folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void arriveOnceWhicheverCommitIsTheLast(boolean survives) throws IOException {
    rehearsal.oracle(
        "create table " + schema + ".NOTES (N NUMBER(6))",
        "insert into " + schema + ".NOTES select X from SYSTEM_RANGE(1, 450)");
    String count = "select count(*), count(distinct \"N\") from \"" + schema + "\".\"NOTES\"";
    Instant later = BEGIN.plusSeconds(600);
    // the first commit of a process is that of the settings of its session
    for (int deaths = 1; deaths <= 3; deaths++) {
      commits = 0;
      int lost = deaths + 1;
      assertThatThrownBy(() -> process().advance(order(losing(lost, survives)), later))
          .isInstanceOf(IOException.class);
    }

    Progress done = process().advance(order(rehearsal::connect), later);

    assertThat(done.tables().get(0).loaded()).isEqualTo(450);
    assertThat(rehearsal.rows(count)).containsExactly("450|450");

    rehearsal.oracle("insert into " + schema + ".NOTES values (1000)");
    commits = 0;
    assertThatThrownBy(() -> process().advance(order(losing(2, survives)), later))
        .isInstanceOf(IOException.class);
    process().advance(order(rehearsal::connect), later);
    assertThat(rehearsal.rows(count)).containsExactly("451|451");
  }
}

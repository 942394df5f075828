package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.EngineEvent;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class SecretTest {

  /** The bench gives this value to {@code ${env.PW}}. */
  private static final String CANARY = "secret-of-PW";

  private static final String STORE = "store.s: {password: '${env.PW}', size: %d}";

  private final Lab lab = new Lab();
  private final List<EngineEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void reachesTheCallThatNeedsIt() {
    lab.converge(String.format(Locale.ROOT, STORE, 1));
    assertThat(lab.world.received("store.s").get("password")).contains(new Value.Secret(CANARY));

    lab.converge(String.format(Locale.ROOT, STORE, 2));
    assertThat(lab.world.received("store.s").get("password")).contains(new Value.Secret(CANARY));
  }

  @Test
  void neverShowsInPlanJournalOrEvents() throws IOException {
    lab.bench.listen(events::add);
    lab.world.fail(
        "create store.s", FakeFault.once(Kind.INVALID_REQUEST, "Not valid: " + CANARY + "!"));
    Plan plan = lab.plan(String.format(Locale.ROOT, STORE, 1));
    StringBuilder everything = new StringBuilder(plan.toString()).append(PlanJson.write(plan));
    ApplyResult refused = lab.bench.apply(plan);
    everything.append(refused);
    everything.append(lab.bench.apply(lab.plan(String.format(Locale.ROOT, STORE, 1))));
    everything.append(lab.bench.apply(lab.plan(String.format(Locale.ROOT, STORE, 2))));
    everything.append(events).append(lab.world.received("store.s"));
    everything.append(Files.readString(lab.bench.journal()));

    assertThat(events).isNotEmpty();
    assertThat(Lab.outcome(refused, "create store.s").message())
        .isEqualTo("Not valid: (sensitive)!");
    assertThat(everything.toString()).contains("update store.s").doesNotContain(CANARY);
  }

  @Test
  void isNoLiteral() {
    Diagnostics sink = new Diagnostics();

    assertThat(lab.bench.tryLoad(Lab.file("store.s: {password: " + CANARY + "}"), sink)).isEmpty();
    assertThat(sink.sorted().toString()).doesNotContain(CANARY);
  }
}

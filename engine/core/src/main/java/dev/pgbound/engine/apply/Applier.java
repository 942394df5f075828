package dev.pgbound.engine.apply;

import dev.pgbound.engine.graph.References;
import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.Cancellation;
import dev.pgbound.engine.plan.Fingerprint;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Planner;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Carries out a plan: exactly its steps, in its order, as many side by side as allowed. */
public final class Applier {

  private final Registry registry;
  private final Timeline timeline;
  private final RunJournal journal;
  private final Consumer<EngineEvent> events;
  private final Cancellation cancellation;
  private final UnaryOperator<String> environment;

  /**
   * @param environment gives the value of a variable of the environment, for secrets
   */
  public Applier(
      Registry registry,
      Timeline timeline,
      RunJournal journal,
      Consumer<EngineEvent> events,
      Cancellation cancellation,
      UnaryOperator<String> environment) {
    this.registry = registry;
    this.timeline = timeline;
    this.journal = journal;
    this.events = events;
    this.cancellation = cancellation;
    this.environment = environment;
  }

  /**
   * Runs the plan's steps. Before the first one everything is read again: where something moved
   * since the plan was made, nothing is written and the result says what moved.
   *
   * @throws IllegalArgumentException for a plan that has refusals
   * @throws dev.pgbound.engine.plan.DiscoveryException when something cannot be read
   */
  public ApplyResult apply(Plan plan, int parallelism) throws InterruptedException {
    if (!plan.refusals().isEmpty()) {
      throw new IllegalArgumentException("a plan with refusals cannot be applied");
    }
    Planner planner = new Planner(registry, timeline);
    Map<Address, Live> live = new HashMap<>(planner.read(plan));
    List<String> moved = moved(plan, live);
    planner.blockers(plan, live).forEach(one -> moved.add(one.subject() + ": " + one.text()));
    if (!moved.isEmpty()) {
      return new ApplyResult(moved, Map.of(), Duration.ZERO);
    }
    return new Run(plan, live).run(parallelism);
  }

  private List<String> moved(Plan plan, Map<Address, Live> live) {
    List<String> moved = new ArrayList<>();
    for (ResourceChange change : plan.changes()) {
      Live now = live.get(change.address());
      boolean planned = change.identifier().isPresent();
      boolean going = now != null && now.health().state() == Live.State.GOING;
      if (now == null && planned) {
        moved.add(change.address() + " no longer exists");
      } else if (now != null && !planned && !going) {
        moved.add(change.address() + " exists now");
      } else if (now != null && planned && !fingerprint(change, now).equals(change.fingerprint())) {
        moved.add(change.address() + " was changed");
      }
    }
    return moved;
  }

  private String fingerprint(ResourceChange change, Live live) {
    ResourceSchema schema = registry.type(change.address().type()).schema();
    return Fingerprint.of(schema, live, change.resource().attributes().fields().keySet());
  }

  /** One run: what is live and what is expected of it as steps finish. */
  private final class Run {
    private final Plan plan;
    private final Map<Address, Live> live;
    private final Map<Address, ResourceChange> changes = new HashMap<>();
    private final Map<Address, String> expected = new HashMap<>();
    private final Map<Address, Live> replaced = new HashMap<>();
    private final References references = new References(registry);
    private final AtomicReference<@Nullable RuntimeException> unheard = new AtomicReference<>();
    private final StepRunner runner;

    Run(Plan plan, Map<Address, Live> live) {
      this.plan = plan;
      this.live = live;
      for (ResourceChange change : plan.changes()) {
        changes.put(change.address(), change);
        expected.put(change.address(), change.fingerprint());
        if (change.action() == Action.REPLACE_CREATE_FIRST) {
          Optional.ofNullable(live.get(change.address()))
              .ifPresent(old -> replaced.put(change.address(), old));
        }
      }
      runner =
          new StepRunner(
              registry,
              references,
              plan.migration(),
              plan.account(),
              timeline,
              cancellation::isRequested,
              environment);
    }

    ApplyResult run(int parallelism) throws InterruptedException {
      Instant start = timeline.now();
      Executor executor =
          new Executor(
              plan.steps(), parallelism, timeline, cancellation, this::prepare, this::finished);
      Map<Step, Outcome> outcomes = executor.run();
      RuntimeException failure = unheard.get();
      if (failure != null) {
        throw failure;
      }
      return new ApplyResult(List.of(), outcomes, Duration.between(start, timeline.now()));
    }

    private Supplier<Outcome> prepare(Step step, Executor.Before before) {
      ResourceChange change = change(step);
      StepRunner.Job job =
          new StepRunner.Job(
              step,
              before,
              change,
              expected.getOrDefault(step.address(), ""),
              outputs(change),
              Optional.ofNullable(replaced.get(step.address())));
      return () -> {
        tell(new EngineEvent.StepStarted(step, timeline.now()));
        write("step-begin", Map.of("step", step.id()));
        return runner.run(job, progress(step));
      };
    }

    private ResourceChange change(Step step) {
      ResourceChange change = changes.get(step.address());
      if (change == null) {
        throw new IllegalStateException("the plan has a step without a change: " + step);
      }
      return change;
    }

    private Consumer<String> progress(Step step) {
      String[] last = {""};
      return phase -> {
        if (!phase.equals(last[0])) {
          last[0] = phase;
          tell(new EngineEvent.StepProgress(step, timeline.now(), phase));
        }
      };
    }

    private Map<Address, Value.Fields> outputs(ResourceChange change) {
      Map<Address, Value.Fields> outputs = new LinkedHashMap<>();
      for (Address target : references.targets(change.resource())) {
        Optional.ofNullable(live.get(target))
            .ifPresent(object -> outputs.put(target, object.attributes()));
      }
      return outputs;
    }

    private void finished(Step step, Outcome outcome) {
      boolean gone =
          step.kind() == Step.Kind.DELETE
              && outcome.isSuccess()
              && !replaced.containsKey(step.address());
      if (gone) {
        live.remove(step.address());
        expected.put(step.address(), "");
      }
      outcome
          .live()
          .ifPresent(
              object -> {
                live.put(step.address(), object);
                expected.put(step.address(), fingerprint(change(step), object));
              });
      Map<String, String> line = new LinkedHashMap<>();
      line.put("step", step.id());
      line.put("outcome", outcome.status().name());
      line.put("message", outcome.message());
      write("step-end", line);
      tell(new EngineEvent.StepFinished(step, timeline.now(), outcome));
    }

    private void tell(EngineEvent event) {
      heard(() -> events.accept(event));
    }

    private void write(String event, Map<String, String> details) {
      heard(() -> journal.write(timeline.now(), event, details));
    }

    /**
     * A full disk or a broken terminal must not keep a stopped task from being resumed: the run
     * goes on, and the failure is thrown at its end.
     */
    private void heard(Runnable report) {
      try {
        report.run();
      } catch (RuntimeException e) {
        unheard.compareAndSet(null, e);
      }
    }
  }
}

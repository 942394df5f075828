package dev.pgbound.benchmarks;

import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.cli.render.Output;
import dev.pgbound.cli.render.PlanView;
import dev.pgbound.engine.Engine;
import dev.pgbound.engine.Engine.PlanOptions;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.graph.GraphBuilder;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Differ;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Alarms that refer to a topic: what is measured grows with their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {

  @Param({"200", "2000", "10000"})
  public int resources = 200;

  private Registry registry = new Registry(List.of());
  private Optional<Migration> migration = Optional.empty();
  private Optional<PlanView> view = Optional.empty();
  private List<Resource> alarms = List.of();

  @Setup
  public void plan() {
    SimulatedAws aws = SimulatedAws.inMemory();
    AwsSettings settings =
        new AwsSettings(
            Optional.of(aws.httpClient()),
            Optional.empty(),
            Optional.empty(),
            Optional.of("us-east-1"),
            Optional.of(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("simulated", "none"))),
            true);
    registry = new Registry(List.of(new AwsProvider(settings, CallListener.NONE)));
    Engine engine = new Engine(registry, aws.timeline());
    Diagnostics found = new Diagnostics();
    Migration loaded =
        engine
            .load("m.yaml", file(resources).getBytes(StandardCharsets.UTF_8), Map.of(), found)
            .orElseThrow(() -> new IllegalStateException(found.sorted().toString()));
    Plan plan = engine.plan(loaded, PlanOptions.CONVERGE);
    migration = Optional.of(loaded);
    view = Optional.of(PlanView.of(plan, List.of()));
    alarms =
        loaded.expansion().resources().stream()
            .filter(resource -> resource.address().type().equals("cloudwatch-alarm"))
            .toList();
  }

  private static String file(int resources) {
    StringBuilder file =
        new StringBuilder(
            """
            version: 1
            migration: many
            region: us-east-1
            resources:
              sns-topic:
                alerts: {name: many, publishers: [cloudwatch.amazonaws.com]}
              cloudwatch-alarm:
            """);
    for (int i = 1; i < resources; i++) {
      file.append(
          String.format(
              Locale.ROOT,
              "    a%1$d: {alarmName: a%1$d, namespace: Many, metricName: Lag, statistic: Maximum,"
                  + " period: 60, evaluationPeriods: 5, threshold: 300, comparisonOperator:"
                  + " GreaterThanThreshold, alarmActions: [\"${sns-topic.alerts}\"]}%n",
              i));
    }
    return file.toString();
  }

  @Benchmark
  public Object graph() {
    return GraphBuilder.build(
        registry, migration.orElseThrow().expansion(), new Diagnostics());
  }

  /** Each alarm with what is live: one attribute differs. */
  @Benchmark
  public void diff(Blackhole sink) {
    for (Resource alarm : alarms) {
      Live live =
          new Live(
              "a", alarm.attributes().with("threshold", Value.of(5)), Map.of(), Live.Health.READY);
      List<AttributeChange> changes =
          Differ.compare(registry.type("cloudwatch-alarm").schema(), alarm.attributes(), live);
      sink.consume(changes);
    }
  }

  @Benchmark
  public Object text() {
    return Output.TEXT.of(view.orElseThrow(), OptionalInt.empty());
  }

  @Benchmark
  public Object markdown() {
    return Output.MARKDOWN.of(view.orElseThrow(), OptionalInt.empty());
  }

  @Benchmark
  public Object json() {
    return Output.JSON.of(view.orElseThrow(), OptionalInt.empty());
  }

  @Benchmark
  public Object html() {
    return Output.HTML.of(view.orElseThrow(), OptionalInt.empty());
  }
}

package dev.pgbound.aws;

import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.spi.Address;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** A whole migration with one task, {@code hr}, on the simulated AWS, and ways to look at it. */
final class Rehearsal implements AutoCloseable {

  static final Address TASK = new Address("dms-task", "hr");

  private static final String ACCOUNT =
      """
      - secretsmanager.CreateSecret:
          name: hr/oracle
          secretString: {username: dms, password: p, host: oracle.example.com, port: 1521}
      """;

  private static final String FILE =
      """
      version: 1
      migration: hr
      region: us-east-1
      source: {oracle: {service: ORCL, secret: hr/oracle}}
      target: {aurora-postgresql: {version: "16.4", instances: [db.r6i.large], database: hr, manageDmsUser: false}}
      network: {cidr: 10.0.0.0/16, internetGateway: true}
      replication: {instance: dms.r6i.large, storage: 100}
      tasks:
        hr: {mode: full-load-and-cdc, run: %s, include: [HR.*], names: lowercase, settings: {%s}}
      """;

  final SimulatedAws aws;
  final AwsProvider provider;
  final Bench bench;

  private Rehearsal(SimulatedAws aws) {
    this.aws = aws;
    provider = new AwsProvider(SimulatedWorld.settings(aws), CallListener.NONE);
    bench = new Bench(provider, aws.timeline());
  }

  /** The account before anything is applied. */
  static Rehearsal open() {
    SimulatedAws aws = SimulatedAws.inMemory();
    try {
      Path seed = Files.createTempFile("account", ".yaml");
      Files.writeString(seed, ACCOUNT, StandardCharsets.UTF_8);
      aws.fill(seed);
      Files.delete(seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Rehearsal(aws);
  }

  /** With the file applied: the task runs. */
  static Rehearsal running() {
    Rehearsal rehearsal = open();
    rehearsal.bench.applyFully(rehearsal.bench.plan(file("")));
    return rehearsal;
  }

  /** The file with these settings of the task, in flow style. */
  static String file(String settings) {
    return String.format(Locale.ROOT, FILE, "running", settings);
  }

  /** The file that wants the task to stand. */
  static String stopped() {
    return String.format(Locale.ROOT, FILE, "stopped", "");
  }

  /** The file with further lines, such as {@code overrides}. */
  static String with(String more) {
    return file("") + more;
  }

  static ResourceChange change(Plan plan, String address) {
    return plan.change(Address.parse(address).orElseThrow()).orElseThrow();
  }

  static ResourceChange change(Plan plan) {
    return plan.change(TASK).orElseThrow();
  }

  static List<String> paths(Plan plan) {
    return change(plan).changes().stream().map(AttributeChange::path).toList();
  }

  static List<String> steps(Plan plan) {
    return plan.steps().steps().stream().map(Object::toString).toList();
  }

  String status() {
    return described().status();
  }

  void letPass(Duration time) {
    bench.timeline().enter();
    try {
      bench.timeline().sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      bench.timeline().leave();
    }
  }

  /** The task as DMS returns it. */
  ReplicationTask described() {
    try (AwsClients clients = clients()) {
      return clients.dms().describeReplicationTasks().replicationTasks().get(0);
    }
  }

  /** Clients with which a test does what somebody else would do in the account. */
  AwsClients clients() {
    return new AwsClients(SimulatedWorld.settings(aws), List.of());
  }

  /** The operations that were called since the last look, in order. */
  List<String> calls() {
    List<String> operations = aws.calls().calls().stream().map(Call::operation).toList();
    aws.calls().clear();
    return operations;
  }

  @Override
  public void close() {
    provider.close();
  }
}

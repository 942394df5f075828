package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.SimulatorServer;
import dev.pgbound.simulator.SimulatorServer.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole life of a migration over the network: what pgbound does with the real AWS, at an
 * address of its own.
 */
class WireLifecycleTest {

  /** What takes pgbound a quarter of an hour is over when it asks for the second time. */
  private static final int SPEED = 3600;

  private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

  private final SimulatedAws aws = SimulatedAws.inMemory();
  @TempDir private Path folder;
  private SimulatorServer server;

  @BeforeEach
  void serve() throws IOException {
    CREDENTIALS.forEach(name -> System.setProperty(name, "simulated"));
    aws.fill(Shell.PROJECT.resolve("examples/hr/simulated-account.yaml"));
    aws.run(Clock.systemUTC(), SPEED);
    server = SimulatorServer.start(aws, 0, RequestLog.NONE);
  }

  @AfterEach
  void end() {
    server.close();
    CREDENTIALS.forEach(System::clearProperty);
  }

  @Test
  void isAppliedFoundUnchangedAndDestroyed() {
    Shell shell = Shell.inExample("hr", folder);
    shell.write("migration.yaml", shell.withoutDatabase());
    String[] there = {"--endpoint-url", server.uri().toString()};

    Result planned = shell.run("plan", with(there, "--detailed-exitcode"));
    assertThat(planned.code()).as(planned.err()).isEqualTo(2);
    Result applied = shell.run("apply", with(there, "--auto-approve"));
    assertThat(applied.code()).as(applied.err()).isZero();
    Result unchanged = shell.run("plan", with(there, "--detailed-exitcode"));
    assertThat(unchanged.code()).as(unchanged.out()).isZero();
    Result destroyed =
        shell.run("destroy", with(there, "--auto-approve", "--allow", "destroys-data"));
    assertThat(destroyed.code()).as(destroyed.err()).isZero();
    assertThat(aws.missing()).isEmpty();
  }

  private static String[] with(String[] there, String... more) {
    return java.util.stream.Stream.of(there, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }
}

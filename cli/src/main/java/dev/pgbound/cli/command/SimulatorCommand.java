package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.SimulatedAccount;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.SimulatorServer;
import dev.pgbound.simulator.service.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgbound simulator}. */
@Command(
    name = "simulator",
    description =
        "Serves the simulated AWS on 127.0.0.1 to the AWS CLI, Terraform, pgbound and any other"
            + " client, until Ctrl-C. Prints its address.")
public final class SimulatorCommand implements Callable<Integer> {

  private static final Pattern SPEED = Pattern.compile("([1-9]\\d{0,4})x?");

  private final Console console;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "4599",
      description = "The port; 0 for any that is free. Default: ${DEFAULT-VALUE}")
  private int port = 4599;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = "Keep the account in this folder. Default: it is forgotten at the end.")
  private @Nullable Path state;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = "Fill a new account from this file, as simulated-account.yaml of the examples.")
  private @Nullable Path seed;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1x",
      description =
          "How fast its clock runs: 600x lets a replication instance be ready in less than a second"
              + " instead of 8 minutes. Default: ${DEFAULT-VALUE}, real time")
  private String speed = "1x";

  @Option(names = "--log", description = "Print every request.")
  private boolean log;

  @Mixin private FaultOptions faults = new FaultOptions();

  public SimulatorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int factor = factor();
    SimulatedAws aws = open();
    SimulatedAccount.remarks(aws).forEach(this::say);
    aws.run(Clock.systemUTC(), factor);
    SimulatorServer server;
    try {
      server = SimulatorServer.start(aws, port, new Log());
    } catch (IOException | IllegalArgumentException e) {
      SimulatedAccount.close(aws);
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(
              Locale.ROOT,
              "Port %d cannot be had: %s. Give another one with --port, or 0 for any that is free.",
              port,
              e.getMessage()),
          e);
    }
    greet(server.uri(), factor);
    serve(server, aws);
    return ExitCode.DONE.code();
  }

  private int factor() {
    Matcher factor = SPEED.matcher(speed);
    if (!factor.matches()) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "--speed " + speed + ": write a whole factor such as 600x; 1x is real time.");
    }
    return Integer.parseInt(factor.group(1));
  }

  private SimulatedAws open() {
    if (seed != null && !Files.isRegularFile(seed)) {
      throw new CommandFailure(ExitCode.INVALID_FILE, "There is no file " + seed + ".");
    }
    return state == null
        ? SimulatedAccount.inMemory(Optional.ofNullable(seed), faults.rules())
        : SimulatedAccount.open(state, Optional.ofNullable(seed), faults.rules());
  }

  private void greet(URI uri, int factor) {
    say(
        String.format(
            Locale.ROOT,
            "The simulated AWS answers, its clock runs in %s. %s",
            factor == 1 ? "real time" : factor + " times real time",
            state == null ? "Nothing is kept." : "Its state is kept in " + state + "."));
    say("For the AWS CLI, Terraform, pgbound and everything that uses an AWS SDK:");
    say("  export AWS_ENDPOINT_URL=" + uri);
    say("  export AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=none");
    say("  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1");
    say("Ctrl-C ends it.");
    console.out().println(uri);
    console.out().flush();
  }

  /** Serves until the process is told to end, and gives the account back in either way. */
  private void serve(SimulatorServer server, SimulatedAws aws) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread end =
        new Thread(
            () -> {
              end(server, aws);
              ended.countDown();
            },
            "end of the simulator");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(end);
      end(server, aws);
    }
  }

  private void end(SimulatorServer server, SimulatedAws aws) {
    server.close();
    SimulatedAccount.close(aws);
    if (!aws.missing().isEmpty()) {
      say("Asked for, but not simulated:");
      for (Map.Entry<String, Integer> each : aws.missing().entrySet()) {
        say(String.format(Locale.ROOT, "%5d  %s", each.getValue(), each.getKey()));
      }
    }
    say(state == null ? "Ended." : "Ended; the account is kept in " + state + ".");
  }

  private void say(String line) {
    synchronized (console) {
      console.err().println(line);
      console.err().flush();
    }
  }

  private final class Log implements SimulatorServer.RequestLog {

    @Override
    public void answered(Call call, int status) {
      if (log) {
        say(
            String.format(
                Locale.ROOT,
                "%s  %s  %s",
                status == 0 ? "lost" : Integer.toString(status),
                call.action(),
                call.region()));
      }
    }

    @Override
    public void failed(Call call, RuntimeException bug) {
      say("Internal error of the simulator in " + call.action() + ": " + bug);
    }
  }
}

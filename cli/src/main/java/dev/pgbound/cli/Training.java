package dev.pgbound.cli;

import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.SimulatorServer;
import dev.pgbound.simulator.SimulatorServer.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Does once, in a folder of its own, what users do every day, so that the JVM knows the classes
 * which that takes. The launcher runs it to have them archived; it prints nothing.
 */
final class Training {

  private static final String FILE = "migration.yaml";

  private Training() {}

  /** Ends with exit code 1 when something went wrong, without leaving anything behind. */
  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("pgbound-training");
    try {
      if (!run(work)) {
        System.exit(1);
      }
    } finally {
      delete(work);
    }
  }

  /** Whether everything went as it should. */
  static boolean run(Path work) throws IOException {
    copy("training.yaml", work.resolve(FILE));
    copy("training-account.yaml", work.resolve("simulated-account.yaml"));
    return succeeds("--help")
        && on(work, "validate")
        && on(work, "plan", "--simulate", "--write", "markdown=" + work.resolve("plan.md"))
        && on(work, "apply", "--simulate", "--auto-approve")
        && overTheWire(work);
  }

  /** The way to the real AWS: its HTTP client, its errors, its answers about what exists. */
  private static boolean overTheWire(Path work) throws IOException {
    // for a server of our own on this machine, and for this process only
    System.setProperty("aws.accessKeyId", "simulated");
    System.setProperty("aws.secretAccessKey", "none");
    try (SimulatedAws aws = SimulatedAws.open(work.resolve(".pgbound").resolve("simulator"))) {
      aws.run(Clock.systemUTC(), 1);
      try (SimulatorServer server = SimulatorServer.start(aws, 0, RequestLog.NONE)) {
        return on(work, "plan", "--endpoint-url", server.uri().toString());
      }
    }
  }

  private static boolean on(Path work, String command, String... options) {
    List<String> arguments =
        Stream.concat(Stream.of(command, work.resolve(FILE).toString()), Stream.of(options))
            .toList();
    return succeeds(arguments.toArray(String[]::new));
  }

  private static boolean succeeds(String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Console console = new Console(nowhere, nowhere, Optional.empty(), name -> Optional.empty());
    return Main.run(console, arguments) == ExitCode.DONE.code();
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = Training.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing");
      }
      Files.copy(in, file);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

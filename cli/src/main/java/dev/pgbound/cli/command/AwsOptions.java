package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.simulator.fault.FaultRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which AWS is asked. */
final class AwsOptions {

  @Option(
      names = "--simulate",
      description =
          "Rehearse on the simulated AWS; its state is kept in .pgbound/ beside the file.")
  private boolean simulate;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration.")
  private @Nullable String profile;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Address of all AWS services, such as a simulator's.")
  private @Nullable URI endpoint;

  @Mixin private FaultOptions faults = new FaultOptions();

  /** The options that lead another command to the same AWS. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (simulate) {
      arguments.add("--simulate");
    }
    if (profile != null) {
      arguments.addAll(List.of("--profile", profile));
    }
    if (endpoint != null) {
      arguments.addAll(List.of("--endpoint-url", endpoint.toString()));
    }
    return arguments;
  }

  boolean isSimulated() {
    return simulate;
  }

  /** Opens the AWS for a migration of {@code region} whose file lies in {@code folder}. */
  Session open(Console console, Path folder, Optional<String> region) {
    return simulate
        ? simulated(console, Session.simulated(folder, region, rules()))
        : real(console, folder, region);
  }

  /** The same for a command that writes nothing to AWS. */
  Session look(Console console, Path folder, Optional<String> region) {
    return simulate
        ? simulated(console, Session.lookAtSimulated(folder, region, rules()))
        : real(console, folder, region);
  }

  private static Session simulated(Console console, Session session) {
    session.remarks().forEach(console.err()::println);
    console.err().flush();
    return session;
  }

  private Session real(Console console, Path folder, Optional<String> region) {
    if (faults.areGiven()) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE, "--fault is for the simulated AWS; give --simulate, too.");
    }
    Optional<URI> given =
        Optional.ofNullable(endpoint)
            .or(() -> console.environment().get("AWS_ENDPOINT_URL").map(URI::create));
    return Session.real(folder, region, Optional.ofNullable(profile), given);
  }

  /** What is to go wrong on the simulated AWS, which no option for the real one may go with. */
  private List<FaultRule> rules() {
    if (profile != null || endpoint != null) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "--simulate asks no AWS account; leave out --profile and --endpoint-url.");
    }
    return faults.rules();
  }
}

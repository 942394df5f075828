package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** Opens the AWS for a migration of {@code region} whose file lies in {@code folder}. */
  Session open(Console console, Path folder, Optional<String> region) {
    if (!simulate) {
      Optional<URI> given =
          Optional.ofNullable(endpoint)
              .or(() -> console.environment().get("AWS_ENDPOINT_URL").map(URI::create));
      return Session.real(region, Optional.ofNullable(profile), given);
    }
    if (profile != null || endpoint != null) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "--simulate asks no AWS account; leave out --profile and --endpoint-url.");
    }
    return Session.simulated(folder, region);
  }
}

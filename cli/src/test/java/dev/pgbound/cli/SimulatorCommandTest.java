package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.SimulatorServer;
import dev.pgbound.simulator.SimulatorServer.RequestLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgbound simulator}, as a process of its own and with mistakes. */
class SimulatorCommandTest {

  @TempDir private Path folder;

  @Test
  void servesUntilItIsToldToEndAndKeepsItsAccount() throws Exception {
    Path state = folder.resolve("account");
    Path err = folder.resolve("err");
    Process process = simulator(err, "--port", "0", "--state", state.toString(), "--log");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String address = out.readLine();
      assertThat(address).as(Files.readString(err)).matches("http://127\\.0\\.0\\.1:\\d+");
      assertThat(Files.readString(err))
          .contains("  export AWS_ENDPOINT_URL=" + address + "\n")
          .contains("its clock runs in real time");
      assertThat(call(address, "CreateVpc&CidrBlock=10.0.0.0/16")).isEqualTo(200);
      assertThat(call(address, "DescribeVolumes")).isEqualTo(400);
      process.destroy();
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(err))
        .contains("200  ec2:CreateVpc  us-east-1\n")
        .contains("Asked for, but not simulated:\n    1  ec2:DescribeVolumes\n")
        .endsWith("Ended; the account is kept in " + state + ".\n");
    assertThat(Files.readString(state.resolve("state.json"))).contains("10.0.0.0/16");
    assertThat(state.resolve("changes.ndjson")).doesNotExist();
  }

  private Process simulator(Path err, String... options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "simulator");
    builder.command().addAll(java.util.List.of(options));
    return builder.redirectError(err.toFile()).start();
  }

  /** Calls EC2 as a client that signs nothing but says which service it means. */
  private static int call(String address, String action) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/ec2/aws4_request")
            .POST(HttpRequest.BodyPublishers.ofString("Action=" + action))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    SimulatedAws aws = SimulatedAws.inMemory();
    try (SimulatorServer other = SimulatorServer.start(aws, 0, RequestLog.NONE)) {
      int port = other.uri().getPort();

      Result taken = simulator("--port", Integer.toString(port));

      assertThat(taken.code()).isEqualTo(1);
      assertThat(taken.err())
          .isEqualTo(
              "Error: Port "
                  + port
                  + " cannot be had: Address already in use. Give another one with --port, or 0 for"
                  + " any that is free.\n");
    }
  }

  @Test
  void saysWhatIsWrongOnItsCommandLine() {
    assertThat(simulator("--speed", "fast").err())
        .isEqualTo("Error: --speed fast: write a whole factor such as 600x; 1x is real time.\n");
    assertThat(simulator("--speed", "0").code()).isEqualTo(64);
    assertThat(simulator("--port", "70000").err()).contains("Port 70000 cannot be had");
    assertThat(simulator("--seed", "none.yaml").err())
        .isEqualTo("Error: There is no file none.yaml.\n");
    assertThat(simulator("--fault", "ec2:CreateVcp:1:throttling").err())
        .startsWith("Error: --fault ec2:CreateVcp:1:throttling: ec2 has no operation");
  }

  @Test
  void leavesAnAccountAloneInWhichSomebodyWorks() throws IOException {
    try (SimulatedAws working = SimulatedAws.open(folder)) {
      assertThat(working.services()).isNotEmpty();

      Result refused = simulator("--port", "0", "--state", folder.toString());

      assertThat(refused.code()).isEqualTo(6);
      assertThat(refused.err())
          .startsWith("Error: The simulated AWS in " + folder + " is in use by another process");
    }
  }

  private Result simulator(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "simulator";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return new Shell(folder).plain(arguments);
  }
}

package dev.pgbound.simulator;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A process of its own that works on an account: it makes VPCs until somebody kills it, and says
 * the id of each one once it has the answer.
 */
final class OtherProcess implements Closeable {

  private final Process process;
  private final BufferedReader out;

  private OtherProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherProcess in(Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            folder.toString());
    return new OtherProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public static void main(String[] arguments) throws IOException {
    try (SimulatedAws aws = SimulatedAws.open(Path.of(arguments[0]));
        PrintStream out =
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);
      while (true) {
        out.println(ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")).vpc().vpcId());
      }
    }
  }

  long pid() {
    return process.pid();
  }

  /** The next thing it says. */
  String says() throws IOException {
    return Optional.ofNullable(out.readLine()).orElseThrow(() -> new IOException("it has ended"));
  }

  /** Kills it without a warning; gives what it has said and nobody has read. */
  List<String> kill() throws InterruptedException {
    // not through the process itself, which would close the stream, too
    process.toHandle().destroyForcibly();
    process.waitFor();
    try (Stream<String> rest = out.lines()) {
      return rest.toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

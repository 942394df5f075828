package dev.pgbound.cli.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of migration files with mistakes end with exit code 65 and the place of a mistake, or
 * with a valid plan: never with a stack trace, never after 5 seconds, never with 300 MiB. {@code
 * -Dabuse.files=1000} makes more of them than the usual 300 of each kind and example.
 */
class BadFileTest {

  private static final int WORKERS = 2;
  private static final String AMOUNT = System.getProperty("abuse.files", "300");
  private static final long MINUTES = 20;

  /** Where the launcher says how Java is started. */
  private static final Path LAUNCHER = Path.of("..", "dist", "bin", "pgbound");

  private static final Pattern FLAGS = Pattern.compile("(?m)^flags=\"([^\"]*)\"$");

  private static final int MOST_KIB = 300 * 1024;

  @TempDir private Path folder;

  @Test
  void areRefusedWithAPlaceOrPlanned() throws IOException, InterruptedException {
    List<Process> workers = new ArrayList<>();
    for (int number = 0; number < WORKERS; number++) {
      workers.add(start(number));
    }
    Map<String, Long> sums = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    for (int number = 0; number < WORKERS; number++) {
      Process worker = workers.get(number);
      assertThat(worker.waitFor(MINUTES, TimeUnit.MINUTES)).as("worker %s ended", number).isTrue();
      assertThat(worker.exitValue()).as(Files.readString(log(number))).isZero();
      read(Files.readString(report(number)), sums, failures);
    }
    System.out.printf(
        Locale.ROOT,
        "bad files: %d, of which refused %d, planned %d, for another account %d, ambiguous %d;"
            + " slowest %d ms of CPU, resident at most %d MiB%n",
        sums.get("files"),
        sums.get("refused"),
        sums.get("planned"),
        sums.get("other-account"),
        sums.get("ambiguous"),
        sums.get("slowest-ms"),
        sums.getOrDefault("resident-kib", 0L) / 1024);

    assertThat(failures).isEmpty();
    assertThat(sums.get("files")).isGreaterThan(1000);
    assertThat(sums.get("refused")).isGreaterThan(1000);
    assertThat(sums.get("planned")).isGreaterThan(100);
    assertThat(sums.get("resident-kib")).isLessThan(MOST_KIB);
  }

  private Process start(int number) throws IOException {
    Path work = Files.createDirectory(folder.resolve("work" + number));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flagsOfTheLauncher());
    command.addAll(
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-cp",
            System.getProperty("java.class.path"),
            BadFileWorker.class.getName(),
            Path.of("..", "examples").toString(),
            work.toString(),
            report(number).toString(),
            Integer.toString(number),
            Integer.toString(WORKERS),
            AMOUNT));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(number).toFile())
        .start();
  }

  private static List<String> flagsOfTheLauncher() throws IOException {
    Matcher flags = FLAGS.matcher(Files.readString(LAUNCHER));
    assertThat(flags.find()).isTrue();
    return List.of(flags.group(1).split("\\s+"));
  }

  private Path report(int number) {
    return folder.resolve("report" + number);
  }

  private Path log(int number) {
    return folder.resolve("log" + number);
  }

  /** Counts add up; what was slowest and largest counts alone. */
  private static void read(String report, Map<String, Long> sums, List<String> failures) {
    for (String part : report.split("(?m)^(?=FAILED )", -1)) {
      if (part.startsWith("FAILED ")) {
        failures.add(part);
        continue;
      }
      for (String line : part.lines().toList()) {
        String[] words = line.split(" ", 2);
        if (words[1].matches("\\d+")) {
          boolean most = words[0].startsWith("slowest") || words[0].startsWith("resident");
          sums.merge(words[0], Long.parseLong(words[1]), most ? Math::max : Long::sum);
        }
      }
    }
  }
}

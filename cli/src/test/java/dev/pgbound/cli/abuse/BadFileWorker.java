package dev.pgbound.cli.abuse;

import com.sun.management.OperatingSystemMXBean;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.Main;
import dev.pgbound.cli.abuse.BadFiles.BadFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives bad files to the command line, in a process of its own whose heap is limited: {@code
 * validate} and, when a file turns out to be valid, {@code plan --simulate}.
 */
public final class BadFileWorker {

  private static final long LONGEST = 5_000_000_000L;
  private static final int MUCH_OUTPUT = 1_000_000;
  private static final Pattern PLACE = Pattern.compile("(?m)^  \\S*migration\\.yaml:(\\d+):(\\d+)");

  /** Characters that do something to a terminal instead of being seen. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cntrl}&&[^\\n]]|[\u0080-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]");

  private final Path folder;
  private final List<String> failures = new ArrayList<>();
  private int refused;
  private int planned;
  private int otherAccount;
  private int ambiguous;
  private long slowest;
  private String slowestFile = "";

  private BadFileWorker(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments the folder of the examples, an empty folder to work in, the file for the
   *     result, this worker's number among how many, and how many mistakes of each kind are made;
   *     optionally a part of the names of the files that are wanted
   */
  public static void main(String[] arguments) throws IOException {
    Path examples = Path.of(arguments[0]);
    BadFileWorker worker = new BadFileWorker(Path.of(arguments[1]));
    int number = Integer.parseInt(arguments[3]);
    int workers = Integer.parseInt(arguments[4]);
    List<BadFile> files = BadFiles.all(examples, Integer.parseInt(arguments[5]));
    String only = arguments.length > 6 ? arguments[6] : "";
    worker.prepare(examples);
    int count = 0;
    for (int i = number; i < files.size(); i += workers) {
      if (files.get(i).name().contains(only)) {
        worker.check(files.get(i));
        count++;
      }
    }
    Files.writeString(Path.of(arguments[2]), worker.report(count));
  }

  private void prepare(Path examples) throws IOException {
    List<String> calls = new ArrayList<>();
    for (Path example : BadFiles.folders(examples)) {
      String seed = Files.readString(example.resolve("simulated-account.yaml"));
      calls.add(seed);
    }
    // The account holds what each example needs; two need the same secret.
    Files.writeString(
        folder.resolve("simulated-account.yaml"), String.join("", calls.subList(0, 2)));
    copy(examples.resolve("hr"), "catalog.yaml");
    copy(examples.resolve("hr"), "sql");
  }

  /** What migration files refer to has to lie beside them. */
  private void copy(Path from, String name) throws IOException {
    try (Stream<Path> files = Files.walk(from.resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(from.relativize(file).toString()));
      }
    }
  }

  private void check(BadFile file) throws IOException {
    byte[] bytes = file.bytes().get();
    Path migration = folder.resolve("migration.yaml");
    Files.write(migration, bytes);
    long start = cpuTime();
    Result result = run("validate", migration.toString());
    long took = cpuTime() - start;
    if (result.code() == 65) {
      refused++;
      refusedWell(file, bytes, result);
    } else if (result.code() == 0) {
      long planStart = cpuTime();
      result = run("plan", migration.toString(), "--simulate");
      took = Math.max(took, cpuTime() - planStart);
      plannedWell(file, result);
    } else {
      fail(file, "exit code " + result.code(), result);
    }
    if (took > LONGEST) {
      fail(file, "took " + took / 1_000_000 + " ms", result);
    }
    if (took > slowest) {
      slowest = took;
      slowestFile = file.name();
    }
    printsWell(file, result);
  }

  private void refusedWell(BadFile file, byte[] bytes, Result result) {
    Matcher place = PLACE.matcher(result.err());
    if (!place.find()) {
      fail(file, "no place", result);
      return;
    }
    long lines = 1;
    for (byte each : bytes) {
      lines += each == '\n' || each == '\r' ? 1 : 0;
    }
    do {
      if (Long.parseLong(place.group(1)) > lines || place.group(1).equals("0")) {
        fail(file, "a line that is not there", result);
      }
    } while (place.find());
  }

  private void plannedWell(BadFile file, Result result) {
    if (result.code() == 0 && result.out().contains("\nplan: ")) {
      planned++;
    } else if (result.code() == 3 && result.err().contains("The file is for account")) {
      otherAccount++;
    } else if (result.code() == 1 && result.err().contains("objects fit the description")) {
      ambiguous++; // that is up to what the account holds
    } else {
      fail(file, "valid, but plan ended with " + result.code(), result);
    }
  }

  private void printsWell(BadFile file, Result result) {
    String all = result.out() + result.err();
    for (String bad : List.of("Exception", "Internal error", "\tat ", "java.lang", "java.util")) {
      boolean quoted = bad.startsWith("java") && all.contains("!!java");
      if (all.contains(bad) && !quoted) {
        fail(file, "prints " + bad, result);
      }
    }
    Matcher unseen = UNSEEN.matcher(all);
    if (unseen.find()) {
      fail(file, "prints a raw U+" + Integer.toHexString(unseen.group().codePointAt(0)), result);
    }
    if (result.code() == 65 && all.length() > MUCH_OUTPUT) {
      fail(file, "prints " + all.length() + " characters", result);
    }
  }

  private void fail(BadFile file, String what, Result result) {
    String all = result.out() + result.err();
    failures.add(
        file.name()
            + ": "
            + what
            + "\n"
            + all.substring(0, Math.min(all.length(), 1500)).indent(4));
  }

  private String report(int count) throws IOException {
    String resident =
        Files.exists(Path.of("/proc/self/status"))
            ? Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .map(line -> line.replaceAll("\\D", ""))
                .orElse("0")
            : "0";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "files %d%nrefused %d%nplanned %d%nother-account %d%nambiguous %d%nslowest-ms %d%nslowest-file %s%nresident-kib %s%n",
            count,
            refused,
            planned,
            otherAccount,
            ambiguous,
            slowest / 1_000_000,
            slowestFile,
            resident));
    failures.forEach(failure -> text.append("FAILED ").append(failure).append('\n'));
    return text.toString();
  }

  /** What this process has computed so far: other processes must not make a file look slow. */
  private static long cpuTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out), new PrintWriter(err), Optional.empty(), name -> Optional.empty());
    int code = Main.run(console, arguments);
    console.out().flush();
    console.err().flush();
    return new Result(code, out.toString(), err.toString());
  }
}

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures pgbound as a user runs it, and Terraform beside it, against simulated AWS accounts on
 * this machine. One file without dependencies: {@code java Bench.java CHECKOUT [what] [options]}.
 */
public final class Bench {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final Pattern REQUEST = Pattern.compile("\\d{3}  .*");
  private static final String USAGE =
      """
      benchmarks/run [WHAT...] [--runs N] [--sizes N,N,...] [--keep]
        start    --help, validate and a plan that finds nothing to do
        compare  pgbound and Terraform on the same migration, in turn
        scale    pgbound on generated files of 20 to 5,000 resources
        jmh      graph, diff and output alone, by JMH
      Without WHAT: start, compare and scale. --runs: how often what only reads runs, 5 by default.
      """;

  private final Path home;
  private final Path work;
  private final int runs;
  private final List<Integer> sizes;

  private Bench(Path home, Path work, int runs, List<Integer> sizes) {
    this.home = home;
    this.work = work;
    this.runs = runs;
    this.sizes = sizes;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    Path home = Path.of(arguments[0]).toAbsolutePath();
    int runs = Integer.parseInt(option(rest, "--runs").orElse("5"));
    List<Integer> sizes =
        Stream.of(option(rest, "--sizes").orElse("20,200,2000,5000").split(","))
            .map(Integer::valueOf)
            .toList();
    boolean isKept = rest.remove("--keep");
    if (!List.of("start", "compare", "scale", "jmh").containsAll(rest)) {
      OUT.print(USAGE);
      System.exit(64);
    }
    Path work = Files.createTempDirectory("pgbound-bench");
    try {
      Bench bench = new Bench(home, work, runs, sizes);
      bench.describeMachine();
      List<String> what = rest.isEmpty() ? List.of("start", "compare", "scale") : rest;
      for (String one : what) {
        switch (one) {
          case "start" -> bench.start();
          case "compare" -> bench.compare();
          case "scale" -> bench.scale();
          default -> bench.jmh();
        }
      }
    } finally {
      if (isKept) {
        OUT.println("kept: " + work);
      } else {
        delete(work);
      }
    }
  }

  private static Optional<String> option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      return Optional.empty();
    }
    arguments.remove(at);
    return Optional.of(arguments.remove(at));
  }

  // ---- what is measured ------------------------------------------------------------------------

  private void start() throws Exception {
    head("Start: benchmarks/migration.yaml, warm archive, " + runs + " runs");
    Path folder = migration("start");
    try (Simulator aws = new Simulator(Optional.of(secretOfTheSource()))) {
      Pgbound pgbound = new Pgbound(folder, aws);
      pgbound.run("--help"); // makes the archive
      expect(pgbound.apply(), 0);
      Map<String, Step> steps = new LinkedHashMap<>();
      steps.put("--help", () -> pgbound.run("--help"));
      steps.put("validate", pgbound::validate);
      steps.put("empty plan", pgbound::emptyPlan);
      table(List.of("pgbound"), measure(runs, List.of(steps)));
    }
  }

  private void compare() throws Exception {
    Optional<Path> providers = Terraform.providers();
    boolean isThere = onPath("terraform") && providers.isPresent();
    head("The same migration: benchmarks/migration.yaml and checks/clients/terraform");
    if (!isThere) {
      OUT.println(
          onPath("terraform")
              ? "SKIPPED Terraform: there is no AWS provider 5.x on this machine"
              : "SKIPPED Terraform: it is not on this machine");
    }
    Path folder = migration("compare");
    Path configuration = work.resolve("terraform");
    copy(home.resolve("checks/clients/terraform"), configuration);
    // Terraform's configuration makes the secret of the source itself
    try (Simulator ours = new Simulator(Optional.of(secretOfTheSource()));
        Simulator theirs = new Simulator(Optional.empty())) {
      Pgbound pgbound = new Pgbound(folder, ours);
      pgbound.run("--help");
      List<Tool> tools = new ArrayList<>(List.of(pgbound));
      List<String> names = new ArrayList<>(List.of("pgbound"));
      if (isThere) {
        tools.add(new Terraform(configuration, theirs, providers.get()));
        names.add("Terraform");
      }
      for (Tool tool : tools) {
        tool.prepare();
      }
      Map<String, List<List<Sample>>> all = new LinkedHashMap<>();
      all.putAll(measure(runs, steps(tools, "validate", "first plan")));
      all.putAll(measure(1, steps(tools, "apply")));
      all.putAll(measure(runs, steps(tools, "empty plan")));
      for (Tool tool : tools) {
        tool.change();
      }
      all.putAll(measure(1, steps(tools, "update")));
      all.putAll(measure(1, steps(tools, "destroy")));
      table(names, all);
    }
  }

  private static List<Map<String, Step>> steps(List<Tool> tools, String... names) {
    List<Map<String, Step>> steps = new ArrayList<>();
    for (Tool tool : tools) {
      Map<String, Step> all = new LinkedHashMap<>();
      all.put("validate", tool::validate);
      all.put("first plan", tool::firstPlan);
      all.put("apply", tool::apply);
      all.put("empty plan", tool::emptyPlan);
      all.put("update", tool::apply);
      all.put("destroy", tool::destroy);
      all.keySet().retainAll(List.of(names));
      steps.add(all);
    }
    return steps;
  }

  private void scale() throws Exception {
    head("Size: generated files, one run of what writes, up to 3 of what reads");
    Map<Integer, Double> each = new LinkedHashMap<>();
    for (int size : sizes) {
      Path folder = Files.createDirectory(work.resolve("size-" + size));
      Files.writeString(folder.resolve("migration.yaml"), generated(size));
      try (Simulator aws = new Simulator(Optional.empty())) {
        Pgbound pgbound = new Pgbound(folder, aws);
        OUT.println();
        OUT.printf(Locale.ROOT, "%,d resources%n", size);
        Map<String, List<List<Sample>>> all = new LinkedHashMap<>();
        all.putAll(measure(Math.min(runs, 3), steps(List.of(pgbound), "validate", "first plan")));
        all.putAll(measure(1, steps(List.of(pgbound), "apply")));
        all.putAll(measure(Math.min(runs, 3), steps(List.of(pgbound), "empty plan")));
        all.putAll(measure(1, steps(List.of(pgbound), "destroy")));
        table(List.of("pgbound"), all);
        each.put(size, median(all.get("empty plan").get(0), Sample::seconds) / size);
      }
    }
    OUT.println();
    each.forEach(
        (size, seconds) ->
            OUT.printf(
                Locale.ROOT, "empty plan, per resource of %,6d: %.3f ms%n", size, seconds * 1000));
  }

  /**
   * One network and one replication instance, and as often as it takes: a role, a secret, a
   * log group, two endpoints, a task between them and its two alarms.
   */
  private static String generated(int size) {
    Map<String, List<String>> types = new LinkedHashMap<>();
    String[] units = {
      "iam-role r%1$d: {roleName: big-r%1$d, assumeRolePolicyDocument: {Version: \"2012-10-17\","
          + " Statement: [{Effect: Allow, Principal: {Service: dms.amazonaws.com}, Action:"
          + " \"sts:AssumeRole\"}]}}",
      "secret s%1$d: {name: big/s%1$d, values: {username: dms, host: db%1$d.example.com, port:"
          + " 1521}, generated: [password]}",
      "log-group l%1$d: {logGroupName: /big/l%1$d, retentionInDays: 30}",
      "dms-endpoint a%1$d: {endpointIdentifier: big-a%1$d, endpointType: source, engineName:"
          + " oracle, databaseName: ORCL, serverName: db%1$d.example.com, port: 1521, username:"
          + " dms, password: \"${env.PASSWORD}\", oracleSettings: {failTasksOnLobTruncation:"
          + " true}}",
      "dms-endpoint b%1$d: {endpointIdentifier: big-b%1$d, endpointType: target, engineName:"
          + " aurora-postgresql, databaseName: hr, serverName: pg%1$d.example.com, port: 5432,"
          + " username: dms, password: \"${env.PASSWORD}\", sslMode: require,"
          + " postgreSQLSettings: {afterConnectScript: \"SET"
          + " session_replication_role='replica'\"}}",
      "dms-task k%1$d: {replicationTaskIdentifier: big-k%1$d, migrationType: full-load, run:"
          + " stopped, sourceEndpointArn: \"${dms-endpoint.a%1$d}\", targetEndpointArn:"
          + " \"${dms-endpoint.b%1$d}\", replicationInstanceArn: \"${dms-instance.main}\","
          + " tableMappings: {rules: [{rule-type: selection, rule-id: \"1\", rule-name: \"1\","
          + " object-locator: {schema-name: S%1$d, table-name: \"%%\"}, rule-action: include}]},"
          + " replicationTaskSettings: {FullLoadSettings: {TargetTablePrepMode: DO_NOTHING},"
          + " Logging: {EnableLogging: true}, ErrorBehavior: {DataErrorPolicy: SUSPEND_TABLE,"
          + " DataTruncationErrorPolicy: SUSPEND_TABLE}, ValidationSettings: {EnableValidation:"
          + " true, HandleCollationDiff: true}, TargetMetadata: {LobMaxSize: 64}}}",
      "cloudwatch-alarm w%1$d: {alarmName: big-w%1$d, namespace: AWS/DMS, metricName:"
          + " CDCLatencySource, statistic: Maximum, period: 60, evaluationPeriods: 5, threshold:"
          + " 300, comparisonOperator: GreaterThanThreshold, treatMissingData: missing,"
          + " alarmActions: [\"${sns-topic.alerts}\"], dimensions: [{name:"
          + " ReplicationInstanceIdentifier, value:"
          + " \"${dms-instance.main.replicationInstanceIdentifier}\"}, {name:"
          + " ReplicationTaskIdentifier, value: \"${dms-task.k%1$d.resourceId}\"}]}",
      "cloudwatch-alarm x%1$d: {alarmName: big-x%1$d, namespace: AWS/DMS, metricName:"
          + " CDCLatencyTarget, statistic: Maximum, period: 60, evaluationPeriods: 5, threshold:"
          + " 300, comparisonOperator: GreaterThanThreshold, treatMissingData: missing,"
          + " alarmActions: [\"${sns-topic.alerts}\"], dimensions: [{name:"
          + " ReplicationInstanceIdentifier, value:"
          + " \"${dms-instance.main.replicationInstanceIdentifier}\"}, {name:"
          + " ReplicationTaskIdentifier, value: \"${dms-task.k%1$d.resourceId}\"}]}",
    };
    String[] base = {
      "vpc main: {cidrBlock: 10.0.0.0/16}",
      "subnet a: {vpcId: \"${vpc.main}\", cidrBlock: 10.0.1.0/24, availabilityZoneIndex: 1}",
      "subnet b: {vpcId: \"${vpc.main}\", cidrBlock: 10.0.2.0/24, availabilityZoneIndex: 2}",
      "iam-role dms-vpc-role: {shared: true, roleName: dms-vpc-role, assumeRolePolicyDocument:"
          + " {Version: \"2012-10-17\", Statement: [{Effect: Allow, Principal: {Service:"
          + " dms.amazonaws.com}, Action: \"sts:AssumeRole\"}]}, managedPolicyArns:"
          + " [\"arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole\"]}",
      "iam-role dms-cloudwatch-logs-role: {shared: true, roleName: dms-cloudwatch-logs-role,"
          + " assumeRolePolicyDocument: {Version: \"2012-10-17\", Statement: [{Effect: Allow,"
          + " Principal: {Service: dms.amazonaws.com}, Action: \"sts:AssumeRole\"}]},"
          + " managedPolicyArns:"
          + " [\"arn:aws:iam::aws:policy/service-role/AmazonDMSCloudWatchLogsRole\"]}",
      "dms-subnet-group main: {replicationSubnetGroupIdentifier: big,"
          + " replicationSubnetGroupDescription: big, subnetIds: [\"${subnet.a}\","
          + " \"${subnet.b}\"]}",
      "sns-topic alerts: {name: big, publishers: [cloudwatch.amazonaws.com]}",
      "dms-instance main: {replicationInstanceIdentifier: big, replicationInstanceClass:"
          + " dms.r6i.large, replicationSubnetGroupIdentifier: \"${dms-subnet-group.main}\"}",
    };
    for (int at = 0; at < size; at++) {
      String line =
          at < base.length
              ? base[at]
              : String.format(
                  Locale.ROOT,
                  units[(at - base.length) % units.length],
                  (at - base.length) / units.length);
      int space = line.indexOf(' ');
      types
          .computeIfAbsent(line.substring(0, space), type -> new ArrayList<>())
          .add("    " + line.substring(space + 1));
    }
    StringBuilder file = new StringBuilder("version: 1\nmigration: big\nregion: us-east-1\n");
    file.append("resources:\n");
    types.forEach(
        (type, lines) ->
            file.append("  ").append(type).append(":\n").append(String.join("\n", lines))
                .append('\n'));
    return file.toString();
  }

  private void jmh() throws Exception {
    head("JMH: graph, diff, output");
    Process maven =
        new ProcessBuilder(
                "mvn", "-B", "-q", "-ntp", "-Dquick", "-Pjmh", "-Dmaven.test.skip=true", "package",
                "-pl", "benchmarks", "-am")
            .directory(home.toFile())
            .inheritIO()
            .start();
    if (maven.waitFor() != 0) {
      throw new IllegalStateException("the benchmarks do not build");
    }
    Path target = home.resolve("benchmarks/target");
    Process jmh =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "org.openjdk.jmh.Main")
            .inheritIO()
            .start();
    if (jmh.waitFor() != 0) {
      throw new IllegalStateException("JMH failed");
    }
  }

  // ---- the tools -------------------------------------------------------------------------------

  /** One command of a tool, as a user would give it. */
  private interface Step {
    Sample run() throws Exception;
  }

  private interface Tool {
    void prepare() throws Exception;

    Sample validate() throws Exception;

    Sample firstPlan() throws Exception;

    Sample apply() throws Exception;

    Sample emptyPlan() throws Exception;

    /** Writes two other values into the file. */
    void change() throws Exception;

    Sample destroy() throws Exception;
  }

  private final class Pgbound implements Tool {
    private final Path file;
    private final Simulator aws;

    Pgbound(Path folder, Simulator aws) {
      file = folder.resolve("migration.yaml");
      this.aws = aws;
    }

    Sample run(String... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of(home.resolve("pgbound").toString()));
      command.addAll(List.of(arguments));
      return Bench.this.run(command, file.getParent(), aws, Map.of());
    }

    private Sample there(String command, String... options) throws Exception {
      List<String> all =
          new ArrayList<>(List.of(command, file.toString(), "--endpoint-url", aws.url()));
      all.addAll(List.of(options));
      return run(all.toArray(String[]::new));
    }

    @Override
    public void prepare() {}

    @Override
    public Sample validate() throws Exception {
      return expect(run("validate", file.toString()), 0);
    }

    @Override
    public Sample firstPlan() throws Exception {
      return expect(there("plan", "--detailed-exitcode"), 2);
    }

    @Override
    public Sample apply() throws Exception {
      return expect(there("apply", "--auto-approve"), 0);
    }

    @Override
    public Sample emptyPlan() throws Exception {
      return expect(there("plan", "--detailed-exitcode"), 0);
    }

    @Override
    public void change() throws IOException {
      replace(file, "backupRetentionPeriod: 7", "backupRetentionPeriod: 8");
      replace(file, "threshold: 300", "threshold: 600");
    }

    @Override
    public Sample destroy() throws Exception {
      return expect(there("destroy", "--auto-approve", "--allow", "destroys-data"), 0);
    }
  }

  private final class Terraform implements Tool {
    private final Path folder;
    private final Simulator aws;
    private final Path mirror;

    Terraform(Path folder, Simulator aws, Path mirror) {
      this.folder = folder;
      this.aws = aws;
      this.mirror = mirror;
    }

    /** A folder that is laid out as a mirror of providers and has the one for AWS. */
    static Optional<Path> providers() throws IOException {
      for (String root :
          List.of(
              "/opt",
              "/usr/share",
              "/usr/local/share",
              System.getProperty("user.home") + "/.terraform.d")) {
        if (Files.isDirectory(Path.of(root))) {
          try (Stream<Path> found =
              Files.find(
                  Path.of(root),
                  6,
                  (path, kind) -> kind.isDirectory() && path.toString().contains("hashicorp/aws/5."))) {
            Optional<Path> version = found.findFirst();
            if (version.isPresent()) {
              return Optional.of(version.get().resolve("../../../..").normalize());
            }
          }
        }
      }
      return Optional.empty();
    }

    private Sample run(String... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of("terraform", "-chdir=" + folder));
      command.addAll(List.of(arguments));
      return Bench.this.run(
          command,
          folder,
          aws,
          Map.of(
              "TF_CLI_CONFIG_FILE", folder.resolve("terraformrc").toString(),
              "CHECKPOINT_DISABLE", "1"));
    }

    @Override
    public void prepare() throws Exception {
      Files.writeString(
          folder.resolve("terraformrc"),
          "provider_installation {\n  filesystem_mirror {\n    path = \"" + mirror + "\"\n  }\n}\n");
      expect(run("init", "-input=false", "-no-color"), 0);
    }

    @Override
    public Sample validate() throws Exception {
      return expect(run("validate", "-no-color"), 0);
    }

    @Override
    public Sample firstPlan() throws Exception {
      return expect(run("plan", "-input=false", "-no-color", "-detailed-exitcode"), 2);
    }

    @Override
    public Sample apply() throws Exception {
      return expect(run("apply", "-input=false", "-no-color", "-auto-approve"), 0);
    }

    @Override
    public Sample emptyPlan() throws Exception {
      return expect(run("plan", "-input=false", "-no-color", "-detailed-exitcode"), 0);
    }

    @Override
    public void change() throws IOException {
      Path file = folder.resolve("main.tf");
      replace(file, "backup_retention_period         = 7", "backup_retention_period = 8");
      replace(file, "threshold           = 300", "threshold = 600");
    }

    @Override
    public Sample destroy() throws Exception {
      return expect(run("destroy", "-input=false", "-no-color", "-auto-approve"), 0);
    }
  }

  /** A simulated AWS account of its own process; its log counts the calls. */
  private final class Simulator implements AutoCloseable {
    /** Fast enough not to wait for AWS, slow enough for a run to be over within its first days. */
    private static final String SPEED = "300x";

    private final Process process;
    private final String url;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param seed what the account holds before */
    Simulator(Optional<Path> seed) throws Exception {
      List<String> command =
          new ArrayList<>(
              List.of(
                  home.resolve("pgbound").toString(),
                  "simulator",
                  "--port",
                  "0",
                  "--speed",
                  SPEED,
                  "--log"));
      seed.ifPresent(file -> command.addAll(List.of("--seed", file.toString())));
      process = new ProcessBuilder(command).start();
      Thread counter = new Thread(this::count, "log of the simulator");
      counter.setDaemon(true);
      counter.start();
      url =
          Optional.ofNullable(
                  new BufferedReader(
                          new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                      .readLine())
              .orElseThrow(() -> new IllegalStateException("the simulator does not start"));
    }

    private void count() {
      try (BufferedReader log =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
          if (REQUEST.matcher(line).matches()) {
            calls.incrementAndGet();
          }
        }
      } catch (IOException e) {
        // the simulator has ended
      }
    }

    String url() {
      return url;
    }

    int calls() {
      return calls.get();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      process.waitFor(20, TimeUnit.SECONDS);
    }
  }

  // ---- measuring -------------------------------------------------------------------------------

  /** One run of one command. */
  private record Sample(int code, double seconds, double cpu, long mebibytes, int calls, Path log) {}

  private interface Number {
    double of(Sample sample);
  }

  /** Step → tool → runs; the tools take turns, and who begins changes from run to run. */
  private static Map<String, List<List<Sample>>> measure(int runs, List<Map<String, Step>> tools)
      throws Exception {
    Map<String, List<List<Sample>>> all = new LinkedHashMap<>();
    for (String step : tools.get(0).keySet()) {
      List<List<Sample>> samples = new ArrayList<>();
      tools.forEach(tool -> samples.add(new ArrayList<>()));
      for (int run = 0; run < runs; run++) {
        for (int turn = 0; turn < tools.size(); turn++) {
          int tool = (run + turn) % tools.size();
          samples.get(tool).add(tools.get(tool).get(step).run());
        }
      }
      all.put(step, samples);
    }
    return all;
  }

  private Sample run(List<String> command, Path folder, Simulator aws, Map<String, String> more)
      throws Exception {
    Path log = Files.createTempFile(work, "run", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("CI"); // there the launcher makes no archive
    environment.put("AWS_ACCESS_KEY_ID", "simulated");
    environment.put("AWS_SECRET_ACCESS_KEY", "none");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_ENDPOINT_URL", aws.url());
    environment.put("PASSWORD", "only-simulated");
    environment.putAll(more);
    int before = aws.calls();
    double cpuBefore = cpuOfEndedChildren();
    long begun = System.nanoTime();
    Process process = builder.start();
    Memory memory = new Memory(process);
    memory.start();
    int code = process.waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    memory.join();
    double cpu = cpuOfEndedChildren() - cpuBefore;
    Thread.sleep(50); // the last lines of the simulator's log
    return new Sample(code, seconds, cpu, memory.peak(), aws.calls() - before, log);
  }

  /** User and system time of all processes below this one that have ended; 0 where unknown. */
  private static double cpuOfEndedChildren() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String line = Files.readString(stat);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
  }

  /** Looks again and again what a process and those below it have in memory. */
  private static final class Memory extends Thread {
    private final Process process;
    private final Map<Long, Long> highest = new ConcurrentHashMap<>();
    private long peak;
    private int looks;

    Memory(Process process) {
      this.process = process;
      setDaemon(true);
    }

    /** The largest sum of what was resident at one moment, in MiB. */
    long peak() {
      long single = highest.isEmpty() ? 0 : Collections.max(highest.values());
      return Math.max(peak, single) / 1024;
    }

    @Override
    public void run() {
      while (process.isAlive()) {
        long now =
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(one -> look(one.pid()))
                .sum();
        peak = Math.max(peak, now);
        try {
          // seldom in long runs, so that looking takes no time from what is looked at
          Thread.sleep(looks++ < 200 ? 10 : 200);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private long look(long pid) {
      try {
        long resident = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          if (line.startsWith("VmHWM:")) {
            highest.merge(pid, kibibytes(line), Math::max);
          } else if (line.startsWith("VmRSS:")) {
            resident = kibibytes(line);
          }
        }
        return resident;
      } catch (IOException e) {
        return 0; // it has just ended, or this is no Linux
      }
    }

    private static long kibibytes(String line) {
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private static Sample expect(Sample sample, int code) throws IOException {
    if (sample.code() != code) {
      OUT.println(Files.readString(sample.log()));
      throw new IllegalStateException("exit code " + sample.code() + " instead of " + code);
    }
    return sample;
  }

  private static double median(List<Sample> samples, Number number) {
    double[] sorted = samples.stream().mapToDouble(number::of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  // ---- output ----------------------------------------------------------------------------------

  private void describeMachine() throws Exception {
    Path cpus = Path.of("/proc/cpuinfo");
    String model =
        Files.exists(cpus)
            ? Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("")
            : "";
    OUT.printf(
        Locale.ROOT,
        "Machine: %s %s, %d processors %s, %s%n",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        model,
        memory());
    OUT.println("Java: " + System.getProperty("java.vm.version"));
    Path load = Path.of("/proc/loadavg");
    if (Files.exists(load)) {
      OUT.println("Load before: " + Files.readString(load).split(" ")[0]);
    }
    if (onPath("terraform")) {
      Process version = new ProcessBuilder("terraform", "version").start();
      OUT.println(
          new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElse(""));
    }
    OUT.println("Each cell: minimum / median / maximum");
  }

  private static String memory() throws IOException {
    Path info = Path.of("/proc/meminfo");
    return Files.exists(info)
        ? Long.parseLong(Files.readAllLines(info).get(0).replaceAll("\\D", "")) / 1024 + " MiB"
        : "";
  }

  private static void head(String title) {
    OUT.println();
    OUT.println("== " + title);
  }

  private static void table(List<String> tools, Map<String, List<List<Sample>>> all) {
    OUT.printf(
        Locale.ROOT,
        "%-11s %-10s %-22s %-22s %-16s %s%n",
        "",
        "",
        "wall s",
        "CPU s",
        "peak MiB",
        "AWS calls");
    all.forEach(
        (step, samples) -> {
          for (int tool = 0; tool < tools.size(); tool++) {
            OUT.printf(
                Locale.ROOT,
                "%-11s %-10s %-22s %-22s %-16s %s%n",
                tool == 0 ? step : "",
                tools.get(tool),
                spread(samples.get(tool), Sample::seconds, "%.2f"),
                spread(samples.get(tool), Sample::cpu, "%.2f"),
                spread(samples.get(tool), Sample::mebibytes, "%.0f"),
                spread(samples.get(tool), Sample::calls, "%.0f"));
          }
          if (tools.size() == 2) {
            OUT.printf(
                Locale.ROOT,
                "%-11s %-10s %-22s %-22s %-16s %s%n",
                "",
                "ratio",
                ratio(samples, Sample::seconds),
                ratio(samples, Sample::cpu),
                ratio(samples, Sample::mebibytes),
                ratio(samples, Sample::calls));
          }
        });
  }

  /** Minimum, median and maximum; one number where there was one run or all are the same. */
  private static String spread(List<Sample> samples, Number number, String format) {
    String[] all =
        samples.stream()
            .mapToDouble(number::of)
            .sorted()
            .mapToObj(one -> String.format(Locale.ROOT, format, one))
            .toArray(String[]::new);
    if (all[0].equals(all[all.length - 1])) {
      return all[0];
    }
    return String.join(" / ", all[0], all[all.length / 2], all[all.length - 1]);
  }

  private static String ratio(List<List<Sample>> samples, Number number) {
    double ours = median(samples.get(0), number);
    double theirs = median(samples.get(1), number);
    return ours == 0 ? "-" : String.format(Locale.ROOT, "1 : %.1f", theirs / ours);
  }

  // ---- files -----------------------------------------------------------------------------------

  private Path migration(String name) throws IOException {
    Path folder = Files.createDirectory(work.resolve(name));
    Files.copy(home.resolve("benchmarks/migration.yaml"), folder.resolve("migration.yaml"));
    return folder;
  }

  private Path secretOfTheSource() {
    return home.resolve("examples/hr/simulated-account.yaml");
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void replace(Path file, String old, String by) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(old)) {
      throw new IllegalStateException(file + " has no \"" + old + "\"");
    }
    Files.writeString(file, text.replace(old, by));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type.ObjectType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random secrets stand in every place where a secret can be. None of them shows in an output, a
 * file, a tag, a journal, or the command line of a process; the simulated AWS, which plays the
 * service that has to know them, holds each one, and so proves that the search would find it.
 */
class CanaryTest {

  /** Which attributes take a secret, and what stands for it in the file. */
  private static final Map<String, String> PLACES =
      Map.of(
          "db-cluster.masterUserPassword", "MASTER",
          "secret.secretValues", "APP",
          "dms-endpoint.password", "PLAIN",
          "dms-endpoint.postgreSQLSettings.password", "POSTGRES",
          "dms-endpoint.oracleSettings.password", "ORACLE",
          "dms-endpoint.oracleSettings.asmPassword", "ASM",
          "dms-endpoint.oracleSettings.securityDbEncryption", "TDE");

  private static final String RESOURCES =
      """
      resources:
        secret:
          app:
            values: {username: app}
            secretValues: {password: "${env.APP}"}
            generated: [token]
        dms-endpoint:
          plain:
            endpointType: source
            engineName: oracle
            databaseName: ORCL
            username: dms
            password: "${env.PLAIN}"
            serverName: oracle.example.com
            port: 1521
            oracleSettings:
              asmServer: oracle.example.com:1521/+ASM
              asmUser: asm
              asmPassword: "${env.ASM}"
              securityDbEncryption: "${env.TDE}"
              securityDbEncryptionName: tde
          oracle:
            endpointType: source
            engineName: oracle
            oracleSettings:
              databaseName: ORCL
              username: dms
              password: "${env.ORACLE}"
              serverName: oracle.example.com
              port: 1521
          postgres:
            endpointType: target
            engineName: postgres
            postgreSQLSettings:
              databaseName: hr
              username: dms
              password: "${env.POSTGRES}"
              serverName: pg.example.com
              port: 5432
      """;

  private static final String NETWORK =
      """
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
        subnet:
          a: {vpcId: "${vpc.main}", cidrBlock: 10.0.1.0/24, availabilityZoneIndex: 1}
          b: {vpcId: "${vpc.main}", cidrBlock: 10.0.2.0/24, availabilityZoneIndex: 2}
        db-subnet-group:
          main: {dbSubnetGroupDescription: x, subnetIds: ["${subnet.a}", "${subnet.b}"]}
        db-cluster:
          target:
            engine: aurora-postgresql
            masterUsername: owner
            masterUserPassword: "${env.MASTER}"
            dbSubnetGroupName: "${db-subnet-group.main}"
        iam-role:
          dms-vpc-role:
            shared: true
            roleName: dms-vpc-role
            assumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - Effect: Allow
                  Principal: {Service: dms.amazonaws.com}
                  Action: "sts:AssumeRole"
            managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole"]
        dms-subnet-group:
          main:
            replicationSubnetGroupDescription: x
            subnetIds: ["${subnet.a}", "${subnet.b}"]
        dms-instance:
          main:
            replicationInstanceClass: dms.r6i.large
            replicationSubnetGroupIdentifier: "${dms-subnet-group.main}"
        dms-connection-test:
          plain:
            endpointArn: "${dms-endpoint.plain}"
            replicationInstanceArn: "${dms-instance.main}"
          oracle:
            endpointArn: "${dms-endpoint.oracle}"
            replicationInstanceArn: "${dms-instance.main}"
      """;

  private static final String HEAD = "version: 1\nmigration: canary\nregion: us-east-1\n";

  /** What a secret that pgbound has made looks like in the state of the simulated AWS. */
  private static final Pattern GENERATED =
      Pattern.compile("\\\\\"(?:token|password)\\\\\":\\\\\"(.*?)\\\\\"");

  private static final Path STATE = Path.of(".pgbound", "simulator");

  @TempDir private Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Set<String> canaries = new TreeSet<>();
  private final StringBuilder said = new StringBuilder();

  CanaryTest() {
    PLACES.values().forEach(this::newCanary);
    environment.put("PGBOUND_DEBUG", "1");
  }

  @Test
  void standsInEveryPlaceThatTakesASecret() {
    Set<String> places = new TreeSet<>();
    try (Session session = Session.offline(folder)) {
      session
          .registry()
          .schemas()
          .forEach(schema -> collect(schema.type(), schema.attributes(), places));
    }

    // a role needs a database; what its password passes through is the same
    assertThat(places.remove("postgres-role.password")).isTrue();
    assertThat(places).isEqualTo(new TreeSet<>(PLACES.keySet()));
    assertThat(RESOURCES + NETWORK)
        .contains(PLACES.values().stream().map(name -> "${env." + name + "}").toList());
  }

  @Test
  void showsNowhereInTheLifeOfAMigration() throws IOException {
    Shell shell = entrusted(new Shell(folder));
    shell.write("migration.yaml", HEAD + RESOURCES + NETWORK);
    look(shell);
    run(shell, 0, "apply", "--auto-approve", "--fault", "rds:CreateDBCluster:1:throttling");
    remember();
    look(shell);

    // another change of a cluster leaves its password as it is
    PLACES.values().stream().filter(name -> !name.equals("MASTER")).forEach(this::newCanary);
    entrusted(shell);
    shell.write(
        "migration.yaml",
        shell
            .read("migration.yaml")
            .replace("values: {username: app}", "values: {username: app2}")
            .replace("oracle.example.com", "oracle2.example.com")
            .replace("pg.example.com", "pg2.example.com")
            .replace("masterUserPassword:", "backupRetentionPeriod: 9\n      masterUserPassword:"));
    plan(shell, "changed.json");
    keep(shell.on("changed.json", "apply", "--simulate", "--auto-approve"), 0);
    remember();
    keep(shell.plain("diff", path("plan.json"), path("changed.json")), 0);
    keep(shell.run("unlock", "--simulate"), 0);
    adoptAsSomebodyElse(shell);
    List<String> denied = List.of("--fault", "dms:DeleteEndpoint:1:access-denied");
    run(shell, 4, "destroy", "--auto-approve", "--allow", "destroys-data", denied);
    run(shell, 0, "destroy", "--auto-approve", "--allow", "destroys-data");

    assertNothingShows();
  }

  @Test
  void showsNotWhereAwsRepeatsTheRequestItRefuses() throws IOException {
    Shell shell = entrusted(new Shell(folder));
    shell.write("migration.yaml", HEAD + RESOURCES + NETWORK);
    Set<String> commandLines = new TreeSet<>();
    try (ServedAws aws = new ServedAws()) {
      for (String operation : List.of("CreateSecret", "CreateEndpoint", "CreateDBCluster")) {
        aws.repeatRequests(operation);
      }
      try (Child apply =
          new Child(folder, aws, environment, "apply", "migration.yaml", "--auto-approve")) {
        do {
          commandLines.addAll(commandLines());
        } while (!apply.endsWithin(300));
        assertThat(apply.code()).as(apply.printed()).isEqualTo(4);
        said.append(apply.printed());
      }
      assertThat(aws.repeated()).as("requests that AWS repeated").hasSize(5);
      String repeated = String.join("\n", aws.repeated());
      rememberGenerated(repeated);
      assertThat(placesKnownIn(repeated)).isEqualTo(new TreeSet<>(PLACES.values()));
    }

    assertThat(said).contains("(sensitive)");
    assertThat(commandLines.toString()).contains("migration.yaml");
    said.append(commandLines);
    assertNothingShows();
  }

  @Test
  void showsNotWhenItIsWrittenIntoTheFileByMistake() {
    Shell shell = entrusted(new Shell(folder));
    String literals = HEAD + RESOURCES + NETWORK;
    for (String name : PLACES.values()) {
      literals = literals.replace("\"${env." + name + "}\"", canary(name));
    }
    List<String> mistakes =
        List.of(
            literals,
            literals.replace("assword:", "asswort:"),
            literals.replace("password: ", "password:\n                "),
            literals
                .replace("password: ", "password: {text: ")
                .replace("serverName", "}serverName"),
            literals.replace("password: ", "password: \""),
            literals.replace("password: ", "password: [") + "\n]",
            HEAD
                + "variables: {secret: "
                + canary("APP")
                + "}\n"
                + (RESOURCES + NETWORK).replaceAll("\\$\\{env\\.\\w+}", "\\${var.secret}"));
    for (String mistake : mistakes) {
      shell.write("migration.yaml", mistake);
      for (String format : List.of("text", "json", "sarif")) {
        keep(shell.run("validate", "--format", format), 65);
      }
      keep(shell.run("expand"), 65);
      run(shell, 65, "plan");
      run(shell, 65, "apply", "--auto-approve");
    }
    said.append(canary("APP"));
    assertThat(shown()).as("the search finds what is there").isNotEmpty();
    said.setLength(said.length() - canary("APP").length());

    assertThat(shown()).isEmpty();
  }

  private void look(Shell shell) {
    for (String format : List.of("text", "json", "sarif")) {
      keep(shell.run("validate", "--format", format), 0);
    }
    keep(shell.run("expand"), 0);
    keep(shell.run("graph", "--format", "mermaid"), 0);
    keep(shell.run("graph", "--format", "dot"), 0);
    for (String format : List.of("text", "markdown", "json", "html", "sarif")) {
      run(shell, 0, "plan", "--format", format);
    }
    plan(shell, "plan.json");
  }

  private void plan(Shell shell, String name) {
    List<String> outputs = new ArrayList<>(List.of("--out", path(name)));
    for (String format : List.of("markdown", "html", "sarif", "text")) {
      outputs.addAll(List.of("--write", format + "=" + path(name + "." + format)));
    }
    run(shell, 0, "plan", outputs);
  }

  /** Without the tags of pgbound the same objects are somebody else's. */
  private void adoptAsSomebodyElse(Shell shell) throws IOException {
    Path other = Files.createDirectories(folder.resolve("other").resolve(STATE));
    String state = Files.readString(folder.resolve(STATE).resolve("state.json"));
    Files.writeString(other.resolve("state.json"), state.replace("\"pgbound:", "\"former:"));
    String file = folder.resolve("other").resolve("migration.yaml").toString();
    Result adopted =
        shell.plain("adopt", "--all", "--simulate", "--migration", "other", "--out", file);
    keep(adopted, 0);
    Files.delete(other.resolve("state.json"));
  }

  /** Runs a command on the simulated AWS. */
  private void run(Shell shell, int code, String command, Object... options) {
    List<String> all = new ArrayList<>();
    for (Object option : options) {
      if (option instanceof List<?> several) {
        several.forEach(one -> all.add((String) one));
      } else {
        all.add((String) option);
      }
    }
    all.add("--simulate");
    keep(shell.run(command, all.toArray(String[]::new)), code);
  }

  private void keep(Result result, int code) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(code);
    said.append(result.out()).append(result.err());
  }

  private String canary(String name) {
    return Objects.requireNonNull(environment.get(name));
  }

  private Shell entrusted(Shell shell) {
    environment.forEach(shell::set);
    return shell;
  }

  private void newCanary(String name) {
    String canary = "Canary" + UUID.randomUUID().toString().replace("-", "");
    environment.put(name, canary);
    canaries.add(canary);
  }

  /** AWS knows every secret, and no tag holds one. */
  private void remember() throws IOException {
    String state = Files.readString(folder.resolve(STATE).resolve("state.json"));
    assertThat(state.contains("pgbound:digest")).isTrue();
    assertThat(placesKnownIn(state)).isEqualTo(new TreeSet<>(PLACES.values()));
    rememberGenerated(state);
    collectTags(new JsonMapper().readTree(state));
  }

  private Set<String> placesKnownIn(String text) {
    Set<String> known = new TreeSet<>(PLACES.values());
    known.removeIf(name -> !text.contains(canary(name)));
    return known;
  }

  /** What pgbound has made itself, and what RDS and the user of the example have. */
  private void rememberGenerated(String text) {
    List<String> found = GENERATED.matcher(text).results().map(one -> one.group(1)).toList();
    assertThat(found).isNotEmpty();
    canaries.addAll(found);
  }

  private void collectTags(JsonNode node) {
    node.properties()
        .forEach(
            member -> {
              if (member.getKey().equals("tags")) {
                said.append(member.getValue());
              } else {
                collectTags(member.getValue());
              }
            });
    if (node.isArray()) {
      node.values().forEach(this::collectTags);
    }
  }

  private static void collect(String place, List<Attribute> attributes, Set<String> places) {
    for (Attribute attribute : attributes) {
      String here = place + "." + attribute.name();
      if (attribute.is(Flag.SENSITIVE)) {
        places.add(here);
      } else if (attribute.type() instanceof ObjectType object) {
        collect(here, object.attributes(), places);
      }
    }
  }

  /** How every process of this machine that can be seen was called. */
  private static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
        .map(CanaryTest::readIfThere)
        .map(line -> line.replace('\0', ' '))
        .toList();
  }

  private static String readIfThere(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void assertNothingShows() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(folder.resolve(STATE)))
              .filter(file -> !file.endsWith("simulated-account.yaml"))
              .toList();
    }
    assertThat(files).anyMatch(file -> file.toString().endsWith(".ndjson"));
    for (Path file : files) {
      said.append(Files.readString(file));
    }
    assertThat(shown()).isEmpty();
  }

  /** The surroundings of every canary in what was said. */
  private List<String> shown() {
    List<String> places = new ArrayList<>();
    for (String canary : canaries) {
      for (int at = said.indexOf(canary); at >= 0; at = said.indexOf(canary, at + 1)) {
        places.add(said.substring(Math.max(0, at - 150), at + canary.length()));
      }
    }
    return places;
  }
}

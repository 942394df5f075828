package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file for a setup that is there: as short as it can be, and its plan is empty. */
class AdoptAllTest {

  private static final Path SEEDS = Path.of("src/test/resources/adopt");

  /** Stands in every password of the seeds. */
  private static final String CANARY = "only-simulated";

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
  }

  @Test
  void takesOverWhatTerraformMade() {
    given(SEEDS.resolve("terraform.yaml"));

    Result drafted = adoptAll();

    assertThat(drafted.code()).as(drafted.err()).isZero();
    assertThat(drafted.out()).isEmpty();
    assertThat(drafted.err())
        .isEqualTo(
            """
            adopt: 16 objects of the migration crm to take over, 2 only looked up, 0 left out.
            Nothing was written to AWS. Read the file, change what you want, and take over what it\
             declares: pgbound adopt -f migration.yaml
            """);
    Golden.assertEqual("adopt/terraform.yaml", shell.read("migration.yaml"));
    takeOver();
    thePlanShowsOnlyTheLine(
        "TargetMetadata: {LobMaxSize: 64}",
        "TargetMetadata: {LobMaxSize: 96}",
        "dms-task.full",
        "replicationTaskSettings.TargetMetadata.LobMaxSize  64 → 96");
  }

  @Test
  void usesTheShortFormForWhatItStandsFor() {
    given(Shell.PROJECT.resolve("docs/adopt/simulated-account.yaml"));

    assertThat(adoptAll().code()).isZero();

    Golden.assertEqual("adopt/by-hand.yaml", shell.read("migration.yaml"));
    takeOver();
    thePlanShowsOnlyTheLine(
        "{LobMaxSize: 64}",
        "{LobMaxSize: 96}",
        "dms-task.hr",
        "replicationTaskSettings.TargetMetadata.LobMaxSize  64 → 96");
  }

  @Test
  void leavesTheDefaultNetworkAloneAndAsksForPasswordsOnlyWhereTheyAreNeeded() {
    given(SEEDS.resolve("console.yaml"));

    Result drafted = adoptAll();

    assertThat(drafted.code()).isZero();
    Golden.assertEqual("adopt/console.yaml", shell.read("migration.yaml"));
    // Without the passwords in the environment: only a change of these objects needs them.
    takeOver();
    thePlanShowsOnlyTheLine(
        "allocatedStorage: 50",
        "allocatedStorage: 60",
        "dms-instance.main",
        "allocatedStorage  50 → 60");
    assertThat(Stream.of(shell.read("migration.yaml"), drafted.err(), journals()))
        .noneMatch(text -> text.contains(CANARY));
  }

  @Test
  void takesOverAtOnceWhereSomebodyHasApprovedBeforehand() {
    given(SEEDS.resolve("terraform.yaml"));

    Result taken = adoptAll("--auto-approve");

    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.out())
        .endsWith("adopt: 16 objects taken over\nplan: no changes; 19 resources as declared\n");
    assertThat(taken.err()).doesNotContain("Nothing was written");
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void writesALostFileAnew() {
    given(SEEDS.resolve("terraform.yaml"));
    adoptAll("--auto-approve");
    String first = shell.read("migration.yaml");
    delete("migration.yaml");

    Result refused = adoptAll();
    Result anew = adoptAll("--migration", "crm");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "dms-instance crm-dms belongs to the migration crm already. If its file is lost, write"
                + " it anew with --migration crm.");
    assertThat(anew.code()).isZero();
    assertThat(shell.read("migration.yaml")).isEqualTo(first);
  }

  @Test
  void wantsToKnowWhichSetupIsMeantAndTakesNothingOfTheOther() {
    shell.write("simulated-account.yaml", TWO_SETUPS);

    Result which = adoptAll();
    Result unknown = adoptAll("--instance", "crm-all");
    Result one = adoptAll("--instance", "crm");

    assertThat(which.code()).isEqualTo(64);
    assertThat(which.err())
        .isEqualTo(
            "Error: There are several setups; say which one with --instance, or several at once."
                + " There are: crm (0 parts), sales (1 part).\n");
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err())
        .contains("There is no replication instance crm-all. There are: crm (0 parts), sales");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(shell.read("migration.yaml"))
        .contains("migration: crm\n", "replicationInstanceClass: dms.t3.medium")
        .contains("# Only looked up: dms-subnet-group sales uses it as well")
        .contains("existing: {subnetId: subnet-")
        .doesNotContain("dms-endpoint", "dms.r6i.large");
  }

  @Test
  void addsWhatNobodyCouldKnowToBelongToIt() {
    shell.write("simulated-account.yaml", TWO_SETUPS);

    Result with = adoptAll("--instance", "crm", "--with", "crm-alerts");
    delete("migration.yaml");
    Result unknown = adoptAll("--instance", "crm", "--with", "nobody");

    assertThat(with.code()).as(with.err()).isZero();
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err()).contains("There is no object called nobody for --with.");
  }

  @Test
  void findsNothingInAnEmptyAccount() {
    Result nothing = adoptAll();

    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err())
        .isEqualTo(
            "Error: There is no replication instance in account 123456789012, us-east-1, from which"
                + " a setup could be found. Check the account and the region.\n");
    assertThat(shell.file("migration.yaml")).doesNotExist();
  }

  @Test
  void overwritesNoFile() {
    shell.write("migration.yaml", "mine");

    Result refused = adoptAll();

    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err())
        .isEqualTo("Error: migration.yaml exists, and --out overwrites nothing; name another.\n");
    assertThat(shell.read("migration.yaml")).isEqualTo("mine");
  }

  private static final String TWO_SETUPS =
      """
      - ec2.CreateVpc: {cidrBlock: 10.0.0.0/16}
        as: vpc
      - ec2.CreateSubnet:
          {vpcId: "${vpc.vpc.vpcId}", cidrBlock: 10.0.1.0/24, availabilityZone: us-east-1a}
        as: a
      - ec2.CreateSubnet:
          {vpcId: "${vpc.vpc.vpcId}", cidrBlock: 10.0.2.0/24, availabilityZone: us-east-1b}
        as: b
      - iam.CreateRole:
          roleName: dms-vpc-role
          assumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"dms.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
      - iam.AttachRolePolicy:
          roleName: dms-vpc-role
          policyArn: arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole
      - dms.CreateReplicationSubnetGroup:
          replicationSubnetGroupIdentifier: crm
          replicationSubnetGroupDescription: of crm
          subnetIds: ["${a.subnet.subnetId}", "${b.subnet.subnetId}"]
      - dms.CreateReplicationSubnetGroup:
          replicationSubnetGroupIdentifier: sales
          replicationSubnetGroupDescription: of sales
          subnetIds: ["${a.subnet.subnetId}", "${b.subnet.subnetId}"]
      - dms.CreateReplicationInstance:
          replicationInstanceIdentifier: crm
          replicationInstanceClass: dms.t3.medium
          replicationSubnetGroupIdentifier: crm
      - dms.CreateReplicationInstance:
          replicationInstanceIdentifier: sales
          replicationInstanceClass: dms.r6i.large
          replicationSubnetGroupIdentifier: sales
        as: sales
      - dms.CreateEndpoint:
          endpointIdentifier: oracle
          endpointType: source
          engineName: oracle
          serverName: oracle.example.com
          port: 1521
          username: dms
          password: only-simulated
          databaseName: SALES
        as: source
      - dms.CreateEndpoint:
          endpointIdentifier: postgres
          endpointType: target
          engineName: postgres
          serverName: postgres.example.com
          port: 5432
          username: dms
          password: only-simulated
          databaseName: sales
        as: target
      - dms.CreateReplicationTask:
          replicationTaskIdentifier: sales
          migrationType: full-load
          sourceEndpointArn: ${source.endpoint.endpointArn}
          targetEndpointArn: ${target.endpoint.endpointArn}
          replicationInstanceArn: ${sales.replicationInstance.replicationInstanceArn}
          tableMappings: '{"rules":[{"rule-type":"selection","rule-id":"1","rule-name":"1","object-locator":{"schema-name":"SALES","table-name":"%"},"rule-action":"include"}]}'
      - sns.CreateTopic: {name: crm-alerts}
      """;

  private void given(Path seed) {
    try {
      Files.copy(seed, shell.file("simulated-account.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result adoptAll(String... options) {
    List<String> start =
        List.of("adopt", "--all", "--simulate", "--out", shell.file("migration.yaml").toString());
    return shell.plain(Stream.concat(start.stream(), Stream.of(options)).toArray(String[]::new));
  }

  private void takeOver() {
    Result valid = shell.run("validate");
    assertThat(valid.code()).as(valid.err()).isZero();
    Result taken =
        shell.plain(
            "adopt", "-f", shell.file("migration.yaml").toString(), "--simulate", "--auto-approve");
    assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
    Result plan = shell.run("plan", "--simulate", "--detailed-exitcode");
    assertThat(plan.code()).as(plan.out()).isZero();
  }

  private void thePlanShowsOnlyTheLine(String before, String after, String address, String line) {
    String file = shell.read("migration.yaml");
    assertThat(file).containsOnlyOnce(before);
    shell.write("migration.yaml", file.replace(before, after));

    Result plan = shell.run("plan", "--simulate", "--detailed-exitcode");

    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.out()).contains(address, line, "0 create, 1 update, 0 replace, 0 delete");
    assertThat(plan.out().replaceAll("steps: .*", "")).containsOnlyOnce(" → ");
  }

  private String journals() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(shell.file(".pgbound/runs"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void delete(String name) {
    try {
      Files.delete(shell.file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are there already become those of resources of a file, by their tags alone. */
class AdoptTest {

  private static final String ACCOUNT =
      """
      - ec2.CreateVpc: {cidrBlock: 10.0.0.0/16}
        as: vpc
      - ec2.CreateSubnet:
          {vpcId: "${vpc.vpc.vpcId}", cidrBlock: 10.0.1.0/24, availabilityZone: us-east-1a}
      - ec2.CreateSubnet:
          {vpcId: "${vpc.vpc.vpcId}", cidrBlock: 10.0.2.0/24, availabilityZone: us-east-1b}
      - sns.CreateTopic: {name: hr-alerts}
        as: alerts
      - sns.Subscribe: {topicArn: "${alerts.topicArn}", protocol: email, endpoint: old@example.com}
      - sns.CreateTopic:
          name: theirs
          tags: [{key: "pgbound:migration", value: crm}, {key: "pgbound:address", value: sns-topic.a}]
      """;
  private static final String NETWORK =
      """
      version: 1
      migration: hr
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
        subnet:
          a: {vpcId: "${vpc.main}", cidrBlock: 10.0.1.0/24, availabilityZone: us-east-1a}
          b: {vpcId: "${vpc.main}", cidrBlock: 10.0.2.0/24, availabilityZone: us-east-1b}
      """;
  private static final String TOPIC =
      """
        sns-topic:
          alerts: {subscriptions: [{protocol: email, endpoint: new@example.com}]}
      """;

  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void setUp() {
    shell = new Shell(folder);
    shell.write("simulated-account.yaml", ACCOUNT);
    shell.write("migration.yaml", NETWORK + TOPIC);
  }

  @Test
  void takesOverTheObjectOfTheDeclaredNameAndShowsWhatTheNextPlanChanges() {
    Result taken = adopt("sns-topic.alerts");

    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.out())
        .isEqualTo(
            """
            hr · us-east-1 · 123456789012 · adopt

              sns-topic.alerts                   takes over arn:aws:sns:us-east-1:123456789012:hr-alerts

            what the next plan changes about it:

            1 ~   sns-topic.alerts                   update: the file changed  migration.yaml:11
                   subscriptions  [{protocol: email, endpoint: old@example.com}] → [{protocol: email, endpoint: new@example.com}]

            adopt: 1 object gets the ownership tags; nothing else is written.
            adopt: 1 object taken over
            plan: 3 create, 1 update, 0 replace, 0 delete, 0 unchanged; takes about 8 s
            """);
    assertThat(calls()).contains("TagResource").doesNotContain("Subscribe", "Create");
  }

  @Test
  void findsByTheDeclaredValuesWhatHasNoName() {
    Result taken = adopt();

    assertThat(taken.code()).as(taken.out() + taken.err()).isZero();
    assertThat(taken.out())
        .contains("vpc.main", "takes over vpc-")
        .contains("subnet.a", "subnet.b", "takes over subnet-")
        .contains("adopt: 4 objects taken over");
    assertThat(plan().out()).contains("0 create, 1 update, 0 replace, 0 delete, 3 unchanged");
    assertThat(adopt().out())
        .endsWith("adopt: nothing to take over; all that is there is this migration's already.\n");
  }

  @Test
  void takesTheObjectThatIsMeant() {
    shell.write("migration.yaml", NETWORK.replace("10.0.2.0/24", "10.0.3.0/24"));
    String subnet = identifier("subnet.b");
    adopt("vpc.main");

    Result unsaid = adopt("subnet.b");
    Result taken = adopt("subnet.b", subnet);

    assertThat(unsaid.code()).isEqualTo(64);
    assertThat(unsaid.err())
        .contains(
            "Which subnet is subnet.b? Give its identifier. No object is as the file declares it.");
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.out())
        .contains("subnet.b                           takes over " + subnet)
        .contains("cidrBlock  10.0.2.0/24 → 10.0.3.0/24   # forces replacement");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThat(adopt("sns-topic.alert").err())
        .isEqualTo(
            "Error: The file has no resource sns-topic.alert. Did you mean \"sns-topic.alerts\"?"
                + " Declare it first.\n");
    assertThat(adopt("sns-topic.alerts", identifier("subnet.a")).err())
        .matches("Error: subnet-\\w+ is a subnet, and sns-topic.alerts wants a sns-topic.\n");
    assertThat(adopt("sns-topic.alerts", "nobody").err())
        .isEqualTo(
            "Error: There is no sns-topic called nobody in account 123456789012, us-east-1.\n");
    assertThat(Stream.of("sns-topic.alert", "sns-topic.alerts nobody"))
        .allSatisfy(
            words -> assertThat(adopt(words.split(" ", -1)).code()).as(words).isEqualTo(64));
  }

  @Test
  void leavesTheObjectsOfOtherMigrationsAlone() {
    Result refused = adopt("sns-topic.alerts", "theirs");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out())
        .contains(
            "ADOPT-001 sns-topic.alerts: arn:aws:sns:us-east-1:123456789012:theirs belongs to the"
                + " migration crm. Remove it there first, or declare it as existing.");
    assertThat(refused.err())
        .isEqualTo("Error: Refused for the reasons above; nothing was written.\n");
    assertThat(shell.file(".pgbound/runs")).doesNotExist();
  }

  @Test
  void movesAnObjectToAnotherAddressOnceTheFirstIsOutOfTheFile() {
    adopt();
    shell.write("migration.yaml", NETWORK.replace("  b: {", "  b2: {"));

    assertThat(plan().out()).contains("1 create, 0 update, 0 replace, 2 delete");
    Result moved = adopt("subnet.b2");

    assertThat(moved.code()).as(moved.out() + moved.err()).isZero();
    assertThat(moved.out()).contains("subnet.b2", "moves here from subnet.b: subnet-");
    // The topic left the file as well.
    assertThat(plan().out()).contains("0 create, 0 update, 0 replace, 1 delete, 3 unchanged");
  }

  @Test
  void doesNotTakeAnObjectAwayFromADeclaredAddress() {
    String subnet = identifier("subnet.b");
    adopt();
    shell.write(
        "migration.yaml",
        NETWORK
            + "    c: {vpcId: \"${vpc.main}\", cidrBlock: 10.0.2.0/24, availabilityZone: us-east-1b}\n");

    Result refused = adopt("subnet.c", subnet);

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.out())
        .contains(
            "is subnet.b of this migration, which the file declares. Take that out of the file to"
                + " move the object.");
  }

  @Test
  void asksBeforeItWrites() {
    String[] words = words("sns-topic.alerts");

    Result nobody = shell.plain(words);
    Result no = shell.answering("y").plain(words);
    Result yes = shell.answering("yes").plain(words);

    assertThat(nobody.code()).isEqualTo(3);
    assertThat(nobody.err())
        .isEqualTo("Error: Nobody can be asked here; nothing was written. Give --auto-approve.\n");
    assertThat(no.code()).isEqualTo(3);
    assertThat(no.err())
        .isEqualTo(
            "Write the ownership tags of hr to 1 object in account 123456789012? Only \"yes\" does"
                + " it: Error: Not approved; nothing was written.\n");
    assertThat(yes.code()).isZero();
    assertThat(yes.out()).contains("adopt: 1 object taken over");
  }

  @Test
  void goesOnWhereItWasRefusedHalfway() {
    Result broken = adopt("--fault", "sns:TagResource:*:access-denied");
    Result again = adopt();

    assertThat(broken.code()).isEqualTo(4);
    assertThat(broken.err())
        .contains("adopt sns-topic.alerts: ")
        .endsWith("3 of 4 objects taken over. The same command continues.\n");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("adopt: 1 object taken over");
  }

  @Test
  void waitsForNobodyWhoHoldsTheLock() {
    shell.write(
        "simulated-account.yaml",
        ACCOUNT + "- ssm.PutParameter: {name: /pgbound/hr/lock, value: somebody, type: String}\n");

    Result refused = adopt("sns-topic.alerts");

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("hr is locked", "pgbound unlock migration.yaml --simulate");
  }

  @Test
  void takesNoOptionThatHasNoEffect() {
    String file = shell.file("migration.yaml").toString();

    assertThat(
            Stream.of(
                    new String[] {"--all", "sns-topic.alerts"},
                    new String[] {"--all", "--file", file},
                    new String[] {"--all", "--var", "a=b"},
                    new String[] {"--instance", "hr", "--file", file},
                    new String[] {"--region", "us-east-1", "--file", file})
                .map(words -> shell.plain(with(words, "adopt", "--simulate"))))
        .allSatisfy(
            result -> {
              assertThat(result.code()).isEqualTo(64);
              assertThat(result.err()).contains("--all").doesNotContain("Exception");
            });
  }

  @Test
  void leavesAloneWhatIsOnlyLookedUp() {
    shell.write(
        "migration.yaml",
        NETWORK.replace("{cidrBlock: 10.0.0.0/16}", "{existing: {vpcId: vpc-0123456789abcdef0}}"));

    Result refused = adopt("vpc.main");

    assertThat(refused.code()).isEqualTo(64);
    assertThat(refused.err())
        .isEqualTo(
            "Error: vpc.main is declared as existing, which is only looked up and never tagged."
                + " There is nothing to take over.\n");
  }

  private Result adopt(String... words) {
    return shell.plain(with(new String[] {"--auto-approve"}, words(words)));
  }

  private Result plan() {
    return shell.run("plan", "--simulate");
  }

  private String[] words(String... words) {
    String file = shell.file("migration.yaml").toString();
    return with(words, "adopt", "--simulate", "-f", file);
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  /** What AWS calls the object that {@link #NETWORK} declares so. */
  private String identifier(String address) {
    shell.write("probe.yaml", NETWORK);
    String file = shell.file("probe.yaml").toString();
    String out = shell.plain("adopt", address, "--simulate", "-f", file).out();
    Matcher matcher = Pattern.compile("takes over (\\S+)").matcher(out);
    assertThat(matcher.find()).as(out).isTrue();
    return matcher.group(1);
  }

  private String calls() {
    Path runs = shell.file(".pgbound/runs");
    String[] names = runs.toFile().list();
    StringBuilder text = new StringBuilder();
    for (String name : names == null ? new String[0] : names) {
      text.append(shell.read(".pgbound/runs/" + name));
    }
    return text.toString();
  }
}

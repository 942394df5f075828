package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions of objects that somebody else manages, in the short form and beneath it. */
class ExistingObjectsTest {

  private static final String SECTION =
      """
      version: 1
      migration: m
      region: us-east-1
      network:
        vpc: %s
        subnets: [subnet-1, {tags: {Name: b}}]
      """;
  private static final String RESOURCES =
      """
      version: 1
      migration: m
      region: us-east-1
      resources:
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{Name: shared}         | SCHEMA-001 | 5:9",
        "{tags: shared}         | SCHEMA-003 | 5:15",
        "{tags: {Name: '${vpc.main}'}} | REF-006 | 5:23",
        "5                      | SCHEMA-007 | 5:8",
        "[vpc-1]                | SCHEMA-003 | 5:8",
        "{}                     | SCHEMA-002 | 5:3",
        "{tags: {}}             | SCHEMA-002 | 5:3",
        "{tags: {}, vpc: vpc-1} | SCHEMA-001 | 5:19"
      })
  void mistakesInTheShortFormAreFoundBeforeAwsIsAsked(String vpc, String code, String place) {
    Shell shell = new Shell(folder);
    shell.write("migration.yaml", SECTION.replace("%s", vpc.replace('\'', '"')));

    Result result = shell.run("validate");

    assertThat(result.code()).as(result.out()).isEqualTo(65);
    assertThat(result.err()).contains("Error " + code, "migration.yaml:" + place);
  }

  @Test
  void theShortFormTakesIdentifiersAndTags() {
    Shell shell = new Shell(folder);
    for (String vpc : new String[] {"vpc-1", "{vpcId: vpc-1}", "{tags: {Name: a, team: b}}"}) {
      shell.write("migration.yaml", SECTION.replace("%s", vpc));

      assertThat(shell.run("validate").err()).isEmpty();
    }
  }

  @Test
  void whatBelongsToAnotherObjectCannotExistOnItsOwn() {
    Shell shell = new Shell(folder);
    shell.write(
        "migration.yaml", RESOURCES + "  dms-connection-test: {a: {existing: {tags: {a: b}}}}\n");

    assertThat(shell.run("validate").err())
        .contains("Error SCHEMA-001: Unknown key")
        .contains("\"existing\"");
  }

  @Test
  void findsATopicThatSomebodyElseMade() {
    Shell shell = new Shell(folder);
    shell.write("simulated-account.yaml", "- sns.CreateTopic: {name: theirs}\n");
    shell.write("migration.yaml", RESOURCES + "  sns-topic: {a: {existing: {name: theirs}}}\n");

    Result found = shell.run("plan", "--simulate");

    assertThat(found.out()).as(found.err()).contains("plan: no changes");
  }
}

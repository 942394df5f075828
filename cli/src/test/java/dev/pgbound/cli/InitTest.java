package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What init writes can be used as it is. */
class InitTest {

  @TempDir private Path folder;

  @Test
  void writesAMigrationThatCanBeRehearsedAtOnce() {
    Shell shell = new Shell(folder);

    Result init = shell.run("init", "--name", "payroll", "--notify", "dba@example.com");

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.out())
        .contains("wrote migration.yaml\n", "wrote migration.schema.json\n")
        .contains("Rehearse it: pgbound apply migration.yaml --simulate\n");
    assertThat(shell.read("migration.yaml"))
        .startsWith("# yaml-language-server: $schema=migration.schema.json\n")
        .contains("include: [PAYROLL.*]", "database: payroll", "notify: dba@example.com");
    assertThat(shell.read("migration.schema.json")).isEqualTo(shell.plain("schema").out());
    Result valid = shell.run("validate");
    assertThat(valid.err()).isEmpty();
    assertThat(valid.out()).contains("migration payroll");
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isEqualTo(2);
    Result applied = shell.run("apply", "--simulate", "--auto-approve");
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(shell.run("plan", "--simulate", "--detailed-exitcode").code()).isZero();
  }

  @Test
  void takesWhatOptionsSayAsItIs() {
    Shell shell = new Shell(folder);

    Result init =
        shell.run(
            "init",
            "--name=oe",
            "--region=eu-central-1",
            "--service=OE: #1",
            "--secret=legacy/oe",
            "--schema=OE,PM",
            "--schema=SH",
            "--database=shop",
            "--cidr=10.7.0.0/20");

    assertThat(init.code()).as(init.err()).isZero();
    assertThat(shell.run("validate").code()).isZero();
    assertThat(shell.run("expand").out())
        .contains("region: eu-central-1", "databaseName: \"OE: #1\"", "databaseName: shop")
        .contains("10.7.0.0/20", "schema-name: PM", "schema-name: SH", "name: legacy/oe");
  }

  @Test
  void asksForTheRestOnATerminal() {
    Shell shell = new Shell(folder).answering("shop");

    Result init = shell.run("init", "--region", "eu-central-1", "--notify", "nobody");

    assertThat(init.err()).contains("Name of the migration [", "Schemas to migrate [SHOP]: ");
    assertThat(init.err()).doesNotContain("AWS region");
    assertThat(shell.read("migration.yaml")).contains("service: shop", "# alerts:");
  }

  @Test
  void takesTheNameOfTheFolderWhenNobodyCanBeAsked() throws IOException {
    Path named = Files.createDirectory(folder.resolve("My Shop"));

    Result init = new Shell(named).run("init");

    assertThat(init.err()).isEmpty();
    assertThat(Files.readString(named.resolve("migration.yaml"))).contains("migration: my-shop ");
  }

  @Test
  void overwritesNothing() {
    Shell shell = new Shell(folder);
    shell.write("simulated-account.yaml", "mine");

    Result init = shell.run("init");

    assertThat(init.code()).isEqualTo(64);
    assertThat(init.err()).contains("simulated-account.yaml exists", "Nothing was written");
    assertThat(shell.file("migration.yaml")).doesNotExist();
  }

  @Test
  void refusesAnswersThatMakeNoMigration() {
    Shell shell = new Shell(folder);

    Result name = shell.run("init", "--name", "Pay Roll");
    Result cidr = shell.run("init", "--cidr", "10.0.0.0/30");

    assertThat(name.code()).isEqualTo(64);
    assertThat(name.err()).contains("\"Pay Roll\" is not up to 31 lower-case letters");
    assertThat(cidr.code()).isEqualTo(64);
    assertThat(cidr.err()).contains("SECTION-003", "Nothing was written");
    assertThat(shell.file("migration.yaml")).doesNotExist();
  }

  @Test
  void writesWhatCiNeedsAtTheTopOfTheRepository() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    Path inner = Files.createDirectories(folder.resolve("db/hr"));

    Result init = new Shell(inner).run("init", "--name", "hr", "--ci", "github,gitlab");

    assertThat(init.code()).as(init.err()).isZero();
    for (String file : List.of(".github/workflows/pgbound.yml", ".gitlab-ci.yml")) {
      assertThat(Files.readString(folder.resolve(file)))
          .contains("db/hr/migration.yaml")
          .doesNotContain(" migration.yaml");
    }
  }
}

package dev.pgbound.engine.schema;

import static dev.pgbound.engine.schema.Sample.report;
import static dev.pgbound.engine.schema.Sample.reportWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {

  @Test
  void acceptsWhatTheSchemaAllows() {
    assertThat(report(Sample.VALID)).isEmpty();
  }

  @Test
  void misspeltKeyIsOneErrorAndNamesTheNearest() {
    assertThat(report("version: 1\nmigrations: hr\nregion: us-east-1\n"))
        .isEqualTo(
            """
            Error SCHEMA-001: Unknown key
              migration.yaml:2:1  migrations
                  2 | migrations: hr
                    | ^^^^^^^^^^
              There is no key "migrations" in the file. Did you mean "migration"?

            """);
  }

  @Test
  void unknownKeyListsTheFewValidOnes() {
    assertThat(reportWithin("replication:\n  engine: x\n"))
        .isEqualTo(
            """
            Error SCHEMA-001: Unknown key
              migration.yaml:4:3  replication.engine
                  4 |   engine: x
                    |   ^^^^^^
              There is no key "engine" in "replication". Valid: storage, multiAz.

            """);
  }

  @Test
  void misplacedKeyIsToldWhereItBelongs() {
    assertThat(
            reportWithin(
                "tasks:\n  hr:\n    mode: cdc\n    settings: {FullLoadSettings: {LobMaxSize: 5}}\n"))
        .isEqualTo(
            """
            Error SCHEMA-001: Unknown key
              migration.yaml:6:35  tasks.hr.settings.FullLoadSettings.LobMaxSize
                  6 |     settings: {FullLoadSettings: {LobMaxSize: 5}}
                    |                                   ^^^^^^^^^^
              There is no key "LobMaxSize" in "FullLoadSettings". The key belongs under "settings.TargetMetadata".

            """);
  }

  @Test
  void resourceTypeAtTheTopIsToldWhereItBelongs() {
    assertThat(reportWithin("vpc: {}\n")).contains("Resources stand under 'resources'");
    assertThat(reportWithin("vpc.main: {}\n")).contains("Resources stand under 'resources'");
  }

  @Test
  void missingKeysAreOneErrorAtTheKeyAroundThem() {
    assertThat(reportWithin("resources:\n  dms-endpoint:\n    source: {port: 1}\n"))
        .isEqualTo(
            """
            Error SCHEMA-002: Missing key
              migration.yaml:5:5  resources.dms-endpoint.source
                  5 |     source: {port: 1}
                    |     ^^^^^^
              The keys "endpointType" and "engineName" are missing in "source".

            """);
    assertThat(report("region: eu-central-1\n"))
        .contains("migration.yaml:1:1\n")
        .contains("The keys \"version\" and \"migration\" are missing in the file.");
  }

  @Test
  void versionWithoutQuotesShowsHowToWriteIt() {
    assertThat(reportWithin("target: {aurora-postgresql: {version: 16.10}}\n"))
        .isEqualTo(
            """
            Error SCHEMA-007: Number where a text is expected
              migration.yaml:3:39  target.aurora-postgresql.version
                  3 | target: {aurora-postgresql: {version: 16.10}}
                    |                                       ^^^^^
              A text is expected here, and without quotes YAML reads 16.10 as a number, which may lose digits. Write "16.10".

            """);
    assertThat(reportWithin("target: {aurora-postgresql: {version: 16}}\n"))
        .contains("Expected: a version such as \"16.4\".");
  }

  @Test
  void wrongWordNamesTheNearest() {
    assertThat(reportWithin("tasks:\n  hr: {mode: full-load-cdc}\n"))
        .isEqualTo(
            """
            Error SCHEMA-004: Value is not one of the allowed words
              migration.yaml:4:14  tasks.hr.mode
                  4 |   hr: {mode: full-load-cdc}
                    |              ^^^^^^^^^^^^^
              "full-load-cdc" is not one of the words full-load, full-load-and-cdc or cdc. Did you mean "full-load-and-cdc"?

            """);
  }

  @Test
  void unknownResourceTypeIsOneErrorWithTheNearestType() {
    assertThat(reportWithin("resources:\n  dms-endpiont:\n    a: {x: 1}\n    b: {y: }\n"))
        .isEqualTo(
            """
            Error SCHEMA-008: Unknown resource type
              migration.yaml:4:3  resources.dms-endpiont
                  4 |   dms-endpiont:
                    |   ^^^^^^^^^^^^
              There is no resource type "dms-endpiont". Did you mean "dms-endpoint"? 'pgbound explain' lists all types.

            """);
    assertThat(reportWithin("resources:\n  vpc.main: {}\n")).contains("\"vpc:\" and \"main:\".");
  }

  @Test
  void literalSecretIsRefusedAndNotShown() {
    assertThat(
            reportWithin(
                "resources:\n  dms-endpoint:\n    a: {endpointType: target, engineName: x,"
                    + " password: hunter2, port: 0}\n"))
        .isEqualTo(
            """
            Error SCHEMA-009: Secret written in the file
              migration.yaml:5:56  resources.dms-endpoint.a.password
                  5 |     a: {endpointType: target, engineName: x, password: (sensitive), port: 0}
                    |                                                        ^^^^^^^^^^^
              "password" is a secret, and whoever reads the file would know it. Write ${env.NAME} to take it from the environment, or refer to a secret that is kept elsewhere.

            Error SCHEMA-005: Number is out of range
              migration.yaml:5:71  resources.dms-endpoint.a.port
                  5 |     a: {endpointType: target, engineName: x, password: (sensitive), port: 0}
                    |                                                                           ^
              0 is out of range. Expected: a whole number from 1 to 65535.

            """);
  }

  @Test
  void overrideNeedsNoRequiredAttributes() {
    assertThat(
            reportWithin(
                "overrides: {dms-endpoint.source: {oracleSettings: {readAheadBlocks: 5}}}\n"))
        .isEmpty();
    assertThat(reportWithin("overrides: {dms-task.hr: {rules: [{schema: HR}]}}\n"))
        .contains("The key \"action\" is missing in \"rules[0]\".");
  }

  @Test
  void existingResourceNeedsNoOtherAttributes() {
    assertThat(reportWithin("resources: {vpc: {main: {existing: {vpcId: vpc-1}}}}\n")).isEmpty();
    assertThat(reportWithin("resources: {vpc: {main: {existing: {tags: {a: b}}}}}\n")).isEmpty();
    assertThat(reportWithin("resources: {vpc: {main: {existing: {}}}}\n"))
        .contains("SCHEMA-002")
        .contains("an identifier or tags");
  }

  @Test
  void resourceOfASectionIsReportedWhereItComesFrom() {
    Diagnostics sink = new Diagnostics();
    Document document =
        YamlReader.read("m.yaml", "source: {oracle: {port: 5, foo: 1}}\n", sink).orElseThrow();
    Value.Fields attributes =
        new Value.Fields(Map.of("port", Value.of(0))).with("endpointTyp", "source");

    SchemaCheck.check(
        Sample.FILE.type("dms-endpoint").orElseThrow(),
        attributes,
        document.map(),
        Pointer.of("source", "oracle")::append,
        true,
        sink);

    assertThat(sink.sorted())
        .extracting(
            found -> found.range().orElseThrow().position() + " " + found.pointer(),
            Diagnostic::detail)
        .containsExactly(
            tuple(
                "m.yaml:1:10 source.oracle.endpointTyp",
                "There is no key \"endpointTyp\" in dms-endpoint. Did you mean \"endpointType\"?"),
            tuple(
                "m.yaml:1:10 source.oracle", "The key \"engineName\" is missing in dms-endpoint."),
            tuple(
                "m.yaml:1:25 source.oracle.port",
                "0 is out of range. Expected: a whole number from 1 to 65535."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "region: eu | SCHEMA-006 | 3:9 | has the wrong form",
        "account: 123456789012 | SCHEMA-007 | 3:10 | Write \"123456789012\".",
        "source: | SCHEMA-011 | 3:1 | \"source\" has no value.",
        "source: x | SCHEMA-003 | 3:9 | takes keys and values, but this is a text",
        "source: {oracle: {host: true}} | SCHEMA-007 | 3:25 | the truth value true. Write \"true\".",
        "source: {oracle: {host: [a]}} | SCHEMA-003 | 3:25 | takes a text, but this is a list",
        "source: {oracle: {host: a, port: \"1\"}} | SCHEMA-003 | 3:34 | Write 1 without quotes.",
        "source: {oracle: {host: a, port: 1.5}} | SCHEMA-003 | 3:34 | a number with a fraction",
        "source: {oracle: {host: a, port: \"1${var.x}\"}} | REF-002 | 3:36 | no variable",
        "source: {oracle: {host: a, port: \"a${vpc.x}\"}} | SCHEMA-003 | 3:34 | the whole value",
        "source: {oracle: {host: a, port: 70000}} | SCHEMA-005 | 3:34 | from 1 to 65535",
        "replication: {multiAz: yes} | SCHEMA-003 | 3:24 | Write true.",
        "replication: {multiAz: OFF} | SCHEMA-003 | 3:24 | Write false.",
        "replication: {multiAz: } | SCHEMA-011 | 3:15 | Write true or false behind it",
        "tasks: {hr: {mode: cdc, include: HR.*}} | SCHEMA-003 | 3:34 | Write [HR.*] for a list",
        "tasks: {hr: {mode: cdc, include: [1]}} | SCHEMA-007 | 3:35 | Write \"1\".",
        "tasks: {hr: {mode: 5}} | SCHEMA-004 | 3:20 | \"5\" is not one of",
        "tasks: {hr: } | SCHEMA-011 | 3:9 | \"hr\" has no value",
        "tasks: [hr] | SCHEMA-003 | 3:8 | but this is a list",
        "resources: [] | SCHEMA-003 | 3:12 | a map with resource types as keys",
        "resources: {vpc: {main: }} | SCHEMA-011 | 3:19 | or {} when it needs none",
        "resources: {vpc: {main: x}} | SCHEMA-003 | 3:25 | the attributes of the type vpc",
        "resources: {vpc: {a.b: {cidrBlock: 1.0.0.0}}} | SCHEMA-012 | 3:19 | The name of a resource",
        "resources: {vpc: {a: {cidrBlock: 1.0.0.0, vpcId: x}}} | SCHEMA-010 | 3:43 | by itself",
        "resources: {vpc: {a: {cidrBlock: 1.0.0.0, protect: \"${vpc.b}\"}}} | REF-006 | 3:53 | known before",
        "resources: {vpc: {a: {cidrBlock: 1.0.0.0, timeouts: {create: 1}}}} | SCHEMA-007 | 3:62 | such as 90s",
        "resources: {vpc: {a: {cidrBlock: 1.0.0.0, dependsOn: [main]}}} | SCHEMA-006 | 3:55 | an address",
        "resources: {vpc: {a: {cidrBlock: 1.0.0.0, dependsOn: dms-task.x}}} | SCHEMA-003 | 3:54 | Write [dms-task.x]",
        "resources: {dms-task: {a: {ratio: x}}} | SCHEMA-003 | 3:35 | takes a number, but",
        "resources: {dms-task: {a: {rules: [x]}}} | SCHEMA-003 | 3:36 | \"rules[0]\" takes keys",
        "overrides: {vpc: {}} | SCHEMA-012 | 3:13 | address of a resource",
        "overrides: {vpcs.main: {}} | SCHEMA-008 | 3:13 | Did you mean \"vpc\"?",
        "overrides: {vpc.main: } | SCHEMA-011 | 3:13 | has no value",
        "variables: {1x: 5} | SCHEMA-012 | 3:13 | The name of a variable",
        "variables: {x: {defualt: 5}} | SCHEMA-001 | 3:17 | Did you mean \"default\"?",
        "variables: {x: {type: int}} | SCHEMA-004 | 3:23 | text, number or bool",
      })
  void findsEveryMistakeOnceAtItsPlace(String text, String code, String position, String words) {
    Diagnostics found = Sample.check(Sample.complete(text));

    assertThat(found.sorted())
        .singleElement()
        .satisfies(
            diagnostic -> {
              assertThat(diagnostic.code()).isEqualTo(code);
              assertThat(diagnostic.range().orElseThrow().position())
                  .isEqualTo("migration.yaml:" + position);
              assertThat(diagnostic.detail()).contains(words);
            });
  }

  @Test
  void everythingIsFoundAtOnce() {
    Diagnostics found =
        Sample.check(
            """
            version: 2
            migration: HR
            regoin: x
            source: {oracle: {port: x}}
            tasks: {a: {mode: x}, b: {include: 5}}
            resources: {vpcs: {}, vpc: {m: {cidr: 1}}}
            """);

    assertThat(found.sorted())
        .extracting(Diagnostic::code)
        .containsExactly(
            "SCHEMA-005",
            "SCHEMA-006",
            "SCHEMA-001",
            "SCHEMA-002",
            "SCHEMA-003",
            "SCHEMA-004",
            "SCHEMA-002",
            "SCHEMA-003",
            "SCHEMA-008",
            "SCHEMA-002",
            "SCHEMA-001");
  }

  @Test
  void veryLongTextsAreComparedInNoTime() {
    assertThat(reportWithin("region: " + "a-".repeat(200_000) + "1\n"))
        .contains("\"" + "a-".repeat(30) + "...\" has the wrong form");
  }
}

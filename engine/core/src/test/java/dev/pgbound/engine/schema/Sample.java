package dev.pgbound.engine.schema;

import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Variables;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small file schema that has every kind of attribute. */
final class Sample {

  static final FileSchema FILE = FileSchema.of(List.of(vpc(), endpoint(), task()), sections());

  /** Uses every attribute. */
  static final String VALID =
      """
      version: 1
      migration: hr
      region: eu-central-1
      account: "123456789012"
      variables:
        host: {default: db, description: Where Oracle runs., type: text}
        port: 1521
        given:
      source:
        oracle: {host: "${var.host}", port: "${var.port}"}
      target:
        aurora-postgresql: {version: "16.4", instances: [db.r6i.large]}
      replication: {storage: 100, multiAz: true}
      tasks:
        hr:
          mode: full-load-and-cdc
          include: [HR.*]
          settings: {TargetMetadata: {LobMaxSize: 32}, FullLoadSettings: {CommitRate: 100}}
      resources:
        vpc:
          main:
            cidrBlock: 10.0.0.0/16
            enableDnsSupport: true
            tags: {team: dba, other: "${vpc.other.vpcId}"}
            dependsOn: [dms-task.hr]
            protect: true
            timeouts: {create: 40m, update: 5m, delete: 90s}
            adopt: false
            shared: false
          other: {existing: {vpcId: vpc-1, tags: {a: b}}}
        dms-endpoint:
          source:
            endpointIdentifier: hr-source
            endpointType: source
            engineName: oracle
            port: 1521
            password: ${env.ORACLE_PASSWORD}
            oracleSettings:
              {readAheadBlocks: 5, asmPassword: "${env.ASM}", secretId: a, numberDatatypeScale: -1}
        dms-task:
          hr: {rules: [{action: include, schema: HR}], ratio: 0.5, settings: {a: [1, null]}}
          empty: {}
      overrides:
        dms-endpoint.source: {oracleSettings: {readAheadBlocks: 7}, timeouts: {create: 5m}}
        dms-task.hr: {rules: [{action: exclude}]}
      """;

  private Sample() {}

  static Diagnostics check(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Document> document = YamlReader.read("migration.yaml", text, diagnostics);
    document.ifPresent(
        read ->
            SchemaCheck.check(Variables.fillIn(read, Map.of(), diagnostics), FILE, diagnostics));
    return diagnostics;
  }

  static String report(String text) {
    return DiagnosticText.render(check(text));
  }

  /** What is wrong with a file that has {@code rest} below the keys that every file needs. */
  static String reportWithin(String rest) {
    return report(complete(rest));
  }

  /** {@code rest} from line 3 on, with the keys that every file needs around it. */
  static String complete(String rest) {
    String region = rest.startsWith("region:") ? "" : "\nregion: eu-central-1\n";
    return "version: 1\nmigration: hr\n" + rest + region;
  }

  private static Attribute named(String name, Type type) {
    return Attribute.named(name, type, "The " + name + ".").impact(Impact.NONE, "");
  }

  private static ResourceSchema vpc() {
    return ResourceSchema.of("vpc", "A network.")
        .attribute(
            named("cidrBlock", Type.text("[0-9./]+", "a block such as 10.0.0.0/16"))
                .with(Flag.REQUIRED))
        .attribute(named("enableDnsSupport", Type.bool()).defaultsTo(Value.of(true)))
        .attribute(named("tags", Type.map(Type.text())))
        .attribute(named("vpcId", Type.text()).with(Flag.COMPUTED))
        .identifiedBy("vpcId")
        .build();
  }

  private static ResourceSchema endpoint() {
    Type oracle =
        Type.object(
            Attribute.named("readAheadBlocks", Type.integer(1, 100000), "Blocks."),
            Attribute.named("asmPassword", Type.text(), "Password.").with(Flag.SENSITIVE),
            Attribute.named("secretId", Type.text(), "Secret.").with(Flag.REQUIRED),
            Attribute.named("numberDatatypeScale", Type.integer(), "Scale."));
    return ResourceSchema.of("dms-endpoint", "Where data comes from or goes to.")
        .attribute(named("endpointIdentifier", Type.text()).with(Flag.IDENTIFIER, Flag.IMMUTABLE))
        .attribute(named("endpointType", Type.words("source", "target")).with(Flag.REQUIRED))
        .attribute(named("engineName", Type.text()).with(Flag.REQUIRED))
        .attribute(named("port", Type.integer(1, 65535)))
        .attribute(named("password", Type.text()).with(Flag.SENSITIVE, Flag.WRITE_ONLY))
        .attribute(named("oracleSettings", oracle))
        .attribute(named("endpointArn", Type.text()).with(Flag.COMPUTED))
        .identifiedBy("endpointArn")
        .build();
  }

  private static ResourceSchema task() {
    Type rule =
        Type.object(
            Attribute.named("action", Type.words("include", "exclude"), "What.")
                .with(Flag.REQUIRED),
            Attribute.named("schema", Type.text(), "Where."));
    return ResourceSchema.of("dms-task", "Copies tables.")
        .attribute(named("rules", Type.sequence(rule)))
        .attribute(named("ratio", Type.decimal()))
        .attribute(named("settings", Type.any()))
        .attribute(named("taskArn", Type.text()).with(Flag.COMPUTED))
        .identifiedBy("taskArn")
        .build();
  }

  private static List<Attribute> sections() {
    Type oracle =
        Type.object(
            Attribute.named("host", Type.text(), "Host.").with(Flag.REQUIRED),
            Attribute.named("port", Type.integer(1, 65535), "Port.").defaultsTo(Value.of(1521)));
    Type target =
        Type.object(
            Attribute.named(
                    "version", Type.text("[0-9]+\\.[0-9]+", "a version such as \"16.4\""), "V.")
                .with(Flag.REQUIRED),
            Attribute.named("instances", Type.sequence(Type.text()), "Classes."));
    return List.of(
        Attribute.named(
            "source",
            Type.object(Attribute.named("oracle", oracle, "Oracle.").with(Flag.REQUIRED)),
            "Where the data is."),
        Attribute.named(
            "target",
            Type.object(Attribute.named("aurora-postgresql", target, "Aurora.")),
            "Where the data goes."),
        Attribute.named(
            "replication",
            Type.object(
                Attribute.named("storage", Type.integer(5, 6144), "GiB."),
                Attribute.named("multiAz", Type.bool(), "Two zones.")),
            "What copies."),
        Attribute.named(
            "tasks",
            Type.map(
                Type.object(
                    Attribute.named(
                            "mode",
                            Type.words("full-load", "full-load-and-cdc", "cdc"),
                            "What is copied.")
                        .with(Flag.REQUIRED),
                    Attribute.named("include", Type.set(Type.text()), "Tables."),
                    Attribute.named(
                        "settings",
                        Type.object(
                            Attribute.named(
                                "TargetMetadata",
                                Type.object(Attribute.named("LobMaxSize", Type.integer(), "kB.")),
                                "Target."),
                            Attribute.named(
                                "FullLoadSettings",
                                Type.object(Attribute.named("CommitRate", Type.integer(), "Rows.")),
                                "Load.")),
                        "Raw settings."))),
            "What is copied."));
  }
}

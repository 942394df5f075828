package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.ExplainText;
import dev.pgbound.engine.config.DiagnosticText;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.YamlWriter;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgbound init}. */
@Command(
    name = "init",
    description = {
      "Writes a migration file to begin with, its schema for editors, and what a first rehearsal needs.",
      "Asks on a terminal for what the options do not say. Overwrites nothing."
    })
public final class InitCommand implements Callable<Integer> {

  /** A service that runs pgbound for a repository. */
  enum Ci {
    github("github/pgbound.yml", ".github/workflows/pgbound.yml"),
    gitlab("gitlab/.gitlab-ci.yml", ".gitlab-ci.yml");

    private final String template;
    private final String path;

    Ci(String template, String path) {
      this.template = template;
      this.path = path;
    }
  }

  private static final String NOBODY = "nobody";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "migration.yaml",
      description = "The migration file to write. Default: ${DEFAULT-VALUE}")
  private Path file = Path.of("migration.yaml");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The migration's name. Default: that of the folder")
  private @Nullable String name;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The AWS region. Default: AWS_REGION, or us-east-1")
  private @Nullable String region;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Service name or SID of the Oracle database. Default: ORCL")
  private @Nullable String service;

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description = "Secret with its user, password, host and port. Default: NAME/oracle")
  private @Nullable String secret;

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA",
      split = ",",
      description = "Schemas to migrate; repeatable. Default: NAME in upper case")
  private List<String> schemas = new ArrayList<>();

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "The database in the target. Default: NAME")
  private @Nullable String database;

  @Option(
      names = "--cidr",
      paramLabel = "RANGE",
      defaultValue = "10.0.0.0/16",
      description = "The network to make. Default: ${DEFAULT-VALUE}")
  private String cidr = "10.0.0.0/16";

  @Option(
      names = "--notify",
      paramLabel = "ADDRESS",
      description = "Who is told by e-mail when something is wrong. Default: nobody")
  private @Nullable String notify;

  @Option(
      names = "--ci",
      paramLabel = "SERVICE",
      split = ",",
      description =
          "Also write a pipeline that plans each change, for one of ${COMPLETION-CANDIDATES}; repeatable.")
  private List<Ci> services = new ArrayList<>();

  public InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    NewFiles files = new NewFiles();
    Path root = repository();
    Path schema = file.resolveSibling("migration.schema.json");
    Path simulated = file.resolveSibling("simulated-account.yaml");
    Stream.of(file, schema, simulated).forEach(files::refuse);
    services.forEach(ci -> files.refuse(root.resolve(ci.path)));

    Map<String, String> words = answers();
    String text = NewFiles.template("migration.yaml", words);
    check(text);
    files.put(file, text);
    files.put(schema, SchemaCommand.migration());
    files.put(simulated, NewFiles.template("simulated-account.yaml", words));
    String path = root.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    services.forEach(
        ci ->
            files.put(
                root.resolve(ci.path),
                NewFiles.resource(ci.template).replace("migration.yaml", path)));
    files.write(written -> console.out().println("wrote " + shown(written)));
    console
        .out()
        .println(
            "Rehearse it: "
                + CommandLineText.of("apply", List.of(file.toString()), List.of("--simulate")));
    return ExitCode.DONE.code();
  }

  private static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  /** The folder that the services look into: the repository's, else that of the file. */
  private Path repository() {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path start = folder == null ? Path.of("").toAbsolutePath() : folder;
    for (Path one = start; one != null; one = one.getParent()) {
      if (Files.exists(one.resolve(".git"))) {
        return one;
      }
    }
    return start;
  }

  private void check(String text) {
    Diagnostics found = new Diagnostics();
    try (Session session = Session.offline(Path.of(""))) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (session.engine().load(file.toString(), bytes, Map.of(), found).isEmpty()) {
        console.err().print(DiagnosticText.render(found));
        throw new CommandFailure(
            ExitCode.WRONG_COMMAND_LINE, "These answers make no valid file. Nothing was written.");
      }
    }
  }

  private Map<String, String> answers() {
    String migration = ask("Name of the migration", name, folderName(), FileSchema.MIGRATION);
    String place = ask("AWS region", region, defaultRegion(), FileSchema.REGION);
    String oracle = ask("Service name or SID of the Oracle database", service, "ORCL", "");
    String login =
        ask("Secret with its user, password, host and port", secret, migration + "/oracle", "");
    String all = ask("Schemas to migrate", given(), name(migration).toUpperCase(Locale.ROOT), "");
    String target = ask("Database in the target", database, name(migration), "");
    String told = ask("E-mail address to tell of failures", notify, NOBODY, "");

    Map<String, String> words = new LinkedHashMap<>();
    words.put("name", migration);
    words.put("task", migration);
    words.put("region", place);
    words.put("service", text(oracle));
    words.put("secret", text(login));
    words.put("database", text(target));
    words.put("cidr", text(cidr));
    words.put("include", YamlWriter.flow(Value.of(patterns(all))));
    words.put(
        "alerts",
        told.equals(NOBODY)
            ? "# Who is told when replication fails or lags.\n# alerts:\n#   notify: dba@example.com"
            : "# Who is told when replication fails or lags.\nalerts:\n  notify: " + text(told));
    return words;
  }

  /** As databases take it without quotes. */
  private static String name(String migration) {
    return migration.replace('-', '_');
  }

  private static List<String> patterns(String schemas) {
    return Stream.of(schemas.split("[, ]+", -1))
        .filter(one -> !one.isEmpty())
        .map(one -> one + ".*")
        .toList();
  }

  private static String text(String value) {
    return YamlWriter.flow(Value.of(value));
  }

  private @Nullable String given() {
    return schemas.isEmpty() ? null : String.join(",", schemas);
  }

  private String defaultRegion() {
    return console.environment().get("AWS_REGION").orElse("us-east-1");
  }

  /** The name of the folder as a migration may be called. */
  private String folderName() {
    Path parent = file.toAbsolutePath().normalize().getParent();
    Path last = parent == null ? null : parent.getFileName();
    String plain =
        (last == null ? "" : last.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-$", "");
    return isValid(plain, FileSchema.MIGRATION) ? plain : "migration";
  }

  /**
   * What an option says, else what somebody at the terminal says, else what is usual.
   *
   * @param key the key of the file that says which form the answer has; empty for any
   */
  private String ask(String what, @Nullable String option, String usual, String key) {
    if (option != null) {
      if (!isValid(option, key)) {
        throw new CommandFailure(
            ExitCode.WRONG_COMMAND_LINE,
            String.format(Locale.ROOT, "%s: \"%s\" is not %s.", what, option, form(key)));
      }
      return option;
    }
    while (true) {
      Optional<String> answer = console.answer(what + " [" + usual + "]: ");
      String chosen = answer.map(String::strip).filter(one -> !one.isEmpty()).orElse(usual);
      if (answer.isEmpty() || isValid(chosen, key)) {
        return chosen;
      }
      console.err().println("That is not " + form(key) + ".");
    }
  }

  private static Type type(String key) {
    return FileSchema.head().stream()
        .filter(one -> one.name().equals(key))
        .findFirst()
        .orElseThrow()
        .type();
  }

  private static boolean isValid(String value, String key) {
    return key.isEmpty()
        || !(type(key) instanceof Type.TextType text)
        || text.pattern().filter(pattern -> !pattern.matcher(value).matches()).isEmpty();
  }

  private static String form(String key) {
    return ExplainText.type(type(key)).replaceFirst("^text: ", "");
  }
}

package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.AdoptText;
import dev.pgbound.engine.Migration;
import dev.pgbound.engine.adopt.Adoption.Meant;
import dev.pgbound.engine.adopt.AdoptionException;
import dev.pgbound.engine.adopt.Draft;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.spi.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgbound adopt}. */
@Command(
    name = "adopt",
    description = {
      "Takes existing objects under management: writes the ownership tags, and nothing else.",
      "Without ADDRESS it takes over all that FILE declares and that is there.",
      "With --all it writes the migration file for a setup that is there, and nothing to AWS."
    })
public final class AdoptCommand implements Callable<Integer> {

  private static final String FILE = "migration.yaml";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "The resource of the file that an object becomes, such as dms-task.hr.")
  private @Nullable String address;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IDENTIFIER",
      description = "The object, by id, name or ARN, where its name in the file does not tell.")
  private @Nullable String identifier;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The migration file. Default: migration.yaml")
  private @Nullable Path file;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "Value of a variable of the file; repeatable.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--all",
      description = "Write the shortest migration file for what is there; adopt it afterwards.")
  private boolean all;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "With --all: the replication instance whose setup is meant; repeatable.")
  private List<String> instances = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "IDENTIFIER",
      description = "With --all: an object that belongs to it although nothing shows; repeatable.")
  private List<String> also = new ArrayList<>();

  @Option(
      names = "--migration",
      paramLabel = "NAME",
      description = "With --all: the migration's name. Default: from the instance's name")
  private @Nullable String migration;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "With --all: where to look. Default: the region of the AWS configuration")
  private @Nullable String region;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With --all: the file to write, which must not exist; else standard output.")
  private @Nullable Path out;

  @Mixin private AwsOptions aws = new AwsOptions();
  @Mixin private TakeoverRun running = new TakeoverRun();

  public AdoptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      return all ? draft() : takeOver();
    } catch (AdoptionException e) {
      ExitCode code =
          switch (e.kind()) {
            case NOTHING_THERE -> ExitCode.FAILED;
            case SAY_MORE -> ExitCode.WRONG_COMMAND_LINE;
            case TAKEN -> ExitCode.REFUSED;
          };
      throw new CommandFailure(code, String.valueOf(e.getMessage()), e);
    }
  }

  private int draft() {
    if (address != null || file != null || !variables.isEmpty()) {
      throw wrong("--all reads AWS and writes a file; leave out ADDRESS, --file and --var.");
    }
    if (out != null && Files.exists(out)) {
      throw wrong(
          String.format(
              Locale.ROOT, "%s exists, and --out overwrites nothing; name another.", out));
    }
    Path path = Optional.ofNullable(out).orElse(Path.of(FILE));
    Path folder = folder(path);
    Optional<String> place = Optional.ofNullable(region);
    try (Session session =
        running.isApproved()
            ? aws.open(console, folder, place)
            : aws.look(console, folder, place)) {
      Draft draft =
          session.engine().draft(new Meant(Optional.ofNullable(migration), instances, also));
      write(draft.yaml());
      console.err().print(AdoptText.drafted(draft));
      if (!running.isApproved()) {
        console.err().print(AdoptText.toTakeOver(path));
      }
      console.err().flush();
      return running.isApproved() ? takeOver(path, draft, session, folder) : ExitCode.DONE.code();
    }
  }

  /** At once, as somebody has approved without having seen the file. */
  private int takeOver(Path path, Draft draft, Session session, Path folder) {
    byte[] yaml = draft.yaml().getBytes(StandardCharsets.UTF_8);
    Migration drafted =
        session
            .engine()
            .load(path.toString(), yaml, Map.of(), new Diagnostics())
            .orElseThrow(() -> new IllegalStateException("the file that was written is invalid"));
    // Where the file has gone to standard output, nothing else belongs there.
    Console words =
        out == null
            ? new Console(console.err(), console.err(), console.in(), console.environment())
            : console;
    return running.run(
        claim(drafted, path, session),
        drafted,
        Optional.empty(),
        Optional.empty(),
        session,
        words,
        folder);
  }

  private void write(String yaml) {
    if (out == null) {
      console.out().print(yaml);
      console.out().flush();
      return;
    }
    try {
      Files.writeString(out, yaml, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(ExitCode.WRONG_COMMAND_LINE, out + " exists already.", e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(Locale.ROOT, "%s cannot be written: %s", out, e.getMessage()),
          e);
    }
  }

  private int takeOver() {
    if (!instances.isEmpty()
        || !also.isEmpty()
        || migration != null
        || region != null
        || out != null) {
      throw wrong("--instance, --with, --migration, --region and --out go with --all.");
    }
    Path path = Optional.ofNullable(file).orElse(Path.of(FILE));
    Migration loaded;
    Path folder = folder(path);
    try (Session offline = Session.offline(folder)) {
      loaded = FileOptions.load(path, variables, offline, console);
    }
    Optional<Address> wanted = Optional.ofNullable(address).map(text -> known(text, loaded));
    try (Session session = aws.open(console, folder, loaded.region())) {
      return running.run(
          claim(loaded, path, session),
          loaded,
          wanted,
          Optional.ofNullable(identifier),
          session,
          console,
          folder);
    }
  }

  private Claim claim(Migration loaded, Path path, Session session) {
    return new Claim(
        "adopt",
        loaded.name(),
        session.timeline().now(),
        CommandLineText.of("unlock", FileOptions.arguments(path, variables), aws.arguments()),
        console);
  }

  private static Address known(String text, Migration migration) {
    return Address.parse(text)
        .filter(migration.ranges()::containsKey)
        .orElseThrow(
            () -> {
              List<String> known =
                  migration.ranges().keySet().stream().map(Address::toString).toList();
              return wrong(
                  String.format(
                      Locale.ROOT,
                      "The file has no resource %s.%s Declare it first.",
                      text,
                      Nearest.hint(text, known)));
            });
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static CommandFailure wrong(String message) {
    return new CommandFailure(ExitCode.WRONG_COMMAND_LINE, message);
  }
}

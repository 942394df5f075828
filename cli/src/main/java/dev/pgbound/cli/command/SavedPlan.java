package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.Words;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Files that {@code plan --out} has written. */
final class SavedPlan {

  private static final int MOST_PROBLEMS = 5;

  private SavedPlan() {}

  /** As {@link #read}, and fails as well when this pgbound cannot carry the plan out. */
  static Plan readToApply(Path path, Path otherFolder) {
    Plan plan = read(path);
    List<String> problems;
    try (Session offline = Session.offline(folder(plan, otherFolder))) {
      problems = offline.engine().problems(plan);
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          String.format(
              Locale.ROOT,
              "%s cannot be carried out by this pgbound; make a new one with 'pgbound plan --out'.%n%s",
              path,
              problems.stream()
                  .limit(MOST_PROBLEMS)
                  .map(problem -> "  " + Words.clean(problem))
                  .collect(Collectors.joining("\n"))));
    }
    return plan;
  }

  /** The folder of the migration file that a plan was made for. */
  static Path folder(Plan plan, Path otherwise) {
    try {
      return Optional.ofNullable(Path.of(plan.file()).toAbsolutePath().getParent())
          .orElse(otherwise);
    } catch (InvalidPathException e) {
      return otherwise;
    }
  }

  /** Fails with a message for the user when the file is not there or is no plan. */
  static Plan read(Path path) {
    try {
      return PlanJson.read(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE, String.format(Locale.ROOT, "There is no file %s.", path), e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          String.format(Locale.ROOT, "%s cannot be read: %s", path, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.INVALID_FILE,
          String.format(
              Locale.ROOT,
              "%s is no saved plan: %s Make one with 'pgbound plan --out'.",
              path,
              e.getMessage()),
          e);
    }
  }
}

package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Files that {@code plan --out} has written. */
final class SavedPlan {

  private SavedPlan() {}

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

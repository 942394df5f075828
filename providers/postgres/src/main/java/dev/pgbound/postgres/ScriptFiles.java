package dev.pgbound.postgres;

import dev.pgbound.spi.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the scripts that a phase names: files, and everything in folders. */
final class ScriptFiles {

  private final Path base;

  /**
   * @param base the folder of the migration file
   */
  ScriptFiles(Path base) {
    this.base = base;
  }

  /** The scripts of all locations, by path; what is not there is left out. */
  List<Script> read(List<String> locations) {
    List<Script> scripts = new ArrayList<>();
    for (String location : locations) {
      scripts.addAll(read(location));
    }
    return scripts;
  }

  /** Reports everything that is wrong with the locations under the attribute {@code path}. */
  void check(List<String> locations, String path, Problems problems) {
    Map<String, Script> taken = new HashMap<>();
    for (int i = 0; i < locations.size(); i++) {
      String at = String.format(Locale.ROOT, "%s[%d]", path, i);
      List<Script> scripts;
      try {
        scripts = read(locations.get(i));
      } catch (UncheckedIOException e) {
        DatabaseFinding.NO_SCRIPTS.report(
            problems, at, Objects.requireNonNullElse(e.getCause(), e).getMessage() + ".");
        continue;
      }
      if (scripts.isEmpty()) {
        DatabaseFinding.NO_SCRIPTS.report(
            problems, at, "There is no script at " + base.resolve(locations.get(i)) + ".");
      }
      for (Script script : scripts) {
        check(script, taken, at, problems);
      }
    }
  }

  private static void check(
      Script script, Map<String, Script> taken, String at, Problems problems) {
    if (!script.isNamedWell()) {
      DatabaseFinding.SCRIPT_NAME.report(problems, at, script.path() + ":");
      return;
    }
    if (script.text().isBlank()) {
      DatabaseFinding.EMPTY_SCRIPT.report(problems, at, script.path() + ":");
    }
    Script other = taken.putIfAbsent(script.identity(), script);
    if (other != null) {
      DatabaseFinding.SAME_SCRIPT.report(
          problems, at, other.path() + " and " + script.path() + ":");
    }
  }

  private List<Script> read(String location) {
    try {
      Path path = base.resolve(location);
      if (Files.isRegularFile(path)) {
        return List.of(script(path));
      }
      if (!Files.isDirectory(path)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(path)) {
        List<Script> scripts = new ArrayList<>();
        for (Path file : files.filter(ScriptFiles::isScript).sorted().toList()) {
          scripts.add(script(file));
        }
        return scripts;
      }
    } catch (CharacterCodingException e) {
      throw new UncheckedIOException(
          new IOException("A script in " + location + " is not UTF-8", e));
    } catch (InvalidPathException e) {
      throw new UncheckedIOException(new IOException("No path: " + location, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isScript(Path file) {
    return Files.isRegularFile(file) && file.getFileName().toString().endsWith(".sql");
  }

  private Script script(Path file) throws IOException {
    String path =
        Optional.of(base.toAbsolutePath().normalize())
            .filter(folder -> file.toAbsolutePath().normalize().startsWith(folder))
            .map(folder -> folder.relativize(file.toAbsolutePath().normalize()))
            .orElse(file)
            .toString()
            .replace('\\', '/');
    return new Script(path, Files.readString(file));
  }
}

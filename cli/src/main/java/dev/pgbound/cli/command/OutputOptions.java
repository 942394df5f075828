package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.render.Output;
import dev.pgbound.engine.config.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which forms a plan is put out, and where to. */
final class OutputOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "What is printed: text, markdown, json, html or sarif. Default: ${DEFAULT-VALUE}")
  private String format = "text";

  @Option(
      names = "--write",
      paramLabel = "FORMAT=PATH",
      description = "Write the plan to a file, in any of these formats; repeatable.")
  private List<String> writes = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "PLAN.json",
      description =
          "The same as --write json=PLAN.json. 'pgbound apply PLAN.json' carries out exactly this"
              + " plan.")
  private @Nullable Path out;

  private final Map<Path, Output> files = new LinkedHashMap<>();

  /** Refuses what cannot be put out, before anything else is done. */
  void check() {
    output("--format " + format, format);
    if (out != null) {
      add("--out " + out, Output.JSON, out);
    }
    for (String one : writes) {
      String option = "--write " + one;
      int sign = one.indexOf('=');
      if (sign < 1 || sign == one.length() - 1) {
        throw wrong(option + ": write FORMAT=PATH, such as --write markdown=plan.md.");
      }
      try {
        Path path = Path.of(one.substring(sign + 1));
        add(option, output(option, one.substring(0, sign)), path);
      } catch (InvalidPathException e) {
        throw wrong(option + ": this is no path: " + e.getReason() + ".");
      }
    }
  }

  private static Output output(String option, String word) {
    return Output.of(word)
        .orElseThrow(
            () ->
                wrong(
                    String.format(
                        Locale.ROOT,
                        "%s: there is no format \"%s\", only %s.%s",
                        option,
                        word,
                        String.join(", ", Output.words()),
                        Nearest.hint(word, Output.words()))));
  }

  private void add(String option, Output output, Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || Files.isDirectory(whole)) {
      throw wrong(option + ": this is a folder; name a file in it.");
    }
    if (!Files.isDirectory(folder)) {
      throw wrong(
          String.format(Locale.ROOT, "%s: there is no folder %s; make it first.", option, folder));
    }
    if (files.keySet().stream().anyMatch(one -> one.toAbsolutePath().normalize().equals(whole))) {
      throw wrong(option + ": two outputs cannot go to the same file.");
    }
    files.put(path, output);
  }

  private static CommandFailure wrong(String message) {
    return new CommandFailure(ExitCode.WRONG_COMMAND_LINE, message);
  }

  /**
   * Prints and writes.
   *
   * @param rendered gives the text of a format
   */
  void put(Console console, Function<Output, String> rendered) {
    Output printed = output("--format " + format, format);
    String text = rendered.apply(printed);
    console.out().print(printed == Output.TEXT ? console.outPaint().plan(text) : text);
    console.out().flush();
    write(console, rendered);
  }

  /** The same for a file with errors, which standard error has already told as text. */
  void putErrors(Console console, Function<Output, String> rendered) {
    if (!format.equals(Output.TEXT.word())) {
      console.out().print(rendered.apply(output("--format " + format, format)));
      console.out().flush();
    }
    write(console, rendered);
  }

  private void write(Console console, Function<Output, String> rendered) {
    files.forEach(
        (path, output) -> {
          save(path, rendered.apply(output));
          console.err().println("saved to " + path);
        });
    console.err().flush();
  }

  private static void save(Path path, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          String.format(Locale.ROOT, "%s cannot be written: %s", path, e.getMessage()),
          e);
    }
  }
}

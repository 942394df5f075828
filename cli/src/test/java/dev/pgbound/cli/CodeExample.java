package dev.pgbound.cli;

import dev.pgbound.cli.CodePage.Block;
import dev.pgbound.cli.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Carries out an example of {@code docs/codes}: {@code yaml} is a part of the migration file, the
 * rest of which stands in the index; {@code yaml before} is a whole one that was applied before,
 * {@code yaml NAME} or {@code sql NAME} another file, {@code sh} what is typed.
 */
final class CodeExample {

  /** Of a finding, or of a refusal. */
  private static final Pattern CODE =
      Pattern.compile("(?m)^(?:Error |Warning |  )([A-Z]{2,}-[0-9]{3})\\b");

  private static final Pattern KEY = Pattern.compile("(?m)^([a-zA-Z]+):");

  private final String base;
  private final Shell shell;
  private final Path folder;

  CodeExample(String base, Path folder) {
    this.base = base;
    this.folder = folder;
    shell = new Shell(folder);
  }

  /** What the last command printed. */
  Result run(List<Block> blocks) {
    String typed = "pgbound validate";
    shell.write("migration.yaml", base);
    for (Block block : blocks) {
      switch (block.kind()) {
        case "yaml" -> shell.write("migration.yaml", merged(block.text()));
        case "yaml before" -> {
          shell.write("migration.yaml", block.text());
          applied(shell.run("apply", "--simulate", "--auto-approve"));
        }
        case "sh" -> typed = block.text();
        default -> write(block.kind().replaceFirst("^\\S+ ", ""), block.text());
      }
    }
    Result last = new Result(0, "", "");
    for (String line : typed.strip().split("\n", -1)) {
      last = line.startsWith("pgbound ") ? pgbound(line) : other(line);
    }
    return last;
  }

  /** The codes in what a command printed. */
  static Set<String> codes(Result result) {
    return CODE.matcher(result.err() + result.out())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shell.write(name, text);
  }

  private static void applied(Result result) {
    if (result.code() != 0) {
      throw new IllegalStateException(result.out() + result.err());
    }
  }

  /** Its keys take the place of those of the index. */
  private String merged(String part) {
    String rest = base;
    Matcher keys = KEY.matcher(part);
    while (keys.find()) {
      rest = rest.replaceFirst("(?m)^" + keys.group(1) + ":.*\\n(?:[ #].*\\n)*", "");
    }
    return rest + part;
  }

  /** Names of files are those of the folder; a command that names none is about the migration. */
  private Result pgbound(String line) {
    List<String> words = new ArrayList<>();
    boolean named = false;
    for (String word : line.split(" ", -1)) {
      boolean file = word.matches("[a-z]+\\.(yaml|json)");
      words.add(file ? folder.resolve(word).toString() : word);
      named |= file;
    }
    words.remove(0);
    if (!named && words.get(0).equals("adopt")) {
      words.addAll(List.of("--file", folder.resolve("migration.yaml").toString()));
    } else if (!named) {
      words.add(1, folder.resolve("migration.yaml").toString());
    }
    return shell.plain(words.toArray(String[]::new));
  }

  private Result other(String line) {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), said, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part of the index that examples leave out. */
  static String base() {
    try {
      return CodePage.blocks(Files.readString(CodePage.FOLDER.resolve(CodePage.INDEX)))
          .get(0)
          .text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

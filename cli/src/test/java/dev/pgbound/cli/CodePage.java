package dev.pgbound.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code docs/codes} says about one diagnostic code, with its two examples.
 *
 * @param heading the summary behind the code
 * @param company the other codes that the wrong example cannot be without
 */
record CodePage(
    String code, String heading, Set<String> company, List<Block> wrong, List<Block> right) {

  /** A fenced block: its language with what follows it, and its lines. */
  record Block(String kind, String text) {}

  static final Path FOLDER = Shell.PROJECT.resolve("docs/codes");
  static final String INDEX = "README.md";

  private static final Pattern HEADING = Pattern.compile("(?m)^## ([A-Z]+-[0-9]{3}): (.+)$");
  private static final Pattern PARTS =
      Pattern.compile("(?s)\\n\\n\\S.*\\n\\nWrong(?: \\(with (.*?)\\))?:\\n(.*)\\nRight:\\n(.*)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(.+?)\\n(.*?)^```$");

  /** All pages, by file and in their order. */
  static List<CodePage> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<CodePage> pages = new ArrayList<>();
      for (Path file : files.filter(one -> !one.endsWith(INDEX)).sorted().toList()) {
        pages.addAll(in(Files.readString(file)));
      }
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CodePage> in(String text) {
    List<CodePage> pages = new ArrayList<>();
    Matcher matcher = HEADING.matcher(text);
    boolean more = matcher.find();
    while (more) {
      String code = matcher.group(1);
      String heading = matcher.group(2);
      int from = matcher.end();
      more = matcher.find();
      pages.add(page(code, heading, text.substring(from, more ? matcher.start() : text.length())));
    }
    return pages;
  }

  private static CodePage page(String code, String heading, String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException(code + " needs a cause, \"Wrong:\" and \"Right:\"");
    }
    return new CodePage(
        code,
        heading,
        parts.group(1) == null ? Set.of() : Set.of(parts.group(1).split(", ", -1)),
        blocks(parts.group(2)),
        blocks(parts.group(3)));
  }

  /** The fenced blocks of a text. */
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = FENCE.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}

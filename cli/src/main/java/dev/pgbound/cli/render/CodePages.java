package dev.pgbound.cli.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages about diagnostic codes, {@code docs/codes}, which are packed with the program. */
public final class CodePages {

  private static final Pattern ROW = Pattern.compile("\\| \\[(\\S+)]\\(\\S+\\) \\| (.*) \\|");

  private CodePages() {}

  /** Every code with its summary. */
  public static Map<String, String> all() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (String line : read("README.md").lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        codes.put(row.group(1), row.group(2));
      }
    }
    return codes;
  }

  /** What is known about a code, for a screen; empty for an unknown code. */
  public static Optional<String> text(String code) {
    String wanted = code.toUpperCase(Locale.ROOT);
    if (!all().containsKey(wanted)) {
      return Optional.empty();
    }
    String area = wanted.substring(0, wanted.indexOf('-')).toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    boolean fenced = false;
    for (String line : read(area + ".md").lines().toList()) {
      if (line.startsWith("## ")) {
        inside = line.startsWith("## " + wanted + ":");
      }
      if (inside && line.startsWith("```")) {
        fenced = !fenced;
        text.append(fenced ? label(line.substring(3)) : "");
      } else if (inside) {
        text.append(shown(line, fenced)).append('\n');
      }
    }
    return Optional.of(text.toString().stripTrailing() + "\n");
  }

  /** Blocks of another file than the migration's, or of another time, say so. */
  private static String label(String kind) {
    String[] words = kind.split(" ", 2);
    return words.length < 2
        ? ""
        : "  # " + (words[1].equals("before") ? "applied before" : words[1]) + "\n";
  }

  private static String shown(String line, boolean fenced) {
    return fenced && !line.isEmpty() ? "  " + line : line.replaceFirst("^## ", "");
  }

  private static String read(String name) {
    try (InputStream in = CodePages.class.getResourceAsStream("/dev/pgbound/cli/codes/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no page " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

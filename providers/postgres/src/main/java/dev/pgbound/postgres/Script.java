package dev.pgbound.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A script as Flyway runs it.
 *
 * @param path from the migration file, with slashes
 */
record Script(String path, String text) {

  private static final Pattern VERSIONED = Pattern.compile("V([0-9]+(?:[._][0-9]+)*)__(.+)\\.sql");
  private static final Pattern REPEATABLE = Pattern.compile("R__(.+)\\.sql");

  String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isNamedWell() {
    return VERSIONED.matcher(fileName()).matches() || REPEATABLE.matcher(fileName()).matches();
  }

  /** Whether it runs once only. */
  boolean isVersioned() {
    return version().isPresent();
  }

  /** The version without zeros that say nothing, as Flyway compares it and keeps it. */
  Optional<String> version() {
    Matcher matcher = VERSIONED.matcher(fileName());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String[] parts = matcher.group(1).replace('_', '.').split("\\.", -1);
    StringBuilder version = new StringBuilder();
    for (String part : parts) {
      version.append(version.isEmpty() ? "" : ".").append(part.replaceFirst("^0+(?=.)", ""));
    }
    return Optional.of(version.toString());
  }

  /** What tells one script of a phase from another: its version, or else its name. */
  String identity() {
    return version()
        .map(version -> "V" + version.replaceFirst("(\\.0)+$", ""))
        .orElseGet(() -> "R " + description());
  }

  /** The name in words, as Flyway keeps it. */
  String description() {
    String name = fileName().replaceFirst("\\.sql$", "");
    return name.substring(name.indexOf("__") + 2).replace('_', ' ').strip();
  }

  /** Flyway's checksum: of the lines, so that line ends do not count. */
  int checksum() {
    CRC32 crc = new CRC32();
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    content.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }

  /** What the plan says of it once it has run. */
  String applied() {
    return applied(checksum());
  }

  /** What the plan says of a script that has run with this checksum. */
  static String applied(int checksum) {
    return String.format(Locale.ROOT, "applied (%08x)", checksum);
  }
}

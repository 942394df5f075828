package dev.pgbound.engine.config;

import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.SourceRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is wrong, over all stages, with what is needed to show it: the texts of the files
 * and the places in them that nobody may see.
 */
public final class Diagnostics {

  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing((Diagnostic d) -> d.range().map(SourceRange::file).orElse(""))
          .thenComparing(d -> d.range().map(SourceRange::line).orElse(0))
          .thenComparing(d -> d.range().map(SourceRange::column).orElse(0))
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::pointer)
          .thenComparing(Diagnostic::detail);

  private static final int MOST = 1000;

  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final List<SourceRange> concealed = new ArrayList<>();
  private int errors;
  private int omitted;
  private int warnings;
  private int omittedWarnings;

  /**
   * Adds one; the same thing twice counts once. Of errors and of warnings as many are kept as
   * somebody may read; more of them are only counted.
   */
  public void add(Diagnostic diagnostic) {
    if (found.contains(diagnostic)) {
      return;
    }
    if (diagnostic.isError() ? errors < MOST : warnings < MOST) {
      found.add(diagnostic);
      errors += diagnostic.isError() ? 1 : 0;
      warnings += diagnostic.isError() ? 0 : 1;
    } else {
      omitted += diagnostic.isError() ? 1 : 0;
      omittedWarnings += diagnostic.isError() ? 0 : 1;
    }
  }

  /**
   * Whether so much is wrong that more would help nobody. Whoever goes through a whole file may
   * stop explaining then, so that a file full of errors takes no more time than any other.
   */
  public boolean isFull() {
    return errors >= MOST;
  }

  /** How many errors were not kept, at least. */
  public int omitted() {
    return omitted;
  }

  /** How many warnings were not kept. */
  public int omittedWarnings() {
    return omittedWarnings;
  }

  /** Adds an error at a place. */
  public void error(Code code, String detail, SourceRange range, Pointer pointer) {
    add(
        Diagnostic.error(
            code.id(), code.summary(), detail, Optional.of(range), pointer.toString()));
  }

  /** Adds an error that has no place in a file. */
  public void error(Code code, String detail) {
    add(Diagnostic.error(code.id(), code.summary(), detail, Optional.empty(), ""));
  }

  /** Adds a warning at a place. */
  public void warning(Code code, String detail, SourceRange range, Pointer pointer) {
    add(
        Diagnostic.warning(
            code.id(), code.summary(), detail, Optional.of(range), pointer.toString()));
  }

  /** Lends the text of a file, so that diagnostics can show its lines. */
  public void attach(Source source) {
    sources.put(source.file(), source);
  }

  /** The text of a file, when it could be read. */
  public Optional<Source> source(String file) {
    return Optional.ofNullable(sources.get(file));
  }

  /** Keeps a place out of every excerpt, because it may hold a secret. */
  public void conceal(SourceRange range) {
    concealed.add(range);
  }

  /** The places that excerpts must not show. */
  public List<SourceRange> concealed() {
    return Collections.unmodifiableList(concealed);
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Accepts the warnings of one code.
   *
   * @param pointer the only place where, with all below it; everywhere when it is the root
   * @return how many there were
   */
  public int accept(String code, Pointer pointer, String reason) {
    List<Diagnostic> accepted =
        found.stream()
            .filter(one -> !one.isError() && one.code().equals(code))
            .filter(one -> Pointer.parse(one.pointer()).startsWith(pointer))
            .toList();
    accepted.forEach(found::remove);
    accepted.forEach(one -> found.add(one.accepted(reason)));
    return accepted.size();
  }

  /** Everything found, by file and position; what has no position comes first. */
  public List<Diagnostic> sorted() {
    return found.stream().sorted(ORDER).toList();
  }

  /** Everything found that the file does not accept, in the same order. */
  public List<Diagnostic> open() {
    return sorted().stream().filter(one -> one.accepted().isEmpty()).toList();
  }
}

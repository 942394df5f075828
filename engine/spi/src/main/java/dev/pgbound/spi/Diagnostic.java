package dev.pgbound.spi;

import java.util.Optional;

/**
 * An error or a warning for the user.
 *
 * @param code stable, such as {@code FILE-003}
 * @param summary what is wrong, constant for the code
 * @param detail what, why and what to do next, in full sentences
 * @param range where in the file
 * @param pointer the path within the file, such as {@code tasks.hr.mode}; empty when unknown
 * @param accepted why the file accepts this warning; empty when it does not
 */
public record Diagnostic(
    Severity severity,
    String code,
    String summary,
    String detail,
    Optional<SourceRange> range,
    String pointer,
    Optional<String> accepted) {

  /** Whether it stops the run. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public static Diagnostic error(
      String code, String summary, String detail, Optional<SourceRange> range, String pointer) {
    return new Diagnostic(Severity.ERROR, code, summary, detail, range, pointer, Optional.empty());
  }

  public static Diagnostic warning(
      String code, String summary, String detail, Optional<SourceRange> range, String pointer) {
    return new Diagnostic(
        Severity.WARNING, code, summary, detail, range, pointer, Optional.empty());
  }

  /** The same warning, accepted for a reason. */
  public Diagnostic accepted(String reason) {
    return new Diagnostic(severity, code, summary, detail, range, pointer, Optional.of(reason));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}

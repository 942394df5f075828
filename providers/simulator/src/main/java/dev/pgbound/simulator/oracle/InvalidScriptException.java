package dev.pgbound.simulator.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/** A script that cannot fill the stand-in; the message says which, in which line, and why. */
public final class InvalidScriptException extends IOException {

  private static final long serialVersionUID = 1L;

  InvalidScriptException(Path script, int line, SQLException cause) {
    super(String.format(Locale.ROOT, "%s:%d: %s", script, line, firstLine(cause)), cause);
  }

  /** H2 repeats the whole statement behind the first line. */
  private static String firstLine(SQLException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
  }
}

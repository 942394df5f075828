package dev.pgbound.engine.config;

import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.SourceRange;
import java.util.List;

/**
 * Diagnostics as people read them: what, where, the line with a caret, and what to do. Equal
 * diagnostics give equal text, without escape codes and control characters.
 */
public final class DiagnosticText {

  private DiagnosticText() {}

  /** Everything that was found and is not accepted, each with an empty line after it. */
  public static String render(Diagnostics diagnostics) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics.open()) {
      text.append(render(diagnostic, diagnostics)).append('\n');
    }
    if (diagnostics.omittedWarnings() > 0) {
      text.append("... and ").append(diagnostics.omittedWarnings()).append(" more warnings.\n");
    }
    if (diagnostics.isFull()) {
      text.append("... and more.\n");
    }
    return text.toString();
  }

  /** One diagnostic; {@code context} lends the text of the file. */
  public static String render(Diagnostic diagnostic, Diagnostics context) {
    StringBuilder text = new StringBuilder();
    text.append(
            switch (diagnostic.severity()) {
              case ERROR -> "Error ";
              case WARNING -> "Warning ";
            })
        .append(Screen.clean(diagnostic.code() + ": " + diagnostic.summary()))
        .append('\n');
    String pointer = Screen.clean(diagnostic.pointer());
    if (diagnostic.range().isPresent()) {
      SourceRange range = diagnostic.range().get();
      String position = Screen.clean(range.position());
      text.append("  ").append((position + "  " + pointer).strip()).append('\n');
      context
          .source(range.file())
          .ifPresent(source -> text.append(Excerpt.of(source, range, context.concealed())));
    } else if (!pointer.isEmpty()) {
      text.append("  ").append(pointer).append('\n');
    }
    for (String line : List.of(diagnostic.detail().split("\n", -1))) {
      text.append(("  " + Screen.clean(line)).stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

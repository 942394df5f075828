package dev.pgbound.engine.config;

import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.SourceRange;
import java.util.List;

/**
 * Diagnostics as people read them: what, where, the line with a caret, and what to do. Equal
 * diagnostics give equal text, without escape codes and control characters.
 */
public final class DiagnosticText {

  private static final int MOST_SHOWN = 1000;

  private DiagnosticText() {}

  /** Everything that was found, each with an empty line after it; past a thousand their number. */
  public static String render(Diagnostics diagnostics) {
    List<Diagnostic> sorted = diagnostics.sorted();
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : sorted.subList(0, Math.min(sorted.size(), MOST_SHOWN))) {
      text.append(render(diagnostic, diagnostics)).append('\n');
    }
    int more = sorted.size() - MOST_SHOWN;
    return more > 0 ? text + "... and " + more + " more.\n" : text.toString();
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

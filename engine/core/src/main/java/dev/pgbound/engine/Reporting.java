package dev.pgbound.engine;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.SourceRange;
import java.util.Optional;

/**
 * Puts file and position to what a resource type finds.
 *
 * @param origins of the resource that is checked
 */
record Reporting(Origins origins, Diagnostics sink) implements Problems {

  @Override
  public void error(String path, String code, String summary, String detail) {
    sink.add(
        Diagnostic.error(code, summary, detail, Optional.of(range(path)), place(path).toString()));
  }

  @Override
  public void warning(String path, String code, String summary, String detail) {
    sink.add(
        Diagnostic.warning(
            code, summary, detail, Optional.of(range(path)), place(path).toString()));
  }

  /** Where the file has what is at a path of the resource. */
  SourceRange range(String path) {
    return origins.map().value(place(path));
  }

  private Pointer place(String path) {
    return origins.pointer(Pointer.parse(path));
  }
}

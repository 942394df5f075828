package dev.pgbound.engine;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the file accepts of what was found in it. */
final class Accepting {

  private Accepting() {}

  /** Marks the warnings that the file accepts, and reports acceptances of what is not there. */
  static void run(Document document, Diagnostics sink) {
    List<Value> entries = document.root().items(FileSchema.ACCEPT);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) instanceof Value.Fields entry) {
        accept(document, entry, Pointer.of(FileSchema.ACCEPT).item(i), sink);
      }
    }
  }

  private static void accept(
      Document document, Value.Fields entry, Pointer place, Diagnostics sink) {
    Optional<String> finding = entry.text("finding");
    Optional<String> reason = entry.text("reason");
    Pointer at = Pointer.parse(entry.text("at").orElse(""));
    if (finding.isEmpty() || reason.isEmpty() || sink.accept(finding.get(), at, reason.get()) > 0) {
      return;
    }
    sink.warning(
        Code.NOTHING_TO_ACCEPT,
        String.format(
            Locale.ROOT,
            "There is no warning %s%s.",
            finding.get(),
            at.isRoot() ? "" : " at " + at),
        document.map().value(place),
        place);
  }
}

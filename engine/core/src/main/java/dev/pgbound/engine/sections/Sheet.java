package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.spi.Address;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the sections have expanded to so far; each section adds its resources and finds others. */
final class Sheet {

  private final Document document;
  private final Diagnostics sink;
  private final Map<Address, Draft> drafts = new LinkedHashMap<>();

  Sheet(Document document, Diagnostics sink) {
    this.document = document;
    this.sink = sink;
  }

  /** A section of the file; empty when the file does not have it. */
  Optional<Section> section(String name) {
    return document.root().has(name)
        ? Optional.of(new Section(document.root().fields(name), Pointer.of(name)))
        : Optional.empty();
  }

  String migration() {
    return Sections.migration(document);
  }

  String region() {
    return document.root().text("region").orElse("");
  }

  Draft add(String type, String name, Pointer cause) {
    Draft draft = new Draft(type, name, cause);
    drafts.put(draft.address(), draft);
    return draft;
  }

  Optional<Draft> find(String type, String name) {
    return Optional.ofNullable(drafts.get(new Address(type, name)));
  }

  Map<Address, Draft> drafts() {
    return drafts;
  }

  void error(Code code, String detail, Pointer pointer) {
    sink.error(code, detail, document.map().key(pointer), pointer);
  }

  /** Reports that one section cannot be expanded without another. */
  void needs(String section, String other, Pointer pointer) {
    error(
        Code.SECTION_MISSING,
        String.format(
            Locale.ROOT,
            "The section \"%s\" needs the section \"%s\", or declare the resources it stands for under \"resources\".",
            section,
            other),
        pointer);
  }
}

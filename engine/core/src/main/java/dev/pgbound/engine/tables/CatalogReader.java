package dev.pgbound.engine.tables;

import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.FileKind;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlReader;
import dev.pgbound.engine.schema.SchemaCheck;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Problems;
import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.CatalogFile;
import java.util.Optional;

/**
 * Reads a catalog from the bytes of a file and reports everything that is wrong with it at once.
 */
public final class CatalogReader {

  private CatalogReader() {}

  /**
   * Reads a catalog.
   *
   * @param file its path for messages
   * @return empty when there are errors
   */
  public static Optional<Catalog> read(String file, byte[] bytes, Diagnostics sink) {
    Diagnostics own = new Diagnostics();
    Optional<Document> document = YamlReader.read(file, bytes, FileKind.CATALOG, own);
    Optional<Catalog> catalog = document.flatMap(read -> read(read, own));
    own.source(file).ifPresent(sink::attach);
    own.sorted().forEach(sink::add);
    return own.hasErrors() ? Optional.empty() : catalog;
  }

  private static Optional<Catalog> read(Document document, Diagnostics own) {
    SchemaCheck.check(document, CatalogFile.ATTRIBUTES, "the catalog", own);
    return own.hasErrors()
        ? Optional.empty()
        : Optional.of(CatalogFile.read(document.root(), new Reporting(document, own)));
  }

  /** Puts file and position to what is wrong with a table. */
  private record Reporting(Document document, Diagnostics sink) implements Problems {
    @Override
    public void error(String path, String code, String summary, String detail) {
      Pointer place = document.map().resolve(Pointer.ROOT, path);
      sink.add(
          Diagnostic.error(
              code, summary, detail, Optional.of(document.map().value(place)), place.toString()));
    }

    @Override
    public void warning(String path, String code, String summary, String detail) {
      throw new UnsupportedOperationException("a catalog is right or wrong");
    }
  }
}

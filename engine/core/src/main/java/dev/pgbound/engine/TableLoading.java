package dev.pgbound.engine;

import dev.pgbound.engine.config.Code;
import dev.pgbound.engine.config.Diagnostics;
import dev.pgbound.engine.config.Document;
import dev.pgbound.engine.config.FileKind;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.graph.GraphBuilder;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.schema.Registry;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.engine.tables.CatalogReader;
import dev.pgbound.engine.tables.SourceTables;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.ResourceType.Declared;
import dev.pgbound.tables.Coverage;
import dev.pgbound.tables.TableSelecting;
import dev.pgbound.tables.TableTask;
import dev.pgbound.tables.catalog.Catalog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks the table rules of a migration, and evaluates them when the file names a catalog. */
final class TableLoading {

  private static final Pointer PLACE = Pointer.of(FileSchema.TABLES);

  private final Document document;
  private final Function<Address, Reporting> reporting;
  private final Diagnostics sink;
  private final Map<Address, TableTask> tasks = new LinkedHashMap<>();

  /**
   * @param reporting puts file and position to what concerns a resource
   */
  TableLoading(
      Document document,
      Expansion expansion,
      Registry registry,
      Function<Address, Reporting> reporting,
      Diagnostics sink) {
    this.document = document;
    this.reporting = reporting;
    this.sink = sink;
    List<Declared> all = expansion.resources().stream().map(GraphBuilder::declared).toList();
    for (Resource resource : expansion.resources()) {
      if (registry.find(resource.address().type()).orElse(null) instanceof TableSelecting selecting
          && resource.meta().existing().isEmpty()) {
        tasks.put(resource.address(), selecting.tableTask(GraphBuilder.declared(resource), all));
      }
    }
  }

  /** Reports what is wrong with the rules as such. */
  void check() {
    tasks.forEach((address, task) -> task.check(reporting.apply(address)));
  }

  /**
   * What the rules do to the tables of the catalog. Tables are looked at only when the rest is
   * right, because a wrong rule would be found again in every table.
   *
   * @param file the migration file, from which on the path of the catalog counts
   */
  Optional<SourceTables> tables(String file) {
    Optional<String> name = document.root().text(FileSchema.TABLES);
    if (name.isEmpty() || (document.map().has(PLACE) && !isPath(name.get()))) {
      return Optional.empty();
    }
    Optional<Catalog> catalog = read(file, name.get());
    if (catalog.isEmpty() || sink.hasErrors()) {
      return Optional.empty();
    }
    Coverage coverage = Coverage.of(catalog.get(), tasks);
    coverage.check(reporting::apply);
    return Optional.of(new SourceTables(name.get(), coverage));
  }

  private static boolean isPath(String name) {
    return name.matches(".+\\.(yaml|yml|json)");
  }

  private Optional<Catalog> read(String file, String name) {
    try {
      Path path = Path.of(file).resolveSibling(name);
      if (!Files.exists(path)) {
        return refuse(
            Code.FILE_UNREADABLE,
            "There is no file %s. The path counts from the migration file on.",
            path);
      }
      if (!Files.isRegularFile(path)) {
        return refuse(Code.FILE_UNREADABLE, "%s is no file.", path);
      }
      if (Files.size(path) > FileKind.CATALOG.size()) {
        return refuse(
            Code.FILE_TOO_LARGE,
            "%s has more than %d bytes. %s",
            path,
            FileKind.CATALOG.size(),
            FileKind.CATALOG.smaller());
      }
      return CatalogReader.read(path.toString(), Files.readAllBytes(path), sink);
    } catch (AccessDeniedException e) {
      return refuse(Code.FILE_UNREADABLE, "%s may not be read. Check its permissions.", name);
    } catch (IOException | InvalidPathException e) {
      return refuse(
          Code.FILE_UNREADABLE, "%s cannot be read: %s", name, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Catalog> refuse(Code code, String what, Object... values) {
    sink.error(code, String.format(Locale.ROOT, what, values), document.map().value(PLACE), PLACE);
    return Optional.empty();
  }
}

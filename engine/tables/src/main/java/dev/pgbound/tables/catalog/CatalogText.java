package dev.pgbound.tables.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a catalog as the file that {@link CatalogFile} reads. Equal catalogs give equal texts. */
public final class CatalogText {

  private static final String PLAIN = "[A-Z][A-Z0-9_$]*";

  /** Words that YAML does not take for texts. */
  private static final List<String> WORDS = List.of("NULL", "TRUE", "FALSE");

  private final StringBuilder text = new StringBuilder();

  private CatalogText() {}

  /** The text of the file. */
  public static String of(Catalog catalog) {
    CatalogText writing = new CatalogText();
    writing.line(0, "catalog: 1");
    Map<String, List<Table>> schemas =
        catalog.tables().stream()
            .collect(
                Collectors.groupingBy(
                    table -> table.name().schema(), TreeMap::new, Collectors.toList()));
    writing.line(0, schemas.isEmpty() ? "schemas: {}" : "schemas:");
    schemas.forEach(writing::schema);
    return writing.text.toString();
  }

  private void schema(String name, List<Table> tables) {
    line(1, word(name) + ":");
    line(2, "tables:");
    tables.forEach(this::table);
  }

  private void table(Table table) {
    line(3, word(table.name().table()) + ":");
    if (table.kind() != Table.Kind.TABLE) {
      line(4, "kind: " + table.kind().word());
    }
    table.rows().ifPresent(rows -> line(4, "rows: " + rows));
    line(4, "columns:");
    table.columns().forEach(column -> line(5, word(column.name()) + ": " + column(column)));
    if (!table.primaryKey().isEmpty()) {
      line(4, "primaryKey: " + list(table.primaryKey()));
    }
    if (!table.uniqueKeys().isEmpty()) {
      line(4, "uniqueKeys:");
      table.uniqueKeys().forEach(key -> line(5, word(key.name()) + ": " + list(key.columns())));
    }
    if (!table.foreignKeys().isEmpty()) {
      line(4, "foreignKeys:");
      table.foreignKeys().forEach(key -> line(5, word(key.name()) + ": " + foreignKey(table, key)));
    }
    if (!table.longest().isEmpty()) {
      List<String> sizes = new ArrayList<>();
      table.longest().forEach((column, bytes) -> sizes.add(word(column) + ": " + bytes));
      line(4, "longest: {" + String.join(", ", sizes) + "}");
    }
    if (!table.partitions().isEmpty()) {
      line(4, "partitions: " + list(table.partitions()));
    }
  }

  private static String column(Column column) {
    String all =
        column.type()
            + (column.nullable() ? "" : " not null")
            + (column.virtual() ? " virtual" : "")
            + (column.hidden() ? " hidden" : "");
    return all.matches("[A-Z][A-Za-z0-9_ (),.$*-]*") ? all : quoted(all);
  }

  private static String foreignKey(Table table, ForeignKey key) {
    String schema =
        key.table().schema().equals(table.name().schema())
            ? ""
            : ", schema: " + word(key.table().schema());
    return "{columns: "
        + list(key.columns())
        + ", table: "
        + word(key.table().table())
        + schema
        + "}";
  }

  private static String list(List<String> names) {
    return names.stream().map(CatalogText::word).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String word(String name) {
    return name.matches(PLAIN) && !WORDS.contains(name) ? name : quoted(name);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void line(int depth, String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}

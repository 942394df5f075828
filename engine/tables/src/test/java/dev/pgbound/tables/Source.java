package dev.pgbound.tables;

import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.CatalogFile;
import java.util.stream.Collectors;

/** A small source database, and how what becomes of it is written in tests. */
final class Source {

  static final String CATALOG =
      """
      {'catalog': 1, 'schemas': {
        'HR': {'tables': {
          'EMP': {'rows': 100, 'columns': {
              'ID': 'NUMBER(6) not null', 'EMP_NAME': 'VARCHAR2(20)', 'HIRED': 'DATE',
              'PHOTO': 'BLOB'},
            'primaryKey': ['ID'], 'longest': {'PHOTO': 70000}, 'partitions': ['P1', 'P2']},
          'EMP_OLD': {'columns': {'ID': 'NUMBER(6)', 'EMP_NAME': 'VARCHAR2(20)'}},
          'JOB_HISTORY': {'columns': {'EMP_ID': 'NUMBER(6) not null', 'SINCE': 'DATE not null'},
            'primaryKey': ['EMP_ID', 'SINCE'],
            'foreignKeys': {'JH_EMP': {'columns': ['EMP_ID'], 'table': 'EMP'}}},
          'EMP_V': {'kind': 'view', 'columns': {'ID': 'NUMBER(6)'}}}},
        'OE': {'tables': {
          'ORDERS': {'columns': {'ID': 'NUMBER(12) not null'}, 'primaryKey': ['ID']}}}}}
      """;

  private Source() {}

  static Catalog catalog() {
    return catalog(CATALOG);
  }

  static Catalog catalog(String json) {
    FoundProblems problems = new FoundProblems();
    Catalog catalog = CatalogFile.read(Documents.json(json), problems);
    if (!problems.codes().isEmpty()) {
      throw new IllegalArgumentException(problems.details().toString());
    }
    return catalog;
  }

  /** {@code HR.EMP -> hr.emp(id int4, name string(20)) key id}. */
  static String describe(SelectedTable table) {
    String columns =
        table.columns().stream().map(Source::describe).collect(Collectors.joining(", "));
    String key = table.key().isEmpty() ? "" : " key " + String.join(",", table.key());
    return table.source().name() + " -> " + table.target() + "(" + columns + ")" + key;
  }

  private static String describe(TargetColumn column) {
    return column.name()
        + column.type().map(type -> " " + type).orElse("")
        + column.expression().map(expression -> " = " + expression).orElse("")
        + column.mask().map(mask -> " masked " + mask.action().word() + mask.character()).orElse("")
        + (column.beforeImage() ? " before" : "");
  }
}

package dev.pgbound.tables.catalog;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.AttributeTable;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.catalog.Table.Kind;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A catalog as a file, in YAML or JSON. The form of the values is that of {@link #ATTRIBUTES}; what
 * these cannot say is checked here.
 */
public final class CatalogFile {

  /** The keys at the top of the file. */
  public static final List<Attribute> ATTRIBUTES =
      AttributeTable.read(CatalogFile.class, "catalog.txt");

  private static final String SCHEMAS = "schemas";
  private static final String TABLES = "tables";

  /** What may stand behind the type of a column; {@code not} before {@code null}. */
  private static final Set<String> PROPERTIES = Set.of("null", "virtual", "hidden");

  private final Problems problems;

  private CatalogFile(Problems problems) {
    this.problems = problems;
  }

  /**
   * The catalog in a file whose values have the right form.
   *
   * @param problems takes what is wrong, by its path in the file
   */
  public static Catalog read(Fields file, Problems problems) {
    CatalogFile reading = new CatalogFile(problems);
    List<Table> tables = new ArrayList<>();
    for (String schema : file.fields(SCHEMAS).fields().keySet()) {
      Fields named = file.fields(SCHEMAS).fields(schema).fields(TABLES);
      for (String table : named.fields().keySet()) {
        String path = String.join(".", SCHEMAS, schema, TABLES, table);
        tables.add(reading.table(new TableName(schema, table), named.fields(table), path));
      }
    }
    return new Catalog(tables);
  }

  private Table table(TableName name, Fields fields, String path) {
    List<Column> columns = columns(fields.fields("columns"), path + ".columns");
    Map<String, OracleType> types = new LinkedHashMap<>();
    columns.forEach(column -> types.put(column.name(), column.type()));
    Table table =
        new Table(
            name,
            kind(fields.text("kind").orElse(Kind.TABLE.word())),
            columns,
            fields.texts("primaryKey"),
            uniqueKeys(fields.fields("uniqueKeys")),
            foreignKeys(name, fields.fields("foreignKeys")),
            fields
                .number("rows")
                .map(BigDecimal::longValue)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty()),
            longest(fields.fields("longest")),
            fields.texts("partitions"));
    Set<String> declared = fields.fields("columns").fields().keySet();
    checkKeys(table, declared, path);
    for (String column : table.longest().keySet()) {
      OracleType type = types.get(column);
      if (!declared.contains(column)) {
        unknownColumn(path + ".longest." + column, name, column);
      } else if (type != null && !type.isLob()) {
        CatalogFinding.NO_LOB.report(
            problems,
            path + ".longest." + column,
            String.format(Locale.ROOT, "\"%s\" is of type %s.", column, type));
      }
    }
    return table;
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElse(Kind.TABLE);
  }

  private List<Column> columns(Fields fields, String path) {
    List<Column> columns = new ArrayList<>();
    if (fields.fields().isEmpty()) {
      CatalogFinding.NO_COLUMNS.report(problems, path, "Every table of Oracle has one at least.");
    }
    for (Map.Entry<String, Value> entry : fields.fields().entrySet()) {
      try {
        columns.add(column(entry.getKey(), entry.getValue().toString()));
      } catch (IllegalArgumentException e) {
        CatalogFinding.TYPE.report(
            problems, path + "." + entry.getKey(), String.valueOf(e.getMessage()));
      }
    }
    return columns;
  }

  /** The words behind the type, read from the last one on. */
  private static Column column(String name, String text) {
    Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
    Set<String> properties = new HashSet<>();
    boolean nullable = true;
    while (words.size() > 1 && PROPERTIES.contains(words.getLast().toLowerCase(Locale.ROOT))) {
      String property = words.removeLast().toLowerCase(Locale.ROOT);
      properties.add(property);
      if (property.equals("null") && words.getLast().equalsIgnoreCase("not")) {
        words.removeLast();
        nullable = false;
      }
    }
    return new Column(
        name,
        OracleType.parse(String.join(" ", words)),
        nullable,
        properties.contains("virtual"),
        properties.contains("hidden"));
  }

  private static List<Key> uniqueKeys(Fields fields) {
    List<Key> keys = new ArrayList<>();
    fields.fields().keySet().forEach(key -> keys.add(new Key(key, fields.texts(key))));
    return keys;
  }

  private static List<ForeignKey> foreignKeys(TableName table, Fields fields) {
    List<ForeignKey> keys = new ArrayList<>();
    for (String key : fields.fields().keySet()) {
      Fields one = fields.fields(key);
      TableName to =
          new TableName(one.text("schema").orElse(table.schema()), one.text("table").orElse(""));
      keys.add(new ForeignKey(key, one.texts("columns"), to));
    }
    return keys;
  }

  private static Map<String, Long> longest(Fields fields) {
    Map<String, Long> longest = new LinkedHashMap<>();
    for (String column : fields.fields().keySet()) {
      fields.number(column).ifPresent(bytes -> longest.put(column, bytes.longValue()));
    }
    return longest;
  }

  private void checkKeys(Table table, Set<String> columns, String path) {
    key(table, table.primaryKey(), columns, path + ".primaryKey");
    for (Key key : table.uniqueKeys()) {
      key(table, key.columns(), columns, path + ".uniqueKeys." + key.name());
    }
    for (ForeignKey key : table.foreignKeys()) {
      key(table, key.columns(), columns, path + ".foreignKeys." + key.name() + ".columns");
    }
  }

  private void key(Table table, List<String> key, Set<String> columns, String path) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < key.size(); i++) {
      String place = path + "[" + i + "]";
      if (!columns.contains(key.get(i))) {
        unknownColumn(place, table.name(), key.get(i));
      } else if (!seen.add(key.get(i))) {
        CatalogFinding.COLUMN_TWICE.report(
            problems, place, "\"" + key.get(i) + "\" is named before.");
      }
    }
  }

  private void unknownColumn(String path, TableName table, String column) {
    CatalogFinding.UNKNOWN_COLUMN.report(
        problems, path, String.format(Locale.ROOT, "%s has no column \"%s\".", table, column));
  }
}

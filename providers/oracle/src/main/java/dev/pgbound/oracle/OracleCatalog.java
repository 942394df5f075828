package dev.pgbound.oracle;

import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.Column;
import dev.pgbound.tables.catalog.ForeignKey;
import dev.pgbound.tables.catalog.Key;
import dev.pgbound.tables.catalog.OracleType;
import dev.pgbound.tables.catalog.Table;
import dev.pgbound.tables.catalog.Table.Kind;
import dev.pgbound.tables.catalog.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a catalog from Oracle's dictionary views, as far as the user of the connection sees them.
 * Only reads; the views are there in every release since 12.1.
 */
public final class OracleCatalog {

  private static final String SCHEMAS =
      "select USERNAME from ALL_USERS where ORACLE_MAINTAINED = 'N' order by USERNAME";

  private static final String TABLES =
      """
      select OWNER, TABLE_NAME, NUM_ROWS,
        case when NESTED = 'YES' then 'nested' when TEMPORARY = 'Y' then 'temporary' else 'table' end
      from ALL_TABLES where OWNER in (?) order by OWNER, TABLE_NAME
      """;

  private static final String VIEWS =
      "select OWNER, VIEW_NAME, null, 'view' from ALL_VIEWS where OWNER in (?)";

  private static final String MATERIALIZED =
      "select OWNER, MVIEW_NAME, null, 'materialized-view' from ALL_MVIEWS where OWNER in (?)";

  private static final String EXTERNAL =
      "select OWNER, TABLE_NAME, null, 'external' from ALL_EXTERNAL_TABLES where OWNER in (?)";

  private static final String COLUMNS =
      """
      select OWNER, TABLE_NAME, COLUMN_NAME, DATA_TYPE, DATA_TYPE_OWNER, DATA_LENGTH, CHAR_LENGTH,
        CHAR_USED, DATA_PRECISION, DATA_SCALE, NULLABLE, VIRTUAL_COLUMN, HIDDEN_COLUMN
      from ALL_TAB_COLS where OWNER in (?) order by OWNER, TABLE_NAME, INTERNAL_COLUMN_ID
      """;

  private static final String KEYS =
      """
      select C.OWNER, C.TABLE_NAME, C.CONSTRAINT_NAME, C.CONSTRAINT_TYPE, K.COLUMN_NAME,
        C.R_OWNER, C.R_CONSTRAINT_NAME
      from ALL_CONSTRAINTS C join ALL_CONS_COLUMNS K
        on K.OWNER = C.OWNER and K.CONSTRAINT_NAME = C.CONSTRAINT_NAME
      where C.CONSTRAINT_TYPE in ('P', 'U', 'R') and C.STATUS = 'ENABLED' and C.OWNER in (?)
      order by C.OWNER, C.TABLE_NAME, C.CONSTRAINT_NAME, K.POSITION
      """;

  private static final String UNIQUE_INDEXES =
      """
      select I.TABLE_OWNER, I.TABLE_NAME, I.INDEX_NAME, 'U', C.COLUMN_NAME, null, null
      from ALL_INDEXES I join ALL_IND_COLUMNS C
        on C.INDEX_OWNER = I.OWNER and C.INDEX_NAME = I.INDEX_NAME
      where I.UNIQUENESS = 'UNIQUE' and I.INDEX_TYPE = 'NORMAL' and I.TABLE_OWNER in (?)
      order by I.TABLE_OWNER, I.TABLE_NAME, I.INDEX_NAME, C.COLUMN_POSITION
      """;

  private static final String CONSTRAINED =
      """
      select OWNER, CONSTRAINT_NAME, TABLE_NAME from ALL_CONSTRAINTS
      where CONSTRAINT_TYPE in ('P', 'U')
      """;

  private static final String PARTITIONS =
      """
      select TABLE_OWNER, TABLE_NAME, PARTITION_NAME from ALL_TAB_PARTITIONS
      where TABLE_OWNER in (?) order by TABLE_OWNER, TABLE_NAME, PARTITION_POSITION
      """;

  private final Connection connection;
  private final List<String> schemas;
  private final Map<TableName, Kind> kinds = new LinkedHashMap<>();
  private final Map<TableName, Long> rows = new HashMap<>();
  private final Map<TableName, List<Column>> columns = new HashMap<>();
  private final Map<TableName, Map<String, Constraint>> constraints = new HashMap<>();
  private final Map<TableName, List<String>> partitions = new HashMap<>();

  /** A key of a table, as the rows of the dictionary add up to it. */
  private record Constraint(String type, List<String> columns, String refersTo) {}

  private OracleCatalog(Connection connection, List<String> schemas) {
    this.connection = connection;
    this.schemas = schemas;
  }

  /** The schemas that are no part of Oracle itself. */
  public static List<String> schemas(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMAS)) {
      return Query.rows(statement, row -> text(row, 1));
    }
  }

  /** Everything in some schemas, spelt as Oracle keeps them. */
  public static Catalog read(Connection connection, List<String> schemas) throws SQLException {
    return schemas.isEmpty()
        ? new Catalog(List.of())
        : new OracleCatalog(connection, schemas).read();
  }

  private Catalog read() throws SQLException {
    for (String query : List.of(TABLES, VIEWS, MATERIALIZED, EXTERNAL)) {
      Query.of(connection, query, schemas, this::addTable);
    }
    Query.of(connection, COLUMNS, schemas, this::addColumn);
    Query.of(connection, KEYS, schemas, this::addKeyColumn);
    Query.of(connection, UNIQUE_INDEXES, schemas, this::addKeyColumn);
    Query.of(connection, PARTITIONS, schemas, this::addPartition);
    Map<String, TableName> owners = owners();
    List<Table> tables = new ArrayList<>();
    kinds.keySet().stream()
        .filter(columns::containsKey)
        .forEach(name -> tables.add(table(name, owners)));
    return new Catalog(tables);
  }

  private boolean addTable(ResultSet row) throws SQLException {
    TableName name = name(row);
    String word = text(row, 4);
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        kinds.put(name, kind);
      }
    }
    long number = row.getLong(3);
    if (!row.wasNull()) {
      rows.put(name, number);
    }
    return true;
  }

  /** Columns that Oracle makes for itself, for indexes and statistics, are nobody's. */
  private boolean addColumn(ResultSet row) throws SQLException {
    String column = text(row, 3);
    boolean hidden = text(row, 13).equals("YES");
    if (hidden && column.matches("SYS_.*")) {
      return false;
    }
    return columns
        .computeIfAbsent(name(row), name -> new ArrayList<>())
        .add(
            new Column(
                column,
                ColumnType.of(row),
                !text(row, 11).equals("N"),
                text(row, 12).equals("YES"),
                hidden));
  }

  private boolean addKeyColumn(ResultSet row) throws SQLException {
    String type = text(row, 4);
    String refersTo = text(row, 6) + "." + text(row, 7);
    return constraints
        .computeIfAbsent(name(row), name -> new LinkedHashMap<>())
        .computeIfAbsent(
            text(row, 3) + " " + type, key -> new Constraint(type, new ArrayList<>(), refersTo))
        .columns()
        .add(text(row, 5));
  }

  private boolean addPartition(ResultSet row) throws SQLException {
    return partitions.computeIfAbsent(name(row), name -> new ArrayList<>()).add(text(row, 3));
  }

  /** The tables of keys by {@code OWNER.CONSTRAINT}; also of those in other schemas. */
  private Map<String, TableName> owners() throws SQLException {
    Map<String, TableName> owners = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(CONSTRAINED)) {
      Query.rows(
          statement,
          row ->
              owners.put(
                  text(row, 1) + "." + text(row, 2), new TableName(text(row, 1), text(row, 3))));
    }
    return owners;
  }

  private Table table(TableName name, Map<String, TableName> owners) {
    List<String> primary = new ArrayList<>();
    List<Key> unique = new ArrayList<>();
    List<ForeignKey> foreign = new ArrayList<>();
    Set<List<String>> seen = new LinkedHashSet<>();
    List<Column> all = columns.getOrDefault(name, List.of());
    Map<String, Constraint> keys = constraints.getOrDefault(name, Map.of());
    keys.values().stream()
        .filter(one -> one.type().equals("P"))
        .forEach(
            one -> {
              primary.addAll(one.columns());
              seen.add(one.columns());
            });
    keys.forEach(
        (id, one) -> {
          String label = id.substring(0, id.lastIndexOf(' '));
          TableName other = owners.get(one.refersTo());
          if (one.type().equals("R") && other != null) {
            foreign.add(new ForeignKey(label, one.columns(), other));
          } else if (one.type().equals("U") && isOver(one, all) && seen.add(one.columns())) {
            unique.add(new Key(label, one.columns()));
          }
        });
    Long number = rows.get(name);
    return new Table(
        name,
        kinds.getOrDefault(name, Kind.TABLE),
        all,
        primary,
        unique,
        foreign,
        number == null ? OptionalLong.empty() : OptionalLong.of(number),
        Map.of(),
        partitions.getOrDefault(name, List.of()));
  }

  /** An index may also be over expressions, which have made-up columns. */
  private static boolean isOver(Constraint key, List<Column> columns) {
    return columns.stream().map(Column::name).toList().containsAll(key.columns());
  }

  /**
   * The catalog with the longest value of each LOB column. Oracle reads every LOB for it.
   *
   * <p>Oracle tells the length of text in characters; two bytes are reckoned for each.
   */
  public static Catalog measured(Connection connection, Catalog catalog) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (Table table : catalog.tables()) {
      Map<String, Long> longest = new LinkedHashMap<>();
      for (Column column : table.columns()) {
        if (table.kind() == Kind.TABLE
            && List.of("CLOB", "NCLOB", "BLOB").contains(column.type().name())) {
          longest.put(column.name(), longest(connection, table.name(), column));
        }
      }
      tables.add(table.withLongest(longest));
    }
    return new Catalog(tables);
  }

  private static long longest(Connection connection, TableName table, Column column)
      throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            "select max(DBMS_LOB.GETLENGTH(%s)) from %s.%s",
            quoted(column.name()),
            quoted(table.schema()),
            quoted(table.table()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      long length = Query.rows(statement, row -> row.getLong(1)).get(0);
      return column.type().equals(OracleType.parse("BLOB")) ? length : 2 * length;
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(text(row, 1), text(row, 2));
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}

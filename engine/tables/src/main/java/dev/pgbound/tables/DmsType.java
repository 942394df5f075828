package dev.pgbound.tables;

import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.catalog.OracleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type of DMS itself, through which every value passes on its way from Oracle to PostgreSQL. What
 * becomes of which type stands in the user guide of DMS: its data types for Oracle as a source and
 * for PostgreSQL as a target.
 *
 * @param name as table rules spell it, such as {@code numeric}
 * @param measures precision and scale of a number, precision of a time, length of a text; none
 *     where nothing is known
 */
public record DmsType(String name, List<Integer> measures) {

  private static final int LARGEST_PRECISION = 38;

  /** The longest text that PostgreSQL gets with its length, in the reckoning of DMS. */
  private static final int LONGEST_TEXT = 21_845;

  public DmsType {
    measures = List.copyOf(measures);
  }

  static DmsType of(String name, Integer... measures) {
    return new DmsType(name, List.of(measures));
  }

  /** The type that a rule gives a column, as its {@code data-type}. */
  static DmsType declared(Fields dataType) {
    List<Integer> measures = new ArrayList<>();
    for (String measure : List.of("precision", "scale", "length")) {
      dataType.number(measure).ifPresent(number -> measures.add(number.intValue()));
    }
    return new DmsType(dataType.text("type").orElse("string"), measures);
  }

  /**
   * The type that a column of Oracle has in DMS; empty when its values are not replicated.
   *
   * @param numberScale of a {@code NUMBER} without precision, as {@link TableTask.Source} has it
   */
  public static Optional<DmsType> of(OracleType type, int numberScale) {
    return switch (type.name()) {
      case "NUMBER", "DECIMAL", "NUMERIC" -> Optional.of(number(type, numberScale));
      case "INTEGER", "INT", "SMALLINT" -> Optional.of(of("numeric", LARGEST_PRECISION, 0));
      case "FLOAT" -> Optional.of(of(type.measure().orElse(126) <= 24 ? "real4" : "real8"));
      case "REAL", "DOUBLE PRECISION", "BINARY_DOUBLE" -> Optional.of(of("real8"));
      case "BINARY_FLOAT" -> Optional.of(of("real4"));
      case "DATE" -> Optional.of(of("datetime", 0));
      case "TIMESTAMP" -> Optional.of(of("datetime", type.measure().orElse(6)));
      case "TIMESTAMP WITH TIME ZONE",
          "TIMESTAMP WITH LOCAL TIME ZONE",
          "INTERVAL YEAR TO MONTH",
          "INTERVAL DAY TO SECOND" ->
          Optional.of(of("string"));
      case "CHAR", "VARCHAR2", "VARCHAR" -> Optional.of(text(type, "string", "clob"));
      case "NCHAR", "NVARCHAR2" -> Optional.of(text(type, "wstring", "nclob"));
      case "RAW" -> Optional.of(text(type, "bytes", "blob"));
      case "CLOB", "LONG", "XMLTYPE", "SDO_GEOMETRY" -> Optional.of(of("clob"));
      case "NCLOB" -> Optional.of(of("nclob"));
      case "BLOB", "LONG RAW" -> Optional.of(of("blob"));
      default -> Optional.empty();
    };
  }

  private static DmsType text(OracleType type, String plain, String lob) {
    return type.isLob() ? of(lob) : of(plain, type.measure().orElse(1));
  }

  private static DmsType number(OracleType type, int numberScale) {
    Optional<Integer> precision = type.measure();
    if (precision.isEmpty()) {
      return numberScale == -1
          ? of("real8")
          : numberScale == -2 ? of("string") : of("numeric", LARGEST_PRECISION, numberScale);
    }
    int digits = precision.get();
    int scale = type.scale().orElse(0);
    if (scale < 0 || scale > digits) {
      return of("real8");
    }
    if (scale > 0 || digits > 9) {
      return of("numeric", digits, scale);
    }
    return of(digits <= 2 ? "int1" : digits <= 4 ? "int2" : "int4");
  }

  /** Whether it is moved as a LOB. */
  public boolean isLob() {
    return List.of("blob", "clob", "nclob").contains(name);
  }

  /** The type of a column that DMS creates for it in PostgreSQL. */
  public String postgresql() {
    int first = measures.isEmpty() ? 0 : measures.get(0);
    return switch (name) {
      case "boolean" -> "boolean";
      case "bytes", "blob" -> "bytea";
      case "date" -> "date";
      case "time" -> "time";
      case "datetime" -> first > 6 ? "varchar(37)" : "timestamp";
      case "int1", "int2", "uint1" -> "smallint";
      case "int4", "uint2" -> "integer";
      case "int8", "uint4", "uint8" -> "bigint";
      case "numeric" -> "numeric" + inParentheses();
      case "real4" -> "real";
      case "real8" -> "double precision";
      case "clob", "nclob" -> "text";
      default -> first > LONGEST_TEXT ? "varchar(65535)" : "varchar" + inParentheses();
    };
  }

  private String inParentheses() {
    return measures.isEmpty()
        ? ""
        : measures.toString().replace('[', '(').replace(']', ')').replace(" ", "");
  }

  /** As table rules spell it, such as {@code numeric(8,2)}. */
  @Override
  public String toString() {
    return name + inParentheses();
  }
}

package dev.pgbound.tables.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the value of an added column, or a new name, is computed from: an expression in the SQL of
 * SQLite over columns of the source, written as {@code $COLUMN}, and over what DMS knows about the
 * row ({@code $AR_H_...}) and about its table ({@code $AR_M_...}).
 */
public final class Expression {

  /** What DMS knows about a row. */
  public static final List<String> HEADERS =
      List.of(
          "AR_H_STREAM_POSITION",
          "AR_H_CHANGE_SEQ",
          "AR_H_TIMESTAMP",
          "AR_H_COMMIT_TIMESTAMP",
          "AR_H_OPERATION",
          "AR_H_USER",
          "AR_H_TRANSACTION_ID");

  /** What DMS knows about a table and a column. */
  public static final List<String> METADATA =
      List.of(
          "AR_M_SOURCE_SCHEMA",
          "AR_M_SOURCE_TABLE_NAME",
          "AR_M_SOURCE_COLUMN_NAME",
          "AR_M_SOURCE_COLUMN_DATATYPE");

  /** Gives the values of one row. */
  public interface Row {
    /**
     * @param name a column of the source, one of {@link #HEADERS} or one of {@link #METADATA}
     * @return a {@code Long}, {@code Double}, {@code String}, {@code byte[]} or null
     */
    @Nullable Object value(String name);
  }

  private final String text;
  private final Node node;

  private Expression(String text, Node node) {
    this.text = text;
    this.node = node;
  }

  /**
   * Reads an expression.
   *
   * @throws ExpressionException with what is wrong and where
   */
  public static Expression parse(String text) throws ExpressionException {
    return new Expression(text, Parser.parse(text));
  }

  /** The columns of the source that it takes values from, in the order of the text. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(variables());
    columns.removeIf(name -> name.startsWith("AR_H_") || name.startsWith("AR_M_"));
    return columns;
  }

  /** The headers and metadata that it takes values from, also those that do not exist. */
  public Set<String> headers() {
    Set<String> headers = new LinkedHashSet<>(variables());
    headers.removeAll(columns());
    return headers;
  }

  private Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    node.forEach(
        part -> {
          if (part instanceof Node.Variable variable) {
            names.add(variable.name());
          }
        });
    return names;
  }

  /** Whether {@link #evaluate} can compute it: everything but chance and the calendar. */
  public boolean isComputed() {
    boolean[] computed = {true};
    node.forEach(
        part -> computed[0] &= !(part instanceof Node.Call call) || call.function().isComputed());
    return computed[0];
  }

  /**
   * Its value for a row, as SQLite computes it.
   *
   * @throws IllegalStateException when it is not {@link #isComputed}
   */
  public @Nullable Object evaluate(Row row) {
    return new Computation(row).value(node);
  }

  /** Its value as text; empty when there is none. */
  public Optional<String> text(Row row) {
    return Optional.ofNullable(evaluate(row)).map(Scalars::text);
  }

  /** The expression as it is written. */
  @Override
  public String toString() {
    return text;
  }
}

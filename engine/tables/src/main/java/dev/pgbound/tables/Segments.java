package dev.pgbound.tables;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts in which a table is loaded side by side.
 *
 * @param type in the words of DMS: {@code partitions-auto}, {@code subpartitions-auto}, {@code
 *     partitions-list}, {@code ranges} or {@code none}
 * @param partitions the only ones that are loaded, of a list
 * @param subpartitions likewise
 * @param columns what ranges are made of
 * @param boundaries upper ends of the ranges, one value for each column; the last range has none
 */
public record Segments(
    String type,
    List<String> partitions,
    List<String> subpartitions,
    List<String> columns,
    List<List<String>> boundaries) {

  /** The whole table at once. */
  public static final Segments NONE =
      new Segments("none", List.of(), List.of(), List.of(), List.of());

  public Segments {
    partitions = List.copyOf(partitions);
    subpartitions = List.copyOf(subpartitions);
    columns = List.copyOf(columns);
    boundaries = List.copyOf(boundaries);
  }

  static Segments of(Fields load) {
    List<List<String>> boundaries = new ArrayList<>();
    for (Value item : load.items("boundaries")) {
      if (item instanceof Value.Items boundary) {
        boundaries.add(boundary.items().stream().map(Value::toString).toList());
      }
    }
    return new Segments(
        load.text("type").orElse(NONE.type()),
        load.texts("partitions"),
        load.texts("subpartitions"),
        load.texts("columns"),
        boundaries);
  }
}

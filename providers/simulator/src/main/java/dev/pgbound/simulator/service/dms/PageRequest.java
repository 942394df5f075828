package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.Filter;

/** Which part of a list a describe operation was asked for. */
record PageRequest(List<Filter> filters, @Nullable Integer maxRecords, @Nullable String marker) {

  private static final int LEAST = 20;
  static final int USUAL = 100;

  /** Refuses a page size outside of what the operation allows. */
  void checkLimit(int most) {
    if (maxRecords != null && (maxRecords < LEAST || maxRecords > most)) {
      throw Refusals.invalidValue(
          "Invalid value %d for MaxRecords. Must be between %d and %d", maxRecords, LEAST, most);
    }
  }

  <T> Page<T> page(List<T> found) {
    return Page.of(found, maxRecords, marker, USUAL, "InvalidParameterValueException");
  }
}

package dev.pgbound.simulator.copy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the target gets it.
 *
 * @param values one for each column of the table's {@link RowMapper}
 * @param late LOBs that are looked up and written once the row is there, by the place of their
 *     column; their values are null
 * @param cut whether a LOB has lost its end
 */
record MappedRow(List<@Nullable String> values, Map<Integer, String> late, boolean cut) {}

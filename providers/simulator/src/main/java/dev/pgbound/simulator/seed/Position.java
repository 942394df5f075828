package dev.pgbound.simulator.seed;

import dev.pgbound.simulator.fault.InvalidFaultException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where something stands in a seed file.
 *
 * @param file the file's name
 * @param context which entry and operation, empty outside of an entry
 */
record Position(String file, String context) {

  Position in(String entry) {
    return new Position(file, entry + ": ");
  }

  InvalidSeedException error(Node node, String message) {
    return error(node.getStartMark(), message, null);
  }

  InvalidSeedException error(Node node, String message, Throwable cause) {
    return error(node.getStartMark(), message, cause);
  }

  /** A mistake within a text, which stands on one line unless it was folded. */
  InvalidSeedException error(ScalarNode text, InvalidFaultException mistake) {
    Mark mark = text.getStartMark();
    int quote = text.isPlain() ? 0 : 1;
    return at(
        mark.getLine(),
        mark.getColumn() + quote + mistake.offset(),
        String.valueOf(mistake.getMessage()),
        mistake);
  }

  InvalidSeedException error(Mark mark, String message, @Nullable Throwable cause) {
    return at(mark.getLine(), mark.getColumn(), message, cause);
  }

  private InvalidSeedException at(int line, int column, String message, @Nullable Throwable cause) {
    return new InvalidSeedException(
        file + ":" + (line + 1) + ":" + (column + 1) + ": " + context + message, cause);
  }
}

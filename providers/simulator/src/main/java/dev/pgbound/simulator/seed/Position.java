package dev.pgbound.simulator.seed;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

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

  InvalidSeedException error(Mark mark, String message, @Nullable Throwable cause) {
    int line = mark.getLine() + 1;
    int column = mark.getColumn() + 1;
    return new InvalidSeedException(
        file + ":" + line + ":" + column + ": " + context + message, cause);
  }
}

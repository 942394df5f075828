package dev.pgbound.engine.config;

import java.util.List;

/**
 * YAML as it is written, before scalars mean anything. Places are numbers of code points from the
 * start of the file.
 */
sealed interface Node {

  int start();

  int end();

  record Scalar(int start, int end, String text, SourceMap.Form form) implements Node {}

  record Sequence(int start, int end, List<Node> items) implements Node {}

  record Mapping(int start, int end, List<Entry> entries) implements Node {}

  /** Key and value; a key can be anything as yet. */
  record Entry(Node key, Node value) {}
}

package dev.pgbound.cli.render;

import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.spi.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The dependency graph in the languages that other programs draw. */
public final class GraphText {

  private GraphText() {}

  /** A Mermaid flowchart: an arrow points from what is needed to what needs it. */
  public static String mermaid(ResourceGraph graph) {
    List<Address> order = graph.order();
    Map<Address, String> ids = new HashMap<>();
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (Address address : order) {
      ids.put(address, "n" + ids.size());
      text.append(String.format(Locale.ROOT, "  %s[\"%s\"]\n", ids.get(address), address));
    }
    for (ResourceGraph.Edge edge : graph.edges()) {
      text.append(
          String.format(
              Locale.ROOT, "  %s --> %s\n", ids.get(edge.dependency()), ids.get(edge.dependent())));
    }
    return text.toString();
  }

  /** A Graphviz digraph with the cause of each edge as its tooltip. */
  public static String dot(ResourceGraph graph) {
    StringBuilder text = new StringBuilder("digraph migration {\n");
    text.append("  rankdir=LR;\n  node [shape=box];\n");
    for (Address address : graph.order()) {
      text.append(String.format(Locale.ROOT, "  \"%s\";\n", address));
    }
    for (ResourceGraph.Edge edge : graph.edges()) {
      String cause = edge.cause().replace("\\", "\\\\").replace("\"", "\\\"");
      text.append(
          String.format(
              Locale.ROOT,
              "  \"%s\" -> \"%s\" [edgetooltip=\"%s\"];\n",
              edge.dependency(),
              edge.dependent(),
              Words.clean(cause)));
    }
    return text.append("}\n").toString();
  }
}

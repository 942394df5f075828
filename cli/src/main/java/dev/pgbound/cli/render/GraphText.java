package dev.pgbound.cli.render;

import dev.pgbound.engine.graph.ResourceGraph;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /** A Mermaid flowchart of steps: an arrow points from what must be finished to what waits. */
  static String mermaid(StepPicture picture) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Set<Impact> impacts = new TreeSet<>();
    for (int i = 0; i < picture.groups().size(); i++) {
      StepPicture.Group group = picture.groups().get(i);
      boolean harmless = group.impact() == Impact.NONE;
      text.append(
          String.format(
              Locale.ROOT,
              "  n%d[\"%s %s%s\"]%s\n",
              i,
              group.verb(),
              group.label(),
              harmless ? "" : "<br>" + group.impact().word(),
              harmless ? "" : ":::" + style(group.impact())));
      if (!harmless) {
        impacts.add(group.impact());
      }
    }
    for (StepPicture.Arrow arrow : picture.arrows()) {
      text.append(String.format(Locale.ROOT, "  n%d --> n%d\n", arrow.from(), arrow.to()));
    }
    for (Impact impact : impacts) {
      text.append(
          String.format(
              Locale.ROOT, "  classDef %s %s,color:#1f2328\n", style(impact), colours(impact)));
    }
    return text.toString();
  }

  /** Whether GitHub draws it: Mermaid there refuses more than 500 arrows and 50,000 characters. */
  static boolean isDrawn(StepPicture picture, String mermaid) {
    return picture.arrows().size() <= 500 && mermaid.length() <= 50_000;
  }

  private static String style(Impact impact) {
    return impact.word().replace("-", "");
  }

  private static String colours(Impact impact) {
    return switch (impact) {
      case DESTROYS_DATA -> "fill:#ffcecb,stroke:#cf222e";
      case RELOADS_DATA -> "fill:#ffd8b5,stroke:#bc4c00";
      case STOPS_REPLICATION -> "fill:#fae17d,stroke:#9a6700";
      case INTERRUPTS -> "fill:#d8e8ff,stroke:#0969da";
      case NONE -> "fill:#f6f8fa,stroke:#59636e";
    };
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

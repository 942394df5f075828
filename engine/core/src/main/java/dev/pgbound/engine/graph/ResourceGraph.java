package dev.pgbound.engine.graph;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

/** The resources of a migration and which of them must be there before which. */
public final class ResourceGraph {

  /**
   * One dependency with its reason.
   *
   * @param cause the reference, {@code dependsOn}, or why AWS demands it
   * @param range where the file says so; empty for what pgbound knows by itself
   */
  public record Edge(
      Address dependent, Address dependency, String cause, Optional<SourceRange> range) {}

  private final Graph<Address, Edge> graph = new DefaultDirectedGraph<>(Edge.class);

  /** Edges between addresses that are not among {@code nodes} are left out. */
  public ResourceGraph(Collection<Address> nodes, Collection<Edge> edges) {
    nodes.forEach(graph::addVertex);
    for (Edge edge : edges) {
      boolean known =
          graph.containsVertex(edge.dependent()) && graph.containsVertex(edge.dependency());
      if (known) {
        graph.addEdge(edge.dependency(), edge.dependent(), edge);
      }
    }
  }

  /** All dependencies, one edge for each pair. */
  public List<Edge> edges() {
    List<Edge> edges = new ArrayList<>(graph.edgeSet());
    edges.sort(Comparator.comparing(Edge::dependent).thenComparing(Edge::dependency));
    return edges;
  }

  /** All resources, dependencies first; resources that do not depend on one another by address. */
  public List<Address> order() {
    List<Address> order = new ArrayList<>();
    new TopologicalOrderIterator<>(graph, Comparator.naturalOrder()).forEachRemaining(order::add);
    return order;
  }

  /** Everything that {@code address} needs, directly or not. */
  public Set<Address> allDependencies(Address address) {
    return reach(address, Direction.DEPENDENCIES);
  }

  /** Everything that needs {@code address}, directly or not. */
  public Set<Address> allDependents(Address address) {
    return reach(address, Direction.DEPENDENTS);
  }

  /** What needs {@code address} directly. */
  public Set<Address> dependents(Address address) {
    return graph.containsVertex(address) ? neighbours(address, Direction.DEPENDENTS) : Set.of();
  }

  private enum Direction {
    DEPENDENCIES,
    DEPENDENTS
  }

  private Set<Address> reach(Address from, Direction direction) {
    Set<Address> reached = new LinkedHashSet<>();
    Deque<Address> open = new ArrayDeque<>();
    if (graph.containsVertex(from)) {
      open.add(from);
    }
    while (!open.isEmpty()) {
      for (Address next : neighbours(open.remove(), direction)) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private Set<Address> neighbours(Address address, Direction direction) {
    Set<Address> neighbours = new TreeSet<>();
    switch (direction) {
      case DEPENDENCIES ->
          graph.incomingEdgesOf(address).forEach(edge -> neighbours.add(edge.dependency()));
      case DEPENDENTS ->
          graph.outgoingEdgesOf(address).forEach(edge -> neighbours.add(edge.dependent()));
    }
    return neighbours;
  }

  /** One concrete circle of dependencies, the shortest through its first resource; or empty. */
  public List<Edge> cycle() {
    for (Set<Address> knot :
        new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
      Address first = new TreeSet<>(knot).first();
      if (knot.size() > 1 || graph.containsEdge(first, first)) {
        return shortestCircle(first, knot);
      }
    }
    return List.of();
  }

  private List<Edge> shortestCircle(Address start, Set<Address> within) {
    Map<Address, Edge> cameBy = new HashMap<>();
    Deque<Address> open = new ArrayDeque<>();
    open.add(start);
    while (!cameBy.containsKey(start)) {
      Address at = open.remove();
      List<Edge> edges = new ArrayList<>(graph.incomingEdgesOf(at));
      edges.sort(Comparator.comparing(Edge::dependency));
      for (Edge edge : edges) {
        if (within.contains(edge.dependency())
            && cameBy.putIfAbsent(edge.dependency(), edge) == null) {
          open.add(edge.dependency());
        }
      }
    }
    List<Edge> circle = new ArrayList<>();
    Address at = start;
    do {
      Edge edge = java.util.Objects.requireNonNull(cameBy.get(at));
      circle.add(0, edge);
      at = edge.dependent();
    } while (!at.equals(start));
    return circle;
  }
}

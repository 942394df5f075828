package dev.pgbound.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layered drawing of an acyclic graph, after Sugiyama: each node in a column behind all that it
 * depends on, an order within the columns with few crossings, and heights that keep arrows flat.
 * Small and deterministic; made for some hundred nodes.
 */
final class Layers {

  private static final int SWEEPS = 24;

  /** A place in the drawing: column, and height of the middle in units of {@code gap}. */
  record Spot(int column, double height) {}

  /** An arrow with the places it goes through, both ends included. */
  record Route(int from, int to, List<Spot> spots) {}

  private final int nodes;
  private final List<int[]> arrows;
  private final List<List<Integer>> in = new ArrayList<>();
  private final List<List<Integer>> out = new ArrayList<>();
  private final List<Integer> column = new ArrayList<>();
  private final List<List<Integer>> columns = new ArrayList<>();
  private final Map<Integer, List<Integer>> routes = new HashMap<>();
  private double[] height = {};

  private Layers(int nodes, List<int[]> arrows) {
    this.nodes = nodes;
    this.arrows = arrows;
  }

  /**
   * @param arrows pairs of nodes, from what comes first
   */
  static Layers of(int nodes, List<int[]> arrows) {
    Layers layers = new Layers(nodes, arrows);
    layers.assignColumns();
    layers.addBends();
    layers.reduceCrossings();
    layers.assignHeights();
    return layers;
  }

  Spot spot(int node) {
    return new Spot(column.get(node), height[node]);
  }

  int columns() {
    return columns.size();
  }

  /** The largest height that occurs; the smallest is 0. */
  double tallest() {
    return Arrays.stream(height).max().orElse(0);
  }

  /** In the order of the arrows. */
  List<Route> routes() {
    List<Route> result = new ArrayList<>();
    for (int i = 0; i < arrows.size(); i++) {
      List<Spot> spots = routes.getOrDefault(i, List.of()).stream().map(this::spot).toList();
      result.add(new Route(arrows.get(i)[0], arrows.get(i)[1], spots));
    }
    return result;
  }

  private void assignColumns() {
    for (int node = 0; node < nodes; node++) {
      addNode(0);
    }
    for (int[] arrow : arrows) {
      out.get(arrow[0]).add(arrow[1]);
      in.get(arrow[1]).add(arrow[0]);
    }
    List<Integer> order = topological();
    for (int node : order) {
      for (int next : out.get(node)) {
        column.set(next, Math.max(column.get(next), column.get(node) + 1));
      }
    }
    // What many wait for stands early; what waits for little moves up to what waits for it.
    for (int i = order.size() - 1; i >= 0; i--) {
      int node = order.get(i);
      if (out.get(node).size() > in.get(node).size()) {
        int nearest = out.get(node).stream().mapToInt(column::get).min().orElse(1);
        column.set(node, Math.max(column.get(node), nearest - 1));
      }
    }
  }

  private int addNode(int at) {
    in.add(new ArrayList<>());
    out.add(new ArrayList<>());
    column.add(at);
    return column.size() - 1;
  }

  private List<Integer> topological() {
    int[] waiting = new int[nodes];
    List<Integer> order = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      waiting[node] = in.get(node).size();
      if (waiting[node] == 0) {
        order.add(node);
      }
    }
    for (int i = 0; i < order.size(); i++) {
      for (int next : out.get(order.get(i))) {
        waiting[next]--;
        if (waiting[next] == 0) {
          order.add(next);
        }
      }
    }
    return order;
  }

  /** An arrow over several columns bends at a node of its own in each of them. */
  private void addBends() {
    for (int node = 0; node < nodes; node++) {
      in.get(node).clear();
      out.get(node).clear();
    }
    for (int i = 0; i < arrows.size(); i++) {
      int from = arrows.get(i)[0];
      int to = arrows.get(i)[1];
      List<Integer> route = new ArrayList<>(List.of(from));
      for (int at = column.get(from) + 1; at < column.get(to); at++) {
        route.add(addNode(at));
      }
      route.add(to);
      for (int k = 1; k < route.size(); k++) {
        out.get(route.get(k - 1)).add(route.get(k));
        in.get(route.get(k)).add(route.get(k - 1));
      }
      routes.put(i, route);
    }
    for (int node = 0; node < column.size(); node++) {
      while (columns.size() <= column.get(node)) {
        columns.add(new ArrayList<>());
      }
      columns.get(column.get(node)).add(node);
    }
  }

  private void reduceCrossings() {
    List<List<Integer>> best = copy();
    int fewest = crossings();
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean forward = sweep % 2 == 0;
      for (int k = 1; k < columns.size(); k++) {
        int at = forward ? k : columns.size() - 1 - k;
        order(columns.get(at), forward ? in : out);
      }
      int now = crossings();
      if (now < fewest) {
        fewest = now;
        best = copy();
      }
    }
    columns.clear();
    columns.addAll(best);
  }

  private List<List<Integer>> copy() {
    List<List<Integer>> copy = new ArrayList<>();
    columns.forEach(one -> copy.add(new ArrayList<>(one)));
    return copy;
  }

  /** Each node goes to the middle of its neighbours; what has none stays where it is. */
  private void order(List<Integer> members, List<List<Integer>> neighbours) {
    int[] place = places();
    Map<Integer, Double> wanted = new HashMap<>();
    for (int node : members) {
      double middle =
          neighbours.get(node).stream().mapToInt(n -> place[n]).average().orElse(place[node]);
      wanted.put(node, middle);
    }
    members.sort(Comparator.comparingDouble(node -> wanted.getOrDefault(node, 0.0)));
  }

  private int[] places() {
    int[] place = new int[column.size()];
    for (List<Integer> members : columns) {
      for (int i = 0; i < members.size(); i++) {
        place[members.get(i)] = i;
      }
    }
    return place;
  }

  private int crossings() {
    int[] place = places();
    int count = 0;
    for (List<Integer> members : columns) {
      List<int[]> lines = new ArrayList<>();
      for (int node : members) {
        out.get(node).forEach(next -> lines.add(new int[] {place[node], place[next]}));
      }
      for (int i = 0; i < lines.size(); i++) {
        for (int k = i + 1; k < lines.size(); k++) {
          int[] one = lines.get(i);
          int[] other = lines.get(k);
          count += (one[0] - other[0]) * (one[1] - other[1]) < 0 ? 1 : 0;
        }
      }
    }
    return count;
  }

  private void assignHeights() {
    height = new double[column.size()];
    for (List<Integer> members : columns) {
      double at = 0;
      for (int i = 0; i < members.size(); i++) {
        at += i == 0 ? 0 : gap(members.get(i - 1), members.get(i));
        height[members.get(i)] = at;
      }
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forward = sweep % 2 == 0;
      for (int k = 0; k < columns.size(); k++) {
        settle(columns.get(forward ? k : columns.size() - 1 - k), sweep);
      }
    }
    double least = Arrays.stream(height).min().orElse(0);
    for (int i = 0; i < height.length; i++) {
      height[i] -= least;
    }
  }

  /** The least height between two neighbours of a column; a bend is only a line. */
  private double gap(int above, int below) {
    return above < nodes && below < nodes ? 1 : above < nodes || below < nodes ? 0.75 : 0.4;
  }

  /**
   * Moves the members of a column as near to their neighbours as their order and distances allow:
   * the least squares answer, found by pooling those that would overlap.
   */
  private void settle(List<Integer> members, int sweep) {
    List<double[]> pools = new ArrayList<>();
    double offset = 0;
    double[] offsets = new double[members.size()];
    for (int i = 0; i < members.size(); i++) {
      offset += i == 0 ? 0 : gap(members.get(i - 1), members.get(i));
      offsets[i] = offset;
      double[] pool = {wanted(members.get(i), sweep) - offset, 1};
      while (!pools.isEmpty() && pools.get(pools.size() - 1)[0] > pool[0]) {
        double[] other = pools.remove(pools.size() - 1);
        double weight = other[1] + pool[1];
        pool = new double[] {(other[0] * other[1] + pool[0] * pool[1]) / weight, weight};
      }
      pools.add(pool);
    }
    int i = 0;
    for (double[] pool : pools) {
      for (int k = 0; k < (int) pool[1]; k++) {
        height[members.get(i)] = pool[0] + offsets[i];
        i++;
      }
    }
  }

  private double wanted(int node, int sweep) {
    boolean lastSweeps = sweep >= SWEEPS - 4;
    List<Integer> near = new ArrayList<>();
    if (sweep % 2 == 0 || lastSweeps) {
      near.addAll(in.get(node));
    }
    if (sweep % 2 == 1 || lastSweeps) {
      near.addAll(out.get(node));
    }
    return near.stream().mapToDouble(n -> height[n]).average().orElse(height[node]);
  }
}

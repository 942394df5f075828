package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.plan.Step;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The steps of a plan as they are drawn: each with its time from the duration estimates, and only
 * the arrows that say something. In large plans, steps of one kind that stand at the same place are
 * drawn as one.
 *
 * @param arrows from what must be finished to what waits for it; none that follows from others
 */
record StepPicture(List<Group> groups, List<Arrow> arrows, Duration total) {

  /** More steps than this are drawn in groups. */
  private static final int MOST = 60;

  /**
   * One step, or several that do the same to the same type.
   *
   * @param depth how many steps at least come one after another before it
   * @param start when it begins, from the start of the run
   * @param critical whether a delay of it delays the end of the run
   */
  record Group(
      List<Step> steps, Impact impact, int depth, Duration start, Duration end, boolean critical) {

    Step first() {
      return steps.get(0);
    }

    String verb() {
      return first().kind().verb();
    }

    /** {@code vpc.main}, or {@code 12 × cloudwatch-alarm}. */
    String label() {
      return steps.size() == 1
          ? first().address().toString()
          : String.format(Locale.ROOT, "%,d × %s", steps.size(), first().address().type());
    }
  }

  /** Places in {@link #groups}. */
  record Arrow(int from, int to) {}

  static StepPicture of(Plan plan) {
    List<Step> steps = plan.steps().steps();
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      index.put(steps.get(i).id(), i);
    }
    List<int[]> before = new ArrayList<>();
    for (Step step : steps) {
      before.add(plan.steps().before(step.id()).stream().mapToInt(id -> at(index, id)).toArray());
    }
    return new Drawing(plan, steps, before).draw();
  }

  private static int at(Map<String, Integer> index, String id) {
    Integer at = index.get(id);
    if (at == null) {
      throw new IllegalArgumentException("no step " + id);
    }
    return at;
  }

  /** The working state. */
  private static final class Drawing {
    private final Plan plan;
    private final List<Step> steps;
    private final List<int[]> before;
    private final long[] end;
    private final long[] latest;
    private final int[] depth;
    private final int[] groupOf;

    Drawing(Plan plan, List<Step> steps, List<int[]> before) {
      this.plan = plan;
      this.steps = steps;
      this.before = before;
      end = new long[steps.size()];
      latest = new long[steps.size()];
      depth = new int[steps.size()];
      groupOf = new int[steps.size()];
    }

    StepPicture draw() {
      long total = schedule();
      List<Group> groups = groups();
      return new StepPicture(groups, arrows(groups.size()), Duration.ofMillis(total));
    }

    private long schedule() {
      long total = 0;
      for (int i = 0; i < steps.size(); i++) {
        long start = 0;
        for (int previous : before.get(i)) {
          start = Math.max(start, end[previous]);
          depth[i] = Math.max(depth[i], depth[previous] + 1);
        }
        end[i] = start + steps.get(i).typical().toMillis();
        total = Math.max(total, end[i]);
      }
      java.util.Arrays.fill(latest, total);
      for (int i = steps.size() - 1; i >= 0; i--) {
        for (int previous : before.get(i)) {
          latest[previous] =
              Math.min(latest[previous], latest[i] - steps.get(i).typical().toMillis());
        }
      }
      return total;
    }

    private List<Group> groups() {
      Map<Address, Impact> impacts = new HashMap<>();
      for (ResourceChange change : plan.changes()) {
        impacts.put(change.address(), change.isChange() ? change.impact() : Impact.NONE);
      }
      boolean alone = steps.size() <= MOST;
      Map<List<Object>, List<Integer>> members = new LinkedHashMap<>();
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        Impact impact = impacts.getOrDefault(step.address(), Impact.NONE);
        List<Object> key =
            alone ? List.of(i) : List.of(step.kind(), step.address().type(), impact, depth[i]);
        members.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      }
      List<Group> groups = new ArrayList<>();
      for (List<Integer> group : members.values()) {
        group.forEach(i -> groupOf[i] = groups.size());
        groups.add(group(group, impacts));
      }
      return List.copyOf(groups);
    }

    private Group group(List<Integer> members, Map<Address, Impact> impacts) {
      long start = Long.MAX_VALUE;
      long last = 0;
      boolean critical = false;
      Impact impact = Impact.NONE;
      for (int i : members) {
        start = Math.min(start, end[i] - steps.get(i).typical().toMillis());
        last = Math.max(last, end[i]);
        critical |= end[i] == latest[i];
        impact = Impact.worse(impact, impacts.getOrDefault(steps.get(i).address(), Impact.NONE));
      }
      return new Group(
          members.stream().map(steps::get).toList(),
          impact,
          depth[members.get(0)],
          Duration.ofMillis(start),
          Duration.ofMillis(last),
          critical);
    }

    /** An arrow from one group to another that also leads there over a third says nothing. */
    private List<Arrow> arrows(int count) {
      List<TreeSet<Integer>> from = new ArrayList<>();
      for (int group = 0; group < count; group++) {
        from.add(new TreeSet<>());
      }
      for (int i = 0; i < steps.size(); i++) {
        for (int previous : before.get(i)) {
          from.get(groupOf[i]).add(groupOf[previous]);
        }
      }
      List<BitSet> reached = new ArrayList<>();
      List<Arrow> arrows = new ArrayList<>();
      for (int group : byDepth(count)) {
        ensure(reached, group);
        BitSet indirect = new BitSet();
        from.get(group).forEach(previous -> indirect.or(reached.get(previous)));
        from.get(group).stream()
            .filter(previous -> !indirect.get(previous))
            .forEach(previous -> arrows.add(new Arrow(previous, group)));
        indirect.or(asBits(from.get(group)));
        reached.set(group, indirect);
      }
      return List.copyOf(arrows);
    }

    private List<Integer> byDepth(int count) {
      int[] depths = new int[count];
      for (int i = 0; i < steps.size(); i++) {
        depths[groupOf[i]] = depth[i];
      }
      List<Integer> order = new ArrayList<>();
      for (int group = 0; group < count; group++) {
        order.add(group);
      }
      order.sort(java.util.Comparator.comparingInt(group -> depths[group]));
      return order;
    }

    private static void ensure(List<BitSet> list, int index) {
      while (list.size() <= index) {
        list.add(new BitSet());
      }
    }

    private static BitSet asBits(Iterable<Integer> numbers) {
      BitSet bits = new BitSet();
      numbers.forEach(bits::set);
      return bits;
    }
  }
}

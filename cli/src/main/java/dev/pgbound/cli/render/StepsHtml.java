package dev.pgbound.cli.render;

import dev.pgbound.engine.plan.Durations;
import dev.pgbound.spi.Impact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a plan on a page: as bars over time, and as a graph of what waits for what. */
final class StepsHtml {

  /** More bars or boxes than this help nobody. */
  private static final int MOST = 300;

  /** Widths of characters in the two sizes of the graph's type, in pixels. */
  private static final double NAME_WIDTH = 6.7;

  private static final double VERB_WIDTH = 6.1;
  private static final int LINE_HEIGHT = 13;
  private static final int ROW_GAP = 12;
  private static final int COLUMN_GAP = 30;

  /** A graph that is wider than its place shrinks to this part of its size before it scrolls. */
  private static final double SMALLEST = 0.75;

  /** The length of an arrow's head. */
  private static final int HEAD = 5;

  private static final int[] TICKS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 36_000
  };

  private final Html html;
  private final StepPicture picture;
  private final int steps;

  /** Said once for the whole graph, then. */
  private final boolean sameVerb;

  StepsHtml(Html html, StepPicture picture, int steps) {
    this.html = html;
    this.picture = picture;
    this.steps = steps;
    sameVerb = picture.groups().stream().map(StepPicture.Group::verb).distinct().count() == 1;
  }

  /** When each step runs, if nothing takes longer than usual. */
  void time() {
    if (picture.groups().isEmpty()) {
      return;
    }
    html.add(
        "<h2 id=\"time\">Time<span class=\"aside\">usual durations, as much as possible side by side; %s in all</span></h2>\n",
        Durations.text(picture.total()));
    html.add("<div class=\"sheet\"><div class=\"gantt\" style=\"--tick:%s%%\">\n", percent(tick()));
    axis();
    List<StepPicture.Group> shown = new ArrayList<>(picture.groups());
    shown.sort(java.util.Comparator.comparing(StepPicture.Group::start));
    shown.stream().limit(MOST).forEach(this::bar);
    html.add(
        "</div>\n<div class=\"legend\"><span><i class=\"bar none critical\"></i>a delay here delays the end</span>");
    html.add("<span><i class=\"bar none\"></i>has time to spare</span>");
    if (shown.size() > MOST) {
      html.add("<span>%,d more are not drawn</span>", shown.size() - MOST);
    }
    html.add("</div></div>\n");
  }

  /** Seconds between two ticks: five to ten of them. */
  private int tick() {
    for (int tick : TICKS) {
      if (picture.total().toSeconds() / tick < 10) {
        return tick;
      }
    }
    return TICKS[TICKS.length - 1];
  }

  private String percent(long seconds) {
    long total = Math.max(1, picture.total().toSeconds());
    return String.format(Locale.ROOT, "%.2f", 100.0 * seconds / total);
  }

  private void axis() {
    html.add("<div class=\"row axis\" aria-hidden=\"true\"><span></span><div class=\"track\">");
    for (int at = 0; at <= picture.total().toSeconds(); at += tick()) {
      html.add(
          "<span class=\"tick%s\" style=\"left:%s%%\">%s</span>",
          at * 100L > picture.total().toSeconds() * 96 ? " last" : "", percent(at), mark(at));
    }
    html.add("</div></div>\n");
  }

  /** As precise as the distance of the ticks. */
  private String mark(int seconds) {
    if (seconds == 0) {
      return "0";
    }
    return tick() < 60 && picture.total().toSeconds() >= 60
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : Durations.text(Duration.ofSeconds(seconds));
  }

  private void bar(StepPicture.Group group) {
    Duration length = group.end().minus(group.start());
    String words = Durations.text(length);
    boolean late = group.end().toMillis() * 10 > picture.total().toMillis() * 8;
    boolean early = group.start().toMillis() * 10 < picture.total().toMillis() * 3;
    html.add(
        "<div class=\"row\"><span class=\"label\" title=\"%s\"><span class=\"soft\">%s</span> <span class=\"mono\">%s</span></span>",
        names(group), group.verb(), group.label());
    html.add(
        "<div class=\"track\" style=\"--from:%s%%;--long:%s%%;--to:%s%%\"><span class=\"bar %s%s\"></span><span class=\"span %s\">%s%s</span></div></div>\n",
        percent(group.start().toSeconds()),
        percent(length.toSeconds()),
        percent(group.end().toSeconds()),
        group.impact().word(),
        group.critical() ? " critical" : "",
        late ? early ? "within" : "ahead" : "behind",
        words,
        group.impact() == Impact.NONE ? "" : ", " + group.impact().word());
  }

  private static String names(StepPicture.Group group) {
    List<String> names = group.steps().stream().limit(20).map(s -> s.address().toString()).toList();
    int rest = group.steps().size() - names.size();
    return String.join(", ", names) + (rest > 0 ? " and " + rest + " more" : "");
  }

  /** What has to wait for what. */
  void order() {
    if (picture.groups().size() < 2) {
      return;
    }
    html.add(
        "<h2 id=\"order\">Order<span class=\"aside\">%s%s; an arrow leads from what must be finished to what waits for it</span></h2>\n",
        Words.count(steps, "step"), sameVerb ? ", all " + picture.groups().get(0).verb() : "");
    if (picture.groups().size() > MOST) {
      html.add(
          "<p class=\"sheet graph\">The graph of %,d steps is too large to be drawn; the JSON output holds it.</p>\n",
          steps);
      return;
    }
    html.add(
        "<div class=\"sheet graph\" tabindex=\"0\" role=\"region\" aria-label=\"Graph of the steps\">\n");
    new Picture().draw();
    html.add("</div>\n");
  }

  /** The graph as SVG. */
  private final class Picture {
    private final Layers layers;
    private final double[] left;
    private final double[] width;
    private final int boxHeight;

    Picture() {
      List<int[]> arrows = new ArrayList<>();
      picture.arrows().forEach(arrow -> arrows.add(new int[] {arrow.from(), arrow.to()}));
      layers = Layers.of(picture.groups().size(), arrows);
      left = new double[layers.columns()];
      width = new double[layers.columns()];
      for (int i = 0; i < picture.groups().size(); i++) {
        StepPicture.Group group = picture.groups().get(i);
        double text =
            Math.max(
                name(group).length() * NAME_WIDTH,
                Math.max(kind(group).length(), impact(group).length()) * VERB_WIDTH);
        int column = layers.spot(i).column();
        width[column] = Math.max(width[column], text + 20);
      }
      boolean harmless = picture.groups().stream().allMatch(g -> g.impact() == Impact.NONE);
      boxHeight = (harmless ? 2 : 3) * LINE_HEIGHT + 10;
      for (int column = 1; column < left.length; column++) {
        left[column] = left[column - 1] + width[column - 1] + COLUMN_GAP;
      }
    }

    void draw() {
      int last = left.length - 1;
      double wide = left[last] + width[last] + 2;
      double high = layers.tallest() * (boxHeight + ROW_GAP) + boxHeight + 2;
      html.add(
          "<svg viewBox=\"-1 -1 %.0f %.0f\" width=\"%.0f\" style=\"min-width:%.0fpx\" role=\"img\" aria-label=\"%s\">\n",
          wide,
          high,
          wide,
          wide * SMALLEST,
          "What waits for what among " + Words.count(steps, "step"));
      layers.routes().forEach(this::arrow);
      for (int i = 0; i < picture.groups().size(); i++) {
        box(i);
      }
      html.add("</svg>\n");
    }

    private void arrow(Layers.Route route) {
      double x = right(route.spots().get(0).column());
      double y = middle(route.spots().get(0));
      StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", x, y));
      for (int i = 1; i < route.spots().size(); i++) {
        Layers.Spot spot = route.spots().get(i);
        boolean end = i == route.spots().size() - 1;
        double toX = left[spot.column()] - (end ? HEAD : 0);
        double toY = middle(spot);
        double half = (x + toX) / 2;
        path.append(
            String.format(
                Locale.ROOT, "C%.1f %.1f %.1f %.1f %.1f %.1f", half, y, half, toY, toX, toY));
        if (!end) {
          path.append(String.format(Locale.ROOT, "H%.1f", right(spot.column())));
        }
        x = end ? toX : right(spot.column());
        y = toY;
      }
      html.add("<path class=\"arrow\" d=\"%s\"/>", path);
      html.add("<path class=\"head\" d=\"M%.1f %.1fl-1 -3.5l7 3.5l-7 3.5z\"/>\n", x - 1, y);
    }

    private double right(int column) {
      return left[column] + width[column];
    }

    private double middle(Layers.Spot spot) {
      return spot.height() * (boxHeight + ROW_GAP) + boxHeight / 2.0;
    }

    private void box(int index) {
      StepPicture.Group group = picture.groups().get(index);
      Layers.Spot spot = layers.spot(index);
      double x = left[spot.column()];
      double y = spot.height() * (boxHeight + ROW_GAP);
      html.add(
          "<g class=\"%s\"><title>%s</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"6\"/>",
          group.impact().word(),
          names(group) + (group.impact() == Impact.NONE ? "" : ": " + group.impact().word()),
          x,
          y,
          width[spot.column()],
          boxHeight);
      line("verb", x, y + LINE_HEIGHT + 2, kind(group));
      line("name", x, y + 2 * LINE_HEIGHT + 2, name(group));
      if (group.impact() != Impact.NONE) {
        line("verb", x, y + 3 * LINE_HEIGHT + 2, impact(group));
      }
      html.add("</g>\n");
    }

    private void line(String style, double x, double y, String words) {
      html.add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x + 10, y, words);
    }

    private String kind(StepPicture.Group group) {
      String type = group.first().address().type();
      return sameVerb ? type : group.verb() + " " + type;
    }

    private static String impact(StepPicture.Group group) {
      return group.impact() == Impact.NONE ? "" : group.impact().word();
    }

    private static String name(StepPicture.Group group) {
      return group.steps().size() == 1
          ? group.first().address().name()
          : String.format(Locale.ROOT, "%,d of them", group.steps().size());
    }
  }
}

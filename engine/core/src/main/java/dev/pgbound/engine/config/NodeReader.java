package dev.pgbound.engine.config;

import dev.pgbound.engine.config.SourceMap.Form;
import dev.pgbound.spi.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns parser events into nodes. Reads events and not composed nodes, so that depth, aliases and
 * tags are refused where they stand, before anything is built from them.
 */
final class NodeReader {

  private static final Pattern FLOW_SIGNS = Pattern.compile("[,\\[\\]{}]");

  private final Source source;
  private final FileKind kind;
  private final Diagnostics sink;
  private final ParserImpl parser;
  private final Map<String, Node> anchors = new HashMap<>();
  private int aliases;
  private int nodes;

  NodeReader(Source source, String text, FileKind kind, Diagnostics sink) {
    this.source = source;
    this.kind = kind;
    this.sink = sink;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(text), options);
  }

  /**
   * The root of the only document; empty for a file without one. Throws what the parser throws, and
   * {@link Refused}.
   */
  Optional<Node> read() {
    Optional<Node> root = Optional.empty();
    while (!parser.checkEvent(Event.ID.StreamEnd)) {
      Event event = parser.getEvent();
      if (event.is(Event.ID.DocumentStart)) {
        if (root.isPresent()) {
          throw refuse(
              Code.SEVERAL_DOCUMENTS,
              "A second document starts here. Put it into a file of its own, or delete the line"
                  + " with ---.",
              event);
        }
        root = Optional.of(node(parser.getEvent(), 1));
      }
    }
    return root;
  }

  private Node node(Event event, int depth) {
    if (depth > Limits.DEPTH) {
      throw refuse(
          Code.TOO_DEEP,
          "Values here are nested more than " + Limits.DEPTH + " levels deep.",
          event);
    }
    nodes++;
    // a key is a node, too
    if (nodes > 2 * kind.mostValues()) {
      throw refuse(
          Code.TOO_MUCH,
          "The file has more than " + kind.mostValues() + " values up to here.",
          event);
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    refuseTag(event);
    Node node = content(event, depth);
    if (event instanceof NodeEvent named && named.getAnchor() != null) {
      anchors.put(named.getAnchor(), node);
    }
    return node;
  }

  private void refuseTag(Event event) {
    String tag = null;
    if (event instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
    } else if (event instanceof CollectionStartEvent collection) {
      tag = collection.getTag();
    }
    if (tag == null) {
      return;
    }
    Refused refused =
        refuse(
            Code.TAG,
            "A word that begins with ! is a YAML tag, which has no meaning here. Put the text in"
                + " quotes, or delete the tag.",
            event);
    if (FLOW_SIGNS.matcher(tag).find()) {
      // it has swallowed the end of a list, so that what follows makes no sense
      throw refused;
    }
  }

  private Node content(Event event, int depth) {
    int start = event.getStartMark().getIndex();
    int end = event.getEndMark().getIndex();
    if (event instanceof ScalarEvent scalar) {
      return new Node.Scalar(start, end, scalar.getValue(), form(scalar.getScalarStyle()));
    }
    if (event.is(Event.ID.SequenceStart)) {
      List<Node> items = new ArrayList<>();
      while (!parser.checkEvent(Event.ID.SequenceEnd)) {
        items.add(node(parser.getEvent(), depth + 1));
      }
      int inside = items.isEmpty() ? end : last(items).end();
      return new Node.Sequence(start, closed(inside), items);
    }
    List<Node.Entry> entries = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Node key = node(parser.getEvent(), depth + 1);
      entries.add(new Node.Entry(key, node(parser.getEvent(), depth + 1)));
    }
    int inside = entries.isEmpty() ? end : last(entries).value().end();
    return new Node.Mapping(start, closed(inside), entries);
  }

  /** Ends a collection: behind its bracket, or behind its last element when it has none. */
  private int closed(int inside) {
    Event end = parser.getEvent();
    int bracket = end.getEndMark().getIndex();
    boolean flow = bracket > end.getStartMark().getIndex();
    return flow ? bracket : inside;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private Node aliased(AliasEvent alias) {
    aliases++;
    if (aliases > Limits.ALIASES) {
      throw refuse(
          Code.TOO_MUCH, "The file has more than " + Limits.ALIASES + " aliases (*name).", alias);
    }
    Node node = anchors.get(alias.getAnchor());
    if (node != null) {
      return node;
    }
    throw refuse(
        Code.UNKNOWN_ALIAS,
        "A word that begins with * repeats the value that &"
            + alias.getAnchor()
            + " marks, but no value above is marked so. If it is a text, put it in quotes."
            + Nearest.hint(alias.getAnchor(), anchors.keySet().stream().sorted().toList()),
        alias);
  }

  private static Form form(ScalarStyle style) {
    return switch (style) {
      case PLAIN -> Form.PLAIN;
      case SINGLE_QUOTED -> Form.SINGLE_QUOTED;
      case DOUBLE_QUOTED -> Form.DOUBLE_QUOTED;
      case LITERAL, FOLDED, JSON_SCALAR_STYLE -> Form.OTHER;
    };
  }

  private SourceRange range(Event event) {
    return source.range(event.getStartMark().getIndex(), event.getEndMark().getIndex());
  }

  private Refused refuse(Code code, String detail, Event event) {
    sink.error(code, detail, range(event), Pointer.ROOT);
    return new Refused();
  }
}

package dev.pgbound.engine.config;

import dev.pgbound.engine.config.SourceMap.Form;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives nodes their meaning and remembers where each value stands. */
final class DocumentBuilder {

  private final Source source;
  private final FileKind kind;
  private final Diagnostics sink;
  private final Map<Pointer, SourceMap.Entry> entries = new HashMap<>();
  private int values;

  DocumentBuilder(Source source, FileKind kind, Diagnostics sink) {
    this.source = source;
    this.kind = kind;
    this.sink = sink;
  }

  /** Throws {@link Refused} when the document cannot be used at all. */
  Document build(Node root) {
    if (!(root instanceof Node.Mapping mapping)) {
      sink.error(Code.NOT_A_MAPPING, kind.form(), range(root), Pointer.ROOT);
      throw new Refused();
    }
    SourceRange whole = range(root);
    entries.put(Pointer.ROOT, new SourceMap.Entry(whole, whole, Form.OTHER));
    Value.Fields fields = fields(mapping, Pointer.ROOT);
    return new Document(fields, new SourceMap(source, entries));
  }

  private Value value(Node node, Pointer pointer) {
    values++;
    if (values > kind.mostValues() || pointer.segments().size() > Limits.DEPTH) {
      boolean deep = values <= kind.mostValues();
      sink.error(
          deep ? Code.TOO_DEEP : Code.TOO_MUCH,
          deep
              ? "With its aliases filled in, the file is nested more than "
                  + Limits.DEPTH
                  + " levels deep."
              : "With its aliases filled in, the file holds more than "
                  + kind.mostValues()
                  + " values.",
          range(node),
          pointer);
      throw new Refused();
    }
    if (node instanceof Node.Scalar scalar) {
      return scalar.form() == Form.PLAIN
          ? PlainScalar.resolve(scalar.text())
          : Value.of(scalar.text());
    }
    return node instanceof Node.Mapping mapping
        ? fields(mapping, pointer)
        : items((Node.Sequence) node, pointer);
  }

  private Value.Items items(Node.Sequence sequence, Pointer pointer) {
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      Pointer place = pointer.item(items.size());
      remember(place, item, item);
      items.add(value(item, place));
    }
    return new Value.Items(items);
  }

  private Value.Fields fields(Node.Mapping mapping, Pointer pointer) {
    Map<String, Value> fields = new LinkedHashMap<>();
    Map<String, Node> keys = new HashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      if (!(entry.key() instanceof Node.Scalar key) || !isText(key)) {
        refuseKey(entry.key(), pointer);
        continue;
      }
      Node first = keys.putIfAbsent(key.text(), key);
      Pointer place = pointer.child(key.text());
      if (first != null) {
        sink.error(
            Code.DUPLICATE_KEY,
            "The key \""
                + key.text()
                + "\" is already there in line "
                + range(first).line()
                + ". Keep one of the two.",
            range(key),
            place);
        continue;
      }
      remember(place, key, entry.value());
      fields.put(key.text(), value(entry.value(), place));
    }
    return new Value.Fields(fields);
  }

  private static boolean isText(Node.Scalar key) {
    return key.form() != Form.PLAIN
        || (PlainScalar.resolve(key.text()) instanceof Value.Text && !key.text().equals("<<"));
  }

  private void refuseKey(Node key, Pointer pointer) {
    if (key instanceof Node.Scalar scalar && scalar.text().equals("<<")) {
      sink.error(
          Code.MERGE_KEY,
          "The key << merges another mapping into this one in YAML 1.1. Write the values out, or"
              + " repeat a whole value with an alias.",
          range(key),
          pointer);
      return;
    }
    String detail =
        key instanceof Node.Scalar scalar
            ? "YAML reads this key as a number, a truth value or nothing. "
                + (scalar.text().isEmpty()
                    ? "Write a name before the colon."
                    : "Put it in quotes: \"" + scalar.text() + "\".")
            : "A list or a mapping cannot be a key. Write a name before the colon.";
    sink.error(Code.KEY_NOT_TEXT, detail, range(key), pointer);
  }

  private void remember(Pointer place, Node key, Node value) {
    Form form = value instanceof Node.Scalar scalar ? scalar.form() : Form.OTHER;
    entries.put(place, new SourceMap.Entry(range(key), range(value), form));
  }

  private SourceRange range(Node node) {
    return source.range(node.start(), node.end());
  }
}

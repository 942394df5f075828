package dev.pgbound.cli.abuse;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file as something that can be broken: a scalar is its text as it will stand in the file,
 * and a map may hold a key twice.
 */
final class YamlTree {

  /** Longer files are cut off: the reader refuses them unseen. */
  private static final int LONGEST = 3 << 20;

  /** What a tree is. */
  enum Kind {
    SCALAR,
    LIST,
    MAP
  }

  Kind kind;

  /** The text of a scalar, quotes included. */
  String text = "";

  final List<String> keys = new ArrayList<>();
  final List<YamlTree> children = new ArrayList<>();

  private YamlTree(Kind kind) {
    this.kind = kind;
  }

  static YamlTree scalar(String text) {
    YamlTree tree = new YamlTree(Kind.SCALAR);
    tree.text = text;
    return tree;
  }

  static YamlTree list(List<YamlTree> items) {
    YamlTree tree = new YamlTree(Kind.LIST);
    tree.children.addAll(items);
    return tree;
  }

  static YamlTree map(String key, YamlTree value) {
    YamlTree tree = new YamlTree(Kind.MAP);
    tree.put(key, value);
    return tree;
  }

  static YamlTree parse(String yaml) {
    return of(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml)));
  }

  private static YamlTree of(Node node) {
    if (node instanceof MappingNode map) {
      YamlTree tree = new YamlTree(Kind.MAP);
      for (NodeTuple tuple : map.getValue()) {
        tree.put(of(tuple.getKeyNode()).text, of(tuple.getValueNode()));
      }
      return tree;
    }
    if (node instanceof SequenceNode list) {
      return list(list.getValue().stream().map(YamlTree::of).toList());
    }
    ScalarNode scalar = (ScalarNode) node;
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    return scalar(plain ? scalar.getValue() : quoted(scalar.getValue()));
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  void put(String key, YamlTree value) {
    keys.add(key);
    children.add(value);
  }

  YamlTree copy() {
    YamlTree copy = new YamlTree(kind);
    copy.become(this);
    return copy;
  }

  /** Takes over what {@code other} is. */
  void become(YamlTree other) {
    YamlTree source = other == this ? other.shallow() : other;
    List<YamlTree> copies = source.children.stream().map(YamlTree::copy).toList();
    List<String> newKeys = List.copyOf(source.keys);
    kind = source.kind;
    text = source.text;
    keys.clear();
    keys.addAll(newKeys);
    children.clear();
    children.addAll(copies);
  }

  private YamlTree shallow() {
    YamlTree same = new YamlTree(kind);
    same.text = text;
    same.keys.addAll(keys);
    same.children.addAll(children);
    return same;
  }

  /** This tree and everything beneath it. */
  List<YamlTree> all() {
    List<YamlTree> all = new ArrayList<>();
    collect(all);
    return all;
  }

  private void collect(List<YamlTree> all) {
    all.add(this);
    children.forEach(child -> child.collect(all));
  }

  /** The file: maps and lists of the upper levels as blocks, deeper ones between brackets. */
  String write() {
    StringBuilder out = new StringBuilder();
    block(out, 0);
    return out.toString();
  }

  /** All of it between brackets: JSON when its scalars are. */
  String writeInOneLine() {
    StringBuilder out = new StringBuilder();
    flow(out);
    return out.toString();
  }

  private void block(StringBuilder out, int depth) {
    for (int i = 0; i < children.size() && out.length() < LONGEST; i++) {
      out.append("  ".repeat(depth)).append(kind == Kind.MAP ? keys.get(i) + ":" : "-");
      YamlTree child = children.get(i);
      if (child.isBlock() && depth < 6) {
        out.append('\n');
        child.block(out, depth + 1);
      } else {
        out.append(' ');
        child.flow(out);
        out.append('\n');
      }
    }
    if (kind == Kind.SCALAR) {
      out.append("  ".repeat(depth)).append(text).append('\n');
    }
  }

  private boolean isBlock() {
    return kind != Kind.SCALAR && !children.isEmpty();
  }

  private void flow(StringBuilder out) {
    if (kind == Kind.SCALAR) {
      boolean needsQuotes = text.startsWith("${");
      out.append(needsQuotes ? quoted(text) : text);
      return;
    }
    out.append(kind == Kind.MAP ? '{' : '[');
    for (int i = 0; i < children.size() && out.length() < LONGEST; i++) {
      out.append(i == 0 ? "" : ", ").append(kind == Kind.MAP ? keys.get(i) + ": " : "");
      children.get(i).flow(out);
    }
    out.append(kind == Kind.MAP ? '}' : ']');
  }
}

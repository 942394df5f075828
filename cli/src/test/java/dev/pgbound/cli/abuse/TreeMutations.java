package dev.pgbound.cli.abuse;

import dev.pgbound.cli.abuse.YamlTree.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Mistakes in the structure of a file: keys, values, types, references, depth and size. */
final class TreeMutations {

  /** Scalars as they stand in the file. */
  private static final List<String> SCALARS =
      List.of(
          "",
          "null",
          "~",
          "true",
          "yes",
          "0",
          "-1",
          "65536",
          "1e400",
          "99999999999999999999999999",
          "1e999999999",
          "-1e-999999999",
          "0x1F",
          "0o17",
          ".inf",
          ".nan",
          "1_000",
          "16.4",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "99999-99-99",
          "12:30:45",
          "\"\"",
          "\" \"",
          "\"\\0\"",
          "\"a\\x07b\"",
          "\"\\uD800\"",
          "\"\\uDC00\\uD800\"",
          "\"\\uFEFF\"",
          "\"\\u202Egnol\"",
          "\u202Eabc",
          "cafe\u0301",
          "\"\\e[31mred\\e[0m\"",
          "\"line\\nbreak\"",
          "\"tab\\there\"",
          "\u0130\u0131i\u0307",
          "\ud83d\ude80",
          "\u200B",
          "a\u00A0b",
          "../../etc/passwd",
          "'; DROP TABLE x; --",
          "<script>alert(1)</script>",
          "%s%n%d",
          "!!java.net.URL [\"http://localhost\"]",
          "!!javax.script.ScriptEngineManager []",
          "!!binary aGVsbG8=",
          "!custom x",
          "&anchor x",
          "*anchor",
          "@at",
          "`tick",
          "- - -",
          "? x",
          "| text",
          "> text",
          "{",
          "[",
          "{a: 1}",
          "[[[]]]",
          "\"unclosed",
          "'it''s'");

  private static final int MEBIBYTE = 1 << 20;

  private static final List<String> REFERENCES =
      List.of(
          "${",
          "${}",
          "$${x}",
          "${vpc}",
          "${vpc.main}",
          "${vpc.main.}",
          "${vpc.main.nothing}",
          "${vpc.main.vpcId.more}",
          "${.}",
          "${..}",
          "${vpc.nobody}",
          "${nothing.at-all}",
          "${var.missing}",
          "${var.}",
          "${env.SECRET}",
          "${env.}",
          "${secret.target}",
          "${secret.target.arn}",
          "${secret.target.generated}",
          "${secret.target.values}",
          "${db-cluster.target.endpoint}",
          "${dms-task.hr}",
          "${dms-endpoint.source.password}",
          "${${vpc.main}}",
          "${vpc.main}${subnet.a}",
          "x${vpc.main}y",
          "${VPC.MAIN}",
          "${vpc.ma\u0131n}",
          "${ vpc.main }",
          "${vpc.main\n}");

  private final Random random;
  private final List<String> keyPool;
  private final List<String> scalars;

  /**
   * @param keyPool keys that are right in some place
   */
  TreeMutations(Random random, List<String> keyPool) {
    this(random, keyPool, SCALARS);
  }

  /**
   * @param scalars what values are replaced with
   */
  TreeMutations(Random random, List<String> keyPool, List<String> scalars) {
    this.random = random;
    this.keyPool = keyPool;
    this.scalars = scalars;
  }

  /** Makes one mistake; says which. */
  String mutate(YamlTree root) {
    return switch (random.nextInt(16)) {
      case 0 -> removeKey(root);
      case 1 -> renameKey(root);
      case 2 -> doubleKey(root);
      case 3 -> moveValue(root);
      case 4 -> swapValues(root);
      case 5 -> addKey(root);
      case 6, 7, 8 -> replace(root, pick(scalars), "scalar");
      case 9, 10 -> replace(root, YamlTree.quoted(pick(REFERENCES)), "reference");
      case 11 -> wrap(root);
      case 12 -> unwrap(root);
      case 13 -> deepen(root);
      case 14 -> enlarge(root);
      default -> respell(root);
    };
  }

  /** Exchanges one scalar for another. */
  void replaceValue(YamlTree root) {
    List<YamlTree> leaves = root.all().stream().filter(tree -> tree.kind == Kind.SCALAR).toList();
    pick(leaves).become(scalar());
  }

  private String removeKey(YamlTree root) {
    YamlTree map = anyMap(root);
    int at = random.nextInt(map.keys.size());
    map.children.remove(at);
    return "removed " + map.keys.remove(at);
  }

  private String renameKey(YamlTree root) {
    YamlTree map = anyMap(root);
    int at = random.nextInt(map.keys.size());
    String name = random.nextBoolean() ? pick(keyPool) : misspelt(map.keys.get(at));
    return "renamed " + map.keys.set(at, name) + " to " + name;
  }

  private String doubleKey(YamlTree root) {
    YamlTree map = anyMap(root);
    int at = random.nextInt(map.keys.size());
    YamlTree other = pick(root.all()).copy();
    map.put(map.keys.get(at), random.nextBoolean() ? map.children.get(at).copy() : other);
    return "doubled " + map.keys.get(at);
  }

  private String moveValue(YamlTree root) {
    YamlTree from = anyMap(root);
    int at = random.nextInt(from.keys.size());
    String key = from.keys.remove(at);
    YamlTree value = from.children.remove(at);
    YamlTree to = root.all().stream().filter(t -> t.kind == Kind.MAP).findFirst().orElse(root);
    List<YamlTree> maps = maps(root);
    (maps.isEmpty() ? to : pick(maps)).put(key, value);
    return "moved " + key;
  }

  private String swapValues(YamlTree root) {
    YamlTree one = pick(root.all());
    YamlTree other = pick(root.all());
    YamlTree copy = one.copy();
    one.become(other.copy());
    if (!one.all().contains(other)) {
      other.become(copy);
    }
    return "swapped two values";
  }

  private String addKey(YamlTree root) {
    String key = pick(keyPool);
    anyMap(root).put(key, random.nextBoolean() ? pick(root.all()).copy() : scalar());
    return "added " + key;
  }

  private String replace(YamlTree root, String text, String what) {
    pick(root.all()).become(YamlTree.scalar(text));
    return "put in the " + what + " " + text;
  }

  private String wrap(YamlTree root) {
    YamlTree value = pick(root.all());
    YamlTree copy = value.copy();
    boolean list = random.nextBoolean();
    value.become(list ? YamlTree.list(List.of(copy)) : YamlTree.map(pick(keyPool), copy));
    return list ? "made a list of a value" : "made a map of a value";
  }

  private String unwrap(YamlTree root) {
    YamlTree value = pick(root.all());
    if (!value.children.isEmpty()) {
      value.become(pick(value.children).copy());
    }
    return "left out a level";
  }

  private String deepen(YamlTree root) {
    YamlTree value = pick(root.all());
    int levels = pick(List.of(3, 30, 48, 60, 3000));
    boolean list = random.nextBoolean();
    String open = list ? "[" : "{x: ";
    String close = list ? "]" : "}";
    value.become(YamlTree.scalar(open.repeat(levels) + "1" + close.repeat(levels)));
    return "nested " + levels + " levels deep";
  }

  private String enlarge(YamlTree root) {
    YamlTree value = pick(root.all());
    int size = pick(List.of(300, 5000, 20_000, 100_000, MEBIBYTE));
    return switch (random.nextInt(4)) {
      case 0 -> {
        value.become(YamlTree.scalar("x".repeat(size)));
        yield "a text of " + size;
      }
      case 1 -> {
        String item = value.kind == Kind.SCALAR && value.text.length() < 20 ? value.text : "x";
        int count = Math.min(size, MEBIBYTE / (item.length() + 1));
        value.become(YamlTree.scalar("[" + (item + ",").repeat(count) + "]"));
        yield "a list of " + size;
      }
      case 2 -> {
        StringBuilder map = new StringBuilder("{");
        for (int i = 0; i < size && map.length() < MEBIBYTE; i++) {
          map.append('k').append(i).append(": 1,");
        }
        value.become(YamlTree.scalar(map.append('}').toString()));
        yield "a map of " + size;
      }
      default -> {
        String repeated = YamlTree.quoted("${vpc.main}".repeat(Math.min(size, 20_000)));
        value.become(YamlTree.scalar(repeated));
        yield "many references in one text";
      }
    };
  }

  private String respell(YamlTree root) {
    List<YamlTree> scalars =
        root.all().stream().filter(t -> t.kind == Kind.SCALAR && !t.text.isEmpty()).toList();
    if (scalars.isEmpty()) {
      return "nothing";
    }
    YamlTree scalar = pick(scalars);
    scalar.text = misspelt(scalar.text);
    return "spelt " + scalar.text;
  }

  private String misspelt(String word) {
    if (word.isEmpty()) {
      return "x";
    }
    int at = random.nextInt(word.length());
    return switch (random.nextInt(7)) {
      case 0 -> word.substring(0, at) + word.substring(at + 1);
      case 1 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
      case 2 -> word.toUpperCase(Locale.ROOT);
      case 3 -> word.replace('i', '\u0131').replace('I', '\u0130');
      case 4 -> word + " ";
      case 5 -> word.substring(0, at) + '\u0301' + word.substring(at);
      default -> word.substring(0, at) + '\u200B' + word.substring(at);
    };
  }

  private YamlTree scalar() {
    return YamlTree.scalar(pick(scalars));
  }

  /** A map with keys; the root gets one when there is no other. */
  private YamlTree anyMap(YamlTree root) {
    List<YamlTree> maps = new ArrayList<>(maps(root));
    maps.removeIf(map -> map.keys.isEmpty());
    if (maps.isEmpty()) {
      root.become(YamlTree.map("version", YamlTree.scalar("1")));
      return root;
    }
    return pick(maps);
  }

  private static List<YamlTree> maps(YamlTree root) {
    return Collections.unmodifiableList(
        root.all().stream().filter(tree -> tree.kind == Kind.MAP).toList());
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

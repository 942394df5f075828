package dev.pgbound.cli.abuse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Files of extreme size, depth or entanglement, each written for one weakness of parsers. */
final class Extremes {

  private static final String HEAD = "version: 1\nmigration: m\nregion: us-east-1\n";

  private Extremes() {}

  /**
   * @param valid a valid file
   */
  static Map<String, Supplier<String>> all(String valid) {
    Map<String, Supplier<String>> files = new LinkedHashMap<>();
    sizes(files, valid);
    aliases(files, valid);
    references(files);
    for (int depth : new int[] {40, 50, 51, 10_000, 200_000}) {
      files.put(depth + " lists", () -> HEAD + "x: " + "[".repeat(depth) + "]".repeat(depth));
      files.put(depth + " maps", () -> HEAD + "x: " + "{a: ".repeat(depth) + "}".repeat(depth));
      files.put(depth + " brackets that never close", () -> HEAD + "x: " + "[".repeat(depth));
    }
    files.put("500 levels of blocks", () -> HEAD + blocks(500));
    files.put("nothing", () -> "");
    files.put("a line break", () -> "\n");
    files.put("a byte order mark", () -> "\uFEFF");
    files.put("a comment", () -> "# nothing\n");
    files.put("a number", () -> "1");
    files.put("a list", () -> "- 1\n- 2\n");
    files.put("a text", () -> "hello");
    files.put("no value", () -> "~");
    files.put("an end of document", () -> "...\n");
    files.put("two documents", () -> valid + "---\n" + valid);
    files.put("a JSON document", () -> "{\"version\": 1, \"migration\": \"m\"}");
    files.put("a truncated JSON document", () -> "{\"version\": 1, \"migra");
    files.put("old Mac line ends", () -> valid.replace('\n', '\r'));
    files.put("trailing tabs", () -> valid.replace("\n", "\t\n"));
    files.put("a billion nested keys", () -> HEAD + "? ".repeat(5000) + "x");
    files.put("a huge escape", () -> HEAD + "x: \"\\U7FFFFFFF\"");
    files.put("a surrogate as an escape", () -> valid.replace("ORCL", "\"\\uD83D\""));
    files.put("both surrogates as escapes", () -> valid.replace("ORCL", "\"\\uD83D\\uDE80\""));
    files.put("a zero as an escape", () -> valid.replace("ORCL", "\"\\0\""));
    files.put("a zero in a map key", () -> HEAD + "\"\\0\": 1");
    files.put("control characters as escapes", () -> valid.replace("HR.*", "\"\\e[2J\\x07\""));
    return files;
  }

  private static void sizes(Map<String, Supplier<String>> files, String valid) {
    int mebibyte = 1 << 20;
    int room = mebibyte - 2000;
    files.put("a comment of a MiB", () -> valid + "#" + "x".repeat(room));
    files.put("a comment of 2 MiB", () -> valid + "#" + "x".repeat(2 * mebibyte));
    files.put("20 MiB", () -> valid + ("#" + "x".repeat(99) + "\n").repeat(200_000));
    files.put("a name of a MiB", () -> valid.replace("migration: hr", "migration: " + xs(room)));
    files.put("a table pattern of a MiB", () -> valid.replace("HR.*", xs(room)));
    files.put("stars", () -> valid.replace("HR.*", "A." + "*a".repeat(100_000) + "b"));
    files.put("a key of a MiB", () -> valid + xs(room) + ": 1\n");
    files.put("a region of a MiB", () -> valid.replace("us-east-1", xs(room)));
    files.put("a version of digits", () -> valid.replace("\"16.4\"", '"' + "1".repeat(room) + '"'));
    files.put("a port of digits", () -> valid.replace("storage: 100", "storage: " + digits(room)));
    files.put(
        "an exponent of digits", () -> valid.replace("storage: 100", "storage: 1e" + digits(900)));
    files.put(
        "a fraction of digits", () -> valid.replace("storage: 100", "storage: 0." + digits(room)));
    files.put("empty lines", () -> valid + "\n".repeat(room));
    files.put("spaces", () -> valid.replace("region:", "region:" + " ".repeat(room)));
    files.put("40,000 keys", () -> valid + many(40_000, i -> "key" + i + ": 1\n"));
    files.put("the same key 40,000 times", () -> valid + "alerts: {}\n".repeat(40_000));
    files.put(
        "20,000 tasks",
        () -> HEAD + "tasks:\n" + many(20_000, i -> "  t" + i + ": {include: [A.*]}\n"));
    files.put(
        "300 subnets", () -> HEAD + "network: {vpc: vpc-1, subnets: [" + "s,".repeat(300) + "]}\n");
    files.put(
        "300 zones",
        () -> HEAD + "network: {cidr: 10.0.0.0/16, zones: [" + "z,".repeat(300) + "]}\n");
    files.put("100,000 tables", () -> valid.replace("[HR.*]", "[" + "A.B,".repeat(100_000) + "]"));
    files.put(
        "100,000 addresses",
        () -> valid.replace("dba@example.com", "[" + "a@b.c,".repeat(100_000) + "]"));
    files.put(
        "10,000 instances",
        () -> valid.replace("[db.r6i.large]", "[" + "db.r6i.large,".repeat(10_000) + "]"));
    files.put(
        "20,000 log groups",
        () -> HEAD + "resources:\n  log-group:\n" + many(20_000, i -> "    g" + i + ": {}\n"));
    files.put(
        "3,000 valid log groups",
        () ->
            HEAD
                + "resources:\n  log-group:\n"
                + many(3_000, i -> "    g" + i + ": {logGroupName: g" + i + "}\n"));
    files.put(
        "2,000 subnets",
        () ->
            HEAD
                + "resources:\n  vpc: {main: {cidrBlock: 10.0.0.0/16}}\n  subnet:\n"
                + many(
                    2_000,
                    i -> "    s" + i + ": {vpcId: \"${vpc.main}\", cidrBlock: 10.0.0.0/16}\n"));
    files.put("a header of quotes", () -> "\"".repeat(room));
    files.put("colons", () -> ":".repeat(room));
    files.put("dashes", () -> "- ".repeat(room / 2));
    files.put("question marks", () -> "?\n".repeat(room / 2));
    files.put("open braces", () -> "{".repeat(room));
  }

  private static void aliases(Map<String, Supplier<String>> files, String valid) {
    files.put("a billion laughs", () -> HEAD + laughs(10, 10));
    files.put("laughs within the limit of aliases", () -> HEAD + laughs(8, 6));
    files.put(
        "a quadratic blow-up",
        () -> HEAD + "a: &a \"" + "x".repeat(500_000) + "\"\nb: [" + "*a,".repeat(50) + "]\n");
    files.put("an alias of itself", () -> HEAD + "a: &a [*a]\n");
    files.put("an alias as a key", () -> HEAD + "a: &a b\n*a : c\n");
    files.put("a merge key", () -> HEAD + "a: &a {b: 1}\nc: {<<: *a}\n");
    files.put("a merge of a list", () -> HEAD + "c: {<<: [{a: 1}, {b: 2}]}\n");
    files.put("a merge of a text", () -> valid.replace("network:", "network:\n  <<: x"));
    files.put("an anchor on everything", () -> valid.replace(": ", ": &a "));
    files.put("1,000 anchors", () -> HEAD + many(1_000, i -> "k" + i + ": &a" + i + " 1\n"));
    files.put("a tag of Java", () -> HEAD + "a: !!java.util.Date 2020-01-01\n");
    files.put(
        "a tag of a script engine",
        () ->
            HEAD
                + "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1:1/\"]]]]\n");
    files.put("a binary", () -> HEAD + "a: !!binary AAAA\n");
    files.put("a set", () -> HEAD + "a: !!set {b, c}\n");
  }

  private static void references(Map<String, Supplier<String>> files) {
    files.put("a resource that refers to itself", () -> HEAD + group("a", "a"));
    files.put(
        "two that refer to each other",
        () -> HEAD + group("a", "b") + "    b: {description: x, vpcId: \"${security-group.a}\"}\n");
    files.put(
        "a circle of 2,000",
        () ->
            HEAD
                + "resources:\n  security-group:\n"
                + many(
                    2_000,
                    i ->
                        "    g"
                            + i
                            + ": {vpcId: \"${security-group.g"
                            + (i + 1) % 2_000
                            + "}\"}\n"));
    files.put(
        "a chain of 3,000",
        () ->
            HEAD
                + "resources:\n  vpc: {main: {cidrBlock: 10.0.0.0/16}}\n  security-group:\n    g0: {vpcId: \"${vpc.main}\"}\n"
                + many(
                    3_000,
                    i ->
                        "    g"
                            + (i + 1)
                            + ": {vpcId: \"${vpc.main}\", dependsOn: [security-group.g"
                            + i
                            + "]}\n"));
    files.put(
        "everybody depends on everybody",
        () ->
            HEAD
                + "resources:\n  log-group:\n"
                + many(
                    150,
                    i ->
                        "    g"
                            + i
                            + ": {logGroupName: g"
                            + i
                            + ", dependsOn: ["
                            + many(150, j -> "log-group.g" + j + ",")
                            + "]}\n"));
    files.put(
        "variables of variables",
        () ->
            HEAD
                + "variables:\n"
                + many(
                    30, i -> "  v" + i + ": \"" + ("${var.v" + (i + 1) + "}").repeat(10) + "\"\n"));
    files.put(
        "a variable of itself",
        () ->
            HEAD
                + "variables: {a: \"${var.a}\"}\nresources: {log-group: {x: {logGroupName: \"${var.a}\"}}}\n");
    files.put(
        "a variable of a MiB, often",
        () ->
            HEAD
                + "variables: {a: \""
                + xs(500_000)
                + "\"}\nresources: {log-group: {x: {logGroupName: \""
                + "${var.a}".repeat(5_000)
                + "\"}}}\n");
    files.put(
        "50,000 references in a text",
        () ->
            HEAD
                + "resources: {log-group: {x: {logGroupName: \""
                + "${var.a}".repeat(50_000)
                + "\"}}}\n");
    files.put(
        "a reference that never closes",
        () ->
            HEAD
                + "resources: {log-group: {x: {logGroupName: \""
                + "${".repeat(100_000)
                + "\"}}}\n");
  }

  private static String group(String name, String other) {
    return "resources:\n  security-group:\n    "
        + name
        + ": {description: x, vpcId: \"${security-group."
        + other
        + "}\"}\n";
  }

  private static String laughs(int levels, int width) {
    StringBuilder text = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < levels; i++) {
      String alias = "*a" + (i - 1) + ",";
      text.append("a").append(i).append(": &a").append(i);
      text.append(" [").append(alias.repeat(width)).append("]\n");
    }
    return text.toString();
  }

  private static String blocks(int levels) {
    return many(levels, i -> " ".repeat(i) + "a:\n");
  }

  private static String xs(int count) {
    return "x".repeat(count);
  }

  private static String digits(int count) {
    return "9".repeat(count);
  }

  private static String many(int count, IntFunction<String> each) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(each.apply(i));
    }
    return text.toString();
  }
}

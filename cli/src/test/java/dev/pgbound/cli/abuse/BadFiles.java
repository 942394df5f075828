package dev.pgbound.cli.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Migration files with mistakes, made from the examples: the same ones in every run. */
final class BadFiles {

  /**
   * One file.
   *
   * @param name says from which example and with which random numbers it was made
   */
  record BadFile(String name, Supplier<byte[]> bytes) {}

  private BadFiles() {}

  /**
   * All of them, each made when it is asked for.
   *
   * @param amount how many with mistakes in the structure are made from each example; of the other
   *     kinds there are fewer
   */
  static List<BadFile> all(Path examples, int amount) {
    List<BadFile> files = new ArrayList<>();
    List<Path> folders = folders(examples);
    List<String> keys = keys(folders);
    for (Path folder : folders) {
      String name = folder.getFileName().toString();
      String text = read(folder.resolve("migration.yaml"));
      for (int i = 0; i < amount * 2 / 5; i++) {
        int end = (int) ((long) text.length() * i / (amount * 2 / 5));
        files.add(new BadFile(name + " truncated at " + end, () -> bytes(text.substring(0, end))));
      }
      for (int i = 0; i < amount; i++) {
        int seed = i;
        files.add(
            new BadFile(name + " structure " + seed, () -> bytes(structure(text, keys, seed))));
      }
      for (int i = 0; i < amount * 2 / 3; i++) {
        int seed = i;
        files.add(new BadFile(name + " text " + seed, () -> bytes(mistyped(text, seed))));
      }
      for (int i = 0; i < amount / 5; i++) {
        int seed = i;
        files.add(
            new BadFile(
                name + " bytes " + seed, () -> new TextMutations(random(seed)).encode(text)));
      }
    }
    Extremes.all(read(examples.resolve("hr/migration.yaml")))
        .forEach(
            (name, text) -> files.add(new BadFile("extreme: " + name, () -> bytes(text.get()))));
    return files;
  }

  /** The example folders by name. */
  static List<Path> folders(Path examples) {
    try (Stream<Path> folders = Files.list(examples)) {
      return folders.filter(f -> Files.exists(f.resolve("migration.yaml"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String structure(String text, List<String> keys, int seed) {
    Random random = random(seed);
    YamlTree tree = YamlTree.parse(text);
    TreeMutations mutations = new TreeMutations(random, keys);
    for (int left = random.nextInt(3); left >= 0; left--) {
      mutations.mutate(tree);
    }
    return tree.write();
  }

  private static String mistyped(String text, int seed) {
    TextMutations mutations = new TextMutations(random(seed));
    String changed = text;
    for (int left = seed % 3; left >= 0; left--) {
      changed = mutations.mutate(changed);
    }
    return changed;
  }

  /** Neighbouring seeds would begin with almost the same number. */
  private static Random random(int seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private static List<String> keys(List<Path> folders) {
    Set<String> keys = new LinkedHashSet<>();
    for (Path folder : folders) {
      YamlTree.parse(read(folder.resolve("migration.yaml")))
          .all()
          .forEach(tree -> keys.addAll(tree.keys));
    }
    keys.addAll(
        List.of(
            "resources",
            "overrides",
            "variables",
            "dependsOn",
            "protect",
            "existing",
            "adopt",
            "shared",
            "timeouts",
            "settings",
            "password",
            "secretValues",
            "<<",
            "''",
            "\"a b\"",
            "\"\"",
            "? x",
            "[a]",
            "{a: b}",
            "1",
            "true",
            "null",
            "\"\\0\"",
            "\u0130",
            "__proto__"));
    return List.copyOf(keys);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.pgbound.simulator.seed;

import dev.pgbound.simulator.service.Nearest;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The two lists of a seed file: a file that is a list itself lists calls.
 *
 * @param position where the file itself stands
 */
record SeedFile(Position position, List<Node> calls, List<ScalarNode> faults) {

  private static final String CALLS = "calls";
  private static final String FAULTS = "faults";

  static SeedFile read(Path file) throws IOException {
    Position position = new Position(String.valueOf(file.getFileName()), "");
    Node root = parse(file, position);
    List<Node> calls = new ArrayList<>();
    List<ScalarNode> faults = new ArrayList<>();
    if (root instanceof SequenceNode list) {
      calls.addAll(list.getValue());
    } else if (root instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        switch (key) {
          case CALLS -> calls.addAll(list(tuple.getValueNode(), "calls", position));
          case FAULTS -> faults.addAll(texts(tuple.getValueNode(), position));
          default ->
              throw position.error(
                  tuple.getKeyNode(),
                  "A seed file is a list of calls, or has \"calls\" and \"faults\"."
                      + Nearest.hint(key, List.of(CALLS, FAULTS)));
        }
      }
    } else if (root != null) {
      throw position.error(
          root, "A seed file is a list of calls, or has \"calls\" and \"faults\".");
    }
    return new SeedFile(position, List.copyOf(calls), List.copyOf(faults));
  }

  private static @Nullable Node parse(Path file, Position position) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new Yaml(new LoaderOptions()).compose(reader);
    } catch (MarkedYAMLException e) {
      throw position.error(e.getProblemMark(), e.getProblem(), e);
    } catch (YAMLException e) {
      throw new InvalidSeedException(position.file() + ": " + e.getMessage(), e);
    }
  }

  private static List<Node> list(Node node, String of, Position position)
      throws InvalidSeedException {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    throw position.error(node, "A list of " + of + " is wanted here.");
  }

  private static List<ScalarNode> texts(Node node, Position position) throws InvalidSeedException {
    List<ScalarNode> texts = new ArrayList<>();
    for (Node item : list(node, "faults", position)) {
      if (!(item instanceof ScalarNode text)) {
        throw position.error(
            item, "A fault is a text such as dms:CreateReplicationTask:1:throttling.");
      }
      texts.add(text);
    }
    return texts;
  }
}

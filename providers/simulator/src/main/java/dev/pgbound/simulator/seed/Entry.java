package dev.pgbound.simulator.seed;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One call of a seed file.
 *
 * @param operation where its name is written, such as {@code ec2.CreateVpc}
 * @param arguments the operation's arguments
 * @param as what later entries call its answer
 * @param region the region that is asked
 */
record Entry(ScalarNode operation, Node arguments, Optional<ScalarNode> as, String region) {

  private static final String USUAL_REGION = "us-east-1";

  static Entry read(Node node, Position position) throws InvalidSeedException {
    ScalarNode operation = null;
    Node arguments = node;
    Optional<ScalarNode> as = Optional.empty();
    String region = USUAL_REGION;
    if (!(node instanceof MappingNode mapping)) {
      throw position.error(node, "An entry is written as service.Operation: {arguments}.");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      ScalarNode key = scalar(tuple.getKeyNode(), position);
      switch (key.getValue()) {
        case "as" -> as = Optional.of(scalar(tuple.getValueNode(), position));
        case "region" -> region = scalar(tuple.getValueNode(), position).getValue();
        default -> {
          if (operation != null) {
            throw position.error(
                key, "An entry has one operation; beside it there may be \"as\" and \"region\".");
          }
          operation = key;
          arguments = tuple.getValueNode();
        }
      }
    }
    if (operation == null) {
      throw position.error(node, "An entry is written as service.Operation: {arguments}.");
    }
    return new Entry(operation, arguments, as, region);
  }

  private static ScalarNode scalar(Node node, Position position) throws InvalidSeedException {
    if (node instanceof ScalarNode scalar) {
      return scalar;
    }
    throw position.error(node, "A single value is wanted here.");
  }
}

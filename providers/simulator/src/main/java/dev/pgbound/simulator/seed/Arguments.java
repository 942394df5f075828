package dev.pgbound.simulator.seed;

import dev.pgbound.simulator.service.Nearest;
import dev.pgbound.simulator.wire.Models;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of one entry as a JSON document with the documented member names. A member's type
 * decides what its text means, so that {@code 16.4} is a version where one is wanted; a structure
 * in the place of a text is that text, written as JSON.
 */
final class Arguments {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** An alias may contain itself; nothing that a service takes is this deep. */
  private static final int DEEPEST = 40;

  private final Position position;
  private final Answers answers;

  Arguments(Position position, Answers answers) {
    this.position = position;
    this.answers = answers;
  }

  /** The members of {@code model} that a mapping sets. */
  ObjectNode read(Node node, SdkPojo model) throws InvalidSeedException {
    return structure(node, model, 0);
  }

  private ObjectNode structure(Node node, SdkPojo model, int depth) throws InvalidSeedException {
    ObjectNode members = NODES.objectNode();
    Set<String> seen = new TreeSet<>();
    for (NodeTuple tuple : mapping(node, depth)) {
      String name = key(tuple);
      SdkField<?> field = Members.find(model, name).orElse(null);
      if (field == null) {
        throw position.error(
            tuple.getKeyNode(),
            "There is no member \"" + name + "\"." + Nearest.hint(name, Members.names(model)));
      }
      if (!seen.add(field.memberName())) {
        throw position.error(tuple.getKeyNode(), "The member \"" + name + "\" is set twice.");
      }
      members.set(field.memberName(), value(tuple.getValueNode(), field, name, depth + 1));
    }
    return members;
  }

  private JsonNode value(Node node, SdkField<?> field, String name, int depth)
      throws InvalidSeedException {
    if (node.getTag().equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> structure(node, field.constructor().get(), depth);
      case LIST -> {
        if (!(node instanceof SequenceNode list)) {
          throw position.error(node, "The member \"" + name + "\" is a list.");
        }
        ArrayNode items = NODES.arrayNode();
        for (Node item : list.getValue()) {
          items.add(value(item, Models.item(field), name, depth + 1));
        }
        yield items;
      }
      case MAP -> {
        ObjectNode entries = NODES.objectNode();
        for (NodeTuple tuple : mapping(node, depth)) {
          entries.set(
              key(tuple), value(tuple.getValueNode(), Models.value(field), name, depth + 1));
        }
        yield entries;
      }
      case STRING ->
          NODES.stringNode(
              node instanceof ScalarNode scalar
                  ? answers.resolve(scalar, position)
                  : json(node, depth).toString());
      case BOOLEAN -> {
        String text = scalar(node, name);
        if (!text.equals("true") && !text.equals("false")) {
          throw position.error(node, "The member \"" + name + "\" is true or false.");
        }
        yield NODES.booleanNode(Boolean.parseBoolean(text));
      }
      case INTEGER,
          LONG,
          SHORT,
          BYTE,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          INSTANT,
          SDK_BYTES,
          NULL,
          DOCUMENT ->
          NODES.stringNode(scalar(node, name));
    };
  }

  private String scalar(Node node, String name) throws InvalidSeedException {
    if (node instanceof ScalarNode scalar) {
      return answers.resolve(scalar, position);
    }
    throw position.error(node, "The member \"" + name + "\" is a single value.");
  }

  /** A structure that is to become a text. */
  private JsonNode json(Node node, int depth) throws InvalidSeedException {
    if (node instanceof ScalarNode scalar) {
      return plain(scalar, answers.resolve(scalar, position));
    }
    if (node instanceof SequenceNode list) {
      checkDepth(node, depth);
      ArrayNode items = NODES.arrayNode();
      for (Node item : list.getValue()) {
        items.add(json(item, depth + 1));
      }
      return items;
    }
    ObjectNode members = NODES.objectNode();
    for (NodeTuple tuple : mapping(node, depth)) {
      members.set(key(tuple), json(tuple.getValueNode(), depth + 1));
    }
    return members;
  }

  /** What JSON calls a number, a truth or null stays one unless it is quoted. */
  private static JsonNode plain(ScalarNode scalar, String text) {
    if (!scalar.isPlain()) {
      return NODES.stringNode(text);
    }
    if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
      return NODES.numberNode(Long.parseLong(text));
    }
    if (text.matches("-?(0|[1-9][0-9]*)\\.[0-9]+")) {
      return NODES.numberNode(new BigDecimal(text));
    }
    return switch (text) {
      case "true", "false" -> NODES.booleanNode(Boolean.parseBoolean(text));
      case "", "~", "null" -> NODES.nullNode();
      default -> NODES.stringNode(text);
    };
  }

  private Iterable<NodeTuple> mapping(Node node, int depth) throws InvalidSeedException {
    checkDepth(node, depth);
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw position.error(node, "A mapping of names to values is wanted here.");
  }

  private void checkDepth(Node node, int depth) throws InvalidSeedException {
    if (depth > DEEPEST) {
      throw position.error(node, "This is nested too deeply.");
    }
  }

  private String key(NodeTuple tuple) throws InvalidSeedException {
    if (tuple.getKeyNode() instanceof ScalarNode key) {
      return key.getValue();
    }
    throw position.error(tuple.getKeyNode(), "A name is wanted here.");
  }
}

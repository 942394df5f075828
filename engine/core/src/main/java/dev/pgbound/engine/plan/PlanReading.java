package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Kept;
import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.SourceRange;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes a plan of the tree of a document that {@link PlanJson} has written. */
final class PlanReading {

  private PlanReading() {}

  /** Throws {@link IllegalArgumentException} with a sentence for the user. */
  static Plan plan(JsonNode root) {
    List<ResourceChange> changes = new ArrayList<>();
    root.path("changes").values().forEach(node -> changes.add(change(node)));
    List<Step> steps = new ArrayList<>();
    Map<String, Set<String>> before = new LinkedHashMap<>();
    for (JsonNode node : root.path("steps").values()) {
      Step step =
          new Step(
              address(node),
              constant(Step.Kind.class, text(node, "kind")),
              Duration.ofSeconds(node.path("typicalSeconds").asLong(0)));
      Set<String> after = new LinkedHashSet<>();
      node.path("after").values().forEach(id -> after.add(id.asString()));
      steps.add(step);
      before.put(step.id(), after);
    }
    List<Refusal> refusals = new ArrayList<>();
    for (JsonNode node : root.path("refusals").values()) {
      Optional<Address> about = node.has("address") ? Optional.of(address(node)) : Optional.empty();
      refusals.add(new Refusal(text(node, "code"), about, text(node, "text")));
    }
    List<Kept> kept = new ArrayList<>();
    for (JsonNode node : root.path("kept").values()) {
      kept.add(new Kept(address(node), text(node, "identifier"), text(node, "text")));
    }
    JsonNode account = root.path("account");
    return new Plan(
        text(root, "migration"),
        text(root, "file"),
        new Account(text(account, "id"), text(account, "region"), text(account, "partition")),
        constant(Goal.class, text(root, "goal")),
        changes,
        new StepGraph(steps, before),
        refusals,
        kept,
        neighbours(root.path("neighbours")),
        TablePlanJson.read(root.path("tables")));
  }

  private static List<Neighbour> neighbours(JsonNode array) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (JsonNode node : array.values()) {
      List<Address> uses = new ArrayList<>();
      node.path("uses").values().forEach(one -> uses.add(parse(one.asString())));
      List<String> usedBy = new ArrayList<>();
      node.path("usedBy").values().forEach(one -> usedBy.add(one.asString()));
      neighbours.add(
          new Neighbour(
              text(node, "type"),
              text(node, "identifier"),
              uses,
              usedBy,
              optional(node, "migration")));
    }
    return neighbours;
  }

  private static ResourceChange change(JsonNode node) {
    List<AttributeChange> attributes = new ArrayList<>();
    for (JsonNode one : node.path("attributes").values()) {
      attributes.add(
          new AttributeChange(
              text(one, "path"),
              Optional.of(one.path("before")).filter(n -> !n.isMissingNode()).map(ValueJson::read),
              Optional.of(one.path("after")).filter(n -> !n.isMissingNode()).map(ValueJson::read),
              one.path("forcesReplacement").asBoolean(false),
              one.path("sensitive").asBoolean(false),
              impact(one),
              text(one, "impactText"),
              optional(one, "origin").map(word -> constant(Origin.class, word)),
              optional(one, "pointer").map(pointer -> place(pointer, one))));
    }
    return new ResourceChange(
        new Resource(
            address(node), ValueJson.fields(node.path("desired")), meta(node.path("meta"))),
        constant(Action.class, text(node, "action")),
        constant(Reason.class, text(node, "reason")),
        optional(node, "origin").map(word -> constant(Origin.class, word)),
        attributes,
        impact(node),
        text(node, "impactText"),
        optional(node, "identifier"),
        text(node, "fingerprint"),
        Optional.of(node.path("at")).filter(JsonNode::isObject).map(PlanReading::range));
  }

  private static AttributeChange.Place place(String pointer, JsonNode node) {
    return new AttributeChange.Place(
        pointer, range(node.path("at")), node.path("verbatim").asBoolean(false));
  }

  private static SourceRange range(JsonNode node) {
    return new SourceRange(
        text(node, "file"),
        node.path("line").asInt(1),
        node.path("column").asInt(1),
        node.path("endLine").asInt(1),
        node.path("endColumn").asInt(1));
  }

  private static Resource.Meta meta(JsonNode node) {
    List<Address> dependsOn = new ArrayList<>();
    node.path("dependsOn").values().forEach(one -> dependsOn.add(parse(one.asString())));
    Map<Operation, Duration> timeouts = new EnumMap<>(Operation.class);
    node.path("timeoutSeconds")
        .properties()
        .forEach(
            entry ->
                timeouts.put(
                    constant(Operation.class, entry.getKey()),
                    Duration.ofSeconds(entry.getValue().asLong())));
    Optional<Value.Fields> existing =
        Optional.of(node.path("existing")).filter(JsonNode::isObject).map(ValueJson::fields);
    return new Resource.Meta(
        dependsOn,
        node.path("protect").asBoolean(false),
        timeouts,
        existing,
        node.path("adopt").asBoolean(false),
        node.path("shared").asBoolean(false));
  }

  private static Impact impact(JsonNode node) {
    String word = text(node, "impact");
    for (Impact impact : Impact.values()) {
      if (impact.word().equals(word)) {
        return impact;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "The plan has an unknown impact \"%s\".", word));
  }

  static Address address(JsonNode node) {
    return parse(text(node, "address"));
  }

  private static Address parse(String text) {
    return Address.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(Locale.ROOT, "The plan has no address \"%s\".", text)));
  }

  private static Optional<String> optional(JsonNode node, String name) {
    return Optional.of(node.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
  }

  static String text(JsonNode node, String name) {
    return optional(node, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(Locale.ROOT, "The plan lacks \"%s\".", name)));
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (PlanJson.word(constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "The plan has an unknown word \"%s\".", word));
  }
}

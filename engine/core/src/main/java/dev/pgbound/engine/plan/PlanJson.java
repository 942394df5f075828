package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.engine.plan.Plan.Kept;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as a JSON document, and back: what was reviewed is what is applied. Equal plans give equal
 * bytes. Holds no secret: sensitive values stand in it as the references of the file.
 */
public final class PlanJson {

  /** Additions raise the part behind the dot; a reader ignores what it does not know. */
  public static final String FORMAT = "1.1";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlanJson() {}

  /** The document, ending with a line break. */
  public static String write(Plan plan) {
    ObjectNode root = NODES.objectNode();
    root.put("formatVersion", FORMAT)
        .put("migration", plan.migration())
        .put("file", plan.file())
        .put("goal", word(plan.goal()));
    root.putObject("account")
        .put("id", plan.account().id())
        .put("region", plan.account().region())
        .put("partition", plan.account().partition());
    ArrayNode changes = root.putArray("changes");
    plan.changes().forEach(change -> changes.add(write(change)));
    ArrayNode steps = root.putArray("steps");
    for (Step step : plan.steps().steps()) {
      ObjectNode node = steps.addObject();
      node.put("address", step.address().toString())
          .put("kind", word(step.kind()))
          .put("typicalSeconds", step.typical().toSeconds());
      ArrayNode after = node.putArray("after");
      plan.steps().before(step.id()).forEach(after::add);
    }
    ArrayNode refusals = root.putArray("refusals");
    for (Refusal refusal : plan.refusals()) {
      refusals
          .addObject()
          .put("code", refusal.code())
          .put("address", refusal.address().toString())
          .put("text", refusal.text());
    }
    ArrayNode kept = root.putArray("kept");
    for (Kept one : plan.kept()) {
      kept.addObject()
          .put("address", one.address().toString())
          .put("identifier", one.identifier())
          .put("text", one.text());
    }
    plan.tables().ifPresent(tables -> TablePlanJson.write(tables, root.putObject("tables")));
    return JSON.writeValueAsString(root) + "\n";
  }

  private static ObjectNode write(ResourceChange change) {
    ObjectNode node = NODES.objectNode();
    node.put("address", change.address().toString())
        .put("action", word(change.action()))
        .put("reason", word(change.reason()));
    change.origin().ifPresent(origin -> node.put("origin", word(origin)));
    node.put("impact", change.impact().word()).put("impactText", change.impactText());
    change.identifier().ifPresent(identifier -> node.put("identifier", identifier));
    node.put("fingerprint", change.fingerprint());
    change.range().ifPresent(range -> node.set("at", write(range)));
    ArrayNode attributes = node.putArray("attributes");
    change.changes().forEach(one -> attributes.add(write(one)));
    node.set("desired", ValueJson.write(change.resource().attributes()));
    node.set("meta", write(change.resource().meta()));
    return node;
  }

  static ObjectNode write(SourceRange range) {
    return NODES
        .objectNode()
        .put("file", range.file())
        .put("line", range.line())
        .put("column", range.column())
        .put("endLine", range.endLine())
        .put("endColumn", range.endColumn());
  }

  private static ObjectNode write(AttributeChange change) {
    ObjectNode node = NODES.objectNode().put("path", change.path());
    change.before().ifPresent(before -> node.set("before", ValueJson.write(before)));
    change.after().ifPresent(after -> node.set("after", ValueJson.write(after)));
    return node.put("forcesReplacement", change.forcesReplacement())
        .put("sensitive", change.sensitive())
        .put("impact", change.impact().word())
        .put("impactText", change.impactText());
  }

  private static ObjectNode write(Resource.Meta meta) {
    ObjectNode node = NODES.objectNode();
    ArrayNode dependsOn = node.putArray("dependsOn");
    meta.dependsOn().forEach(address -> dependsOn.add(address.toString()));
    node.put("protect", meta.protect()).put("adopt", meta.adopt()).put("shared", meta.shared());
    ObjectNode timeouts = node.putObject("timeoutSeconds");
    for (Operation operation : Operation.values()) {
      Duration limit = meta.timeouts().get(operation);
      if (limit != null) {
        timeouts.put(word(operation), limit.toSeconds());
      }
    }
    meta.existing().ifPresent(selector -> node.set("existing", ValueJson.write(selector)));
    return node;
  }

  /**
   * Reads a document of {@link #write}.
   *
   * @throws IllegalArgumentException with a sentence for the user when the text is no such document
   */
  public static Plan read(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      String format = root.path("formatVersion").asString("");
      if (!format.startsWith("1.")) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "This is no plan of format 1.x; its formatVersion is \"%s\".",
                format));
      }
      return plan(root);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("This is no complete JSON document.", e);
    }
  }

  private static Plan plan(JsonNode root) {
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
      refusals.add(new Refusal(text(node, "code"), address(node), text(node, "text")));
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
        TablePlanJson.read(root.path("tables")));
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
              text(one, "impactText")));
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
        Optional.of(node.path("at")).filter(JsonNode::isObject).map(PlanJson::range));
  }

  static SourceRange range(JsonNode node) {
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

  static Address parse(String text) {
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

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "The plan has an unknown word \"%s\".", word));
  }
}

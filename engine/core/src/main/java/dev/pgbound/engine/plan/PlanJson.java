package dev.pgbound.engine.plan;

import dev.pgbound.engine.plan.Plan.Kept;
import dev.pgbound.engine.plan.Plan.Neighbour;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.SourceRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan as a JSON document, and back: what was reviewed is what is applied. Equal plans give equal
 * bytes. Holds no secret: sensitive values stand in it as the references of the file. The form is
 * that of {@code schemas/plan.schema.json}.
 */
public final class PlanJson {

  /** Additions raise the part behind the dot; a reader ignores what it does not know. */
  public static final String FORMAT = "1.3";

  private static final String DIGEST = "digest";

  /**
   * The same on every system, because the digest is made of it. All of it is ASCII, so that nothing
   * in a plan is lost in an encoding or turns the text around on a screen.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlanJson() {}

  /** The document of a plan whose file gave no reason for remarks. */
  public static String write(Plan plan) {
    return write(plan, List.of());
  }

  /**
   * The document, ending with a line break.
   *
   * @param findings what was found in the file; for readers, apply does not mind it
   */
  public static String write(Plan plan, List<Diagnostic> findings) {
    ObjectNode root = document(plan, findings);
    return JSON.writeValueAsString(root.put(DIGEST, digest(root))) + "\n";
  }

  /** What stands as the digest in the document: two plans with the same one are the same. */
  public static String digest(Plan plan, List<Diagnostic> findings) {
    return digest(document(plan, findings));
  }

  /** The tree of the document without findings and digest, as policies see it. */
  public static JsonNode tree(Plan plan) {
    ObjectNode root = document(plan, List.of());
    root.remove("findings");
    return root;
  }

  /** The document of a file with errors, of which there is no plan; ends with a line break. */
  public static String findings(String file, List<Diagnostic> findings) {
    ObjectNode root = NODES.objectNode();
    root.put("formatVersion", FORMAT).put("file", file);
    write(findings, root.putArray("findings"));
    return JSON.writeValueAsString(root) + "\n";
  }

  /** The JSON schema of all these documents, ending with a line break. */
  public static String schema() {
    try (InputStream schema = PlanJson.class.getResourceAsStream("plan.schema.json")) {
      if (schema == null) {
        throw new IllegalStateException("plan.schema.json is missing");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param document without its digest
   */
  private static String digest(ObjectNode document) {
    return "sha256:" + Fingerprint.sha256Hex(JSON.writeValueAsString(document));
  }

  private static ObjectNode document(Plan plan, List<Diagnostic> findings) {
    ObjectNode root = NODES.objectNode();
    root.put("formatVersion", FORMAT)
        .put("migration", plan.migration())
        .put("file", plan.file())
        .put("goal", word(plan.goal()));
    root.putObject("account")
        .put("id", plan.account().id())
        .put("region", plan.account().region())
        .put("partition", plan.account().partition());
    root.set("summary", summary(plan));
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
      ObjectNode node = refusals.addObject().put("code", refusal.code());
      refusal.address().ifPresent(address -> node.put("address", address.toString()));
      node.put("text", refusal.text());
    }
    ArrayNode kept = root.putArray("kept");
    for (Kept one : plan.kept()) {
      kept.addObject()
          .put("address", one.address().toString())
          .put("identifier", one.identifier())
          .put("text", one.text());
    }
    writeNeighbours(root.putArray("neighbours"), plan.neighbours());
    plan.tables().ifPresent(tables -> TablePlanJson.write(tables, root.putObject("tables")));
    write(findings, root.putArray("findings"));
    return root;
  }

  private static ObjectNode summary(Plan plan) {
    ObjectNode summary = NODES.objectNode();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Action action : Action.values()) {
      counts.merge(action.verb(), plan.count(action), Integer::sum);
    }
    counts.forEach(summary::put);
    return summary
        .put("drifted", plan.changes().stream().filter(ResourceChange::hasDrifted).count())
        .put("worst", plan.worst().word())
        .put("estimateSeconds", plan.steps().estimate().toSeconds());
  }

  private static void write(List<Diagnostic> findings, ArrayNode into) {
    for (Diagnostic finding : findings) {
      ObjectNode node = into.addObject();
      node.put("severity", word(finding.severity()))
          .put("code", finding.code())
          .put("summary", finding.summary())
          .put("detail", finding.detail());
      finding.accepted().ifPresent(reason -> node.put("accepted", reason));
      finding.range().ifPresent(range -> node.set("at", write(range)));
      node.put("pointer", finding.pointer());
    }
  }

  private static void writeNeighbours(ArrayNode array, List<Neighbour> neighbours) {
    for (Neighbour one : neighbours) {
      ObjectNode node = array.addObject().put("type", one.type());
      node.put("identifier", one.identifier());
      ArrayNode uses = node.putArray("uses");
      one.uses().forEach(address -> uses.add(address.toString()));
      ArrayNode usedBy = node.putArray("usedBy");
      one.usedBy().forEach(usedBy::add);
      one.migration().ifPresent(migration -> node.put("migration", migration));
    }
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

  private static ObjectNode write(SourceRange range) {
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
    node.put("forcesReplacement", change.forcesReplacement())
        .put("sensitive", change.sensitive())
        .put("impact", change.impact().word())
        .put("impactText", change.impactText());
    change.origin().ifPresent(origin -> node.put("origin", word(origin)));
    change
        .place()
        .ifPresent(
            place ->
                node.put("pointer", place.pointer())
                    .put("verbatim", place.verbatim())
                    .set("at", write(place.range())));
    return node;
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
      verify(root);
      return PlanReading.plan(root);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("This is no complete JSON document.", e);
    }
  }

  private static void verify(JsonNode root) {
    if (root.path("changes").isMissingNode()) {
      throw new IllegalArgumentException(
          "It holds the errors of a migration file, and nothing that could be applied.");
    }
    ObjectNode rest = ((ObjectNode) root).deepCopy();
    rest.remove(DIGEST);
    if (!digest(rest).equals(PlanReading.text(root, DIGEST))) {
      throw new IllegalArgumentException(
          "Its digest does not fit: the document was changed after the plan was made.");
    }
  }

  /** A constant as a word of the document. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

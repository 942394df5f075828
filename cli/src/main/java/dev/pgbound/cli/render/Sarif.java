package dev.pgbound.cli.render;

import dev.pgbound.cli.render.PlanView.Change;
import dev.pgbound.cli.render.PlanView.Permission;
import dev.pgbound.cli.render.PlanView.Risk;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.spi.Diagnostic;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.SourceRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings and impacts in the Static Analysis Results Interchange Format, version 2.1.0, for code
 * scanning services. Rule ids are the codes of the findings and {@code impact/WORD}; fingerprints
 * hold what a result is about, not where it stands, so that moved lines make no new alerts.
 */
public final class Sarif {

  /** GitHub takes no more results of one run. */
  private static final int MOST = 5000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private final ObjectNode run = JsonNodeFactory.instance.objectNode();
  private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
  private final Map<String, String> rules = new TreeMap<>();
  private final Map<String, Integer> told = new HashMap<>();
  private final String file;
  private int omitted;

  private Sarif(String file) {
    this.file = file;
  }

  /** The document of a plan, ending with a line break. */
  public static String render(PlanView view) {
    Sarif sarif = new Sarif(view.plan().file());
    sarif.findings(view.findings());
    view.otherRefusals().forEach(refusal -> sarif.refusal(view, refusal));
    view.risks().forEach(sarif::risk);
    sarif.changes(view);
    return sarif.document();
  }

  /** The document of a file of which there is no plan, ending with a line break. */
  public static String render(String file, List<Diagnostic> findings) {
    Sarif sarif = new Sarif(file);
    sarif.findings(findings);
    return sarif.document();
  }

  private void findings(List<Diagnostic> findings) {
    for (Diagnostic finding : findings) {
      add(
              finding.code(),
              finding.summary(),
              finding.isError() ? "error" : "warning",
              finding.summary() + ". " + finding.detail(),
              finding.range(),
              finding.pointer())
          .ifPresent(result -> suppress(result, finding));
    }
  }

  private static void suppress(ObjectNode result, Diagnostic finding) {
    finding
        .accepted()
        .ifPresent(
            reason ->
                result
                    .putArray("suppressions")
                    .addObject()
                    .put("kind", "inSource")
                    .put("justification", Words.clean(reason)));
  }

  private void refusal(PlanView view, Refusal refusal) {
    add(
        refusal.code(),
        "The plan is refused",
        "error",
        refusal.subject() + ": " + refusal.text(),
        refusal.address().flatMap(view.plan()::change).flatMap(change -> change.range()),
        refusal.subject());
  }

  private void risk(Risk risk) {
    for (Change change : risk.changes()) {
      String allowance =
          risk.impact().isPresent() && change.permission() == Permission.MISSING
              ? " Not allowed; it needs " + change.allowance() + "."
              : "";
      add(
          risk.impact().isPresent() ? "impact/" + risk.word() : risk.word(),
          rule(risk),
          risk.impact().map(Sarif::level).orElse("note"),
          String.format(
              Locale.ROOT,
              "%s (%s). %s%s",
              change.address(),
              change.what(),
              risk.text(change),
              allowance),
          change.resource().range(),
          change.address().toString());
    }
  }

  private static String rule(Risk risk) {
    return risk.impact()
        .map(
            impact ->
                switch (impact) {
                  case DESTROYS_DATA -> "Data is destroyed";
                  case RELOADS_DATA -> "All data is loaded again";
                  case STOPS_REPLICATION -> "Replication stops for a while";
                  case INTERRUPTS -> "Connections are interrupted";
                  case NONE -> "Nothing is interrupted";
                })
        .orElse("An object was changed outside pgbound");
  }

  private static String level(Impact impact) {
    return impact.needsAllowance() ? "error" : "warning";
  }

  /** Empty when there was no room for the result. */
  private Optional<ObjectNode> add(
      String id,
      String rule,
      String level,
      String message,
      Optional<SourceRange> range,
      String subject) {
    rules.putIfAbsent(id, rule);
    int again = told.merge(id + " " + subject, 1, Integer::sum);
    if (results.size() >= MOST) {
      omitted++;
      return Optional.empty();
    }
    ObjectNode result = results.addObject().put("ruleId", id).put("level", level);
    result.putObject("message").put("text", Words.clean(message));
    result.putArray("locations").addObject().set("physicalLocation", location(range));
    result
        .putObject("partialFingerprints")
        .put("pgbound/v1", fingerprint(id + "\n" + subject + "\n" + again));
    return Optional.of(result);
  }

  private ObjectNode location(Optional<SourceRange> range) {
    ObjectNode location = JsonNodeFactory.instance.objectNode();
    location
        .putObject("artifactLocation")
        .put("uri", uri(range.map(SourceRange::file).orElse(file)));
    ObjectNode region = location.putObject("region");
    region.put("startLine", range.map(SourceRange::line).orElse(1));
    range.ifPresent(
        there ->
            region
                .put("startColumn", there.column())
                .put("endLine", there.endLine())
                .put("endColumn", there.endColumn()));
    return location;
  }

  /** Relative to the current folder, which is the root of the repository where a service looks. */
  private static String uri(String file) {
    try {
      Path here = Path.of("").toAbsolutePath();
      Path path = Path.of(file).toAbsolutePath().normalize();
      return path.startsWith(here)
          ? relative(here.relativize(path).toString().replace('\\', '/'))
          : path.toUri().toASCIIString();
    } catch (InvalidPathException e) {
      return relative(file);
    }
  }

  private static String relative(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xFF);
      boolean plain = c < 0x7F && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      uri.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return uri.toString();
  }

  private static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Every change, harmless ones too: as a property, because a service would show it as an alert.
   */
  private void changes(PlanView view) {
    ArrayNode changes = run.putObject("properties").putArray("changes");
    for (Change change : view.changes()) {
      changes
          .addObject()
          .put("order", change.number())
          .put("address", change.address().toString())
          .put("action", change.resource().isChange() ? change.action().verb() : "none")
          .put("impact", change.impact().word());
    }
  }

  private String document() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    ObjectNode whole = root.putArray("runs").addObject();
    ObjectNode driver = whole.putObject("tool").putObject("driver");
    driver.put("name", "pgbound").put("version", ToolVersion.text());
    ArrayNode described = driver.putArray("rules");
    rules.forEach(
        (id, text) ->
            described.addObject().put("id", id).putObject("shortDescription").put("text", text));
    ObjectNode invocation = whole.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    if (omitted > 0) {
      invocation
          .putArray("toolExecutionNotifications")
          .addObject()
          .put("level", "warning")
          .putObject("message")
          .put("text", String.format(Locale.ROOT, "%,d more results are left out.", omitted));
    }
    whole.put("columnKind", "unicodeCodePoints");
    whole.set("results", results);
    whole.setAll(run);
    return JSON.writeValueAsString(root) + "\n";
  }
}

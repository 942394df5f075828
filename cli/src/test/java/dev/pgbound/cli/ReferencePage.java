package dev.pgbound.cli;

import dev.pgbound.cli.render.ExplainText;
import dev.pgbound.engine.plan.Durations;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page of {@code docs/reference}, written from the declarations. */
final class ReferencePage {

  private static final String GENERATED =
      "<!-- Written from the declarations by ReferenceTest with -Dgolden.update=true. -->\n";

  private final StringBuilder text = new StringBuilder(GENERATED);

  private ReferencePage() {}

  static String ofType(ResourceSchema type, String example) {
    ReferencePage page = new ReferencePage();
    page.title(type.type(), type.doc());
    page.members(
        type.type(),
        "Attributes",
        type.attributes().stream().filter(one -> !one.is(Flag.COMPUTED)).toList(),
        List.of());
    page.add("\nEvery resource also takes [these](README.md#every-resource).\n");
    page.outputs(type);
    page.operations(type);
    page.example(example);
    return page.text.toString();
  }

  static String ofSection(Attribute section, String example) {
    ReferencePage page = new ReferencePage();
    page.title(section.name(), section.doc());
    if (ExplainText.members(section.type()).isEmpty()) {
      page.members("", "Value", List.of(section), List.of());
    } else {
      page.nested(section.name(), List.of(section));
    }
    page.example(example);
    return page.text.toString();
  }

  static String index(List<Attribute> sections, List<ResourceSchema> types, List<Attribute> meta) {
    ReferencePage page = new ReferencePage();
    page.title("Reference", "Everything that a migration file may hold.");
    page.add(
        "`pgbound explain` prints the same on a terminal; [codes](../codes/README.md) are all\n");
    page.add("that can be wrong with it.\n");
    page.add("\n## Keys of the file\n\n| key | says |\n|---|---|\n");
    sections.forEach(one -> page.row(link(one.name()), one.doc()));
    page.add("\n## Resource types\n\n| type | is |\n|---|---|\n");
    types.forEach(one -> page.row(link(one.type()), one.doc()));
    page.members("", "Every resource", meta, List.of());
    page.add("\nWhat `existing` takes depends on the type; these are the keys of a `vpc`.\n");
    page.add("\n## Impacts of changes\n\n| impact | means |\n|---|---|\n");
    for (Impact impact : Impact.values()) {
      page.row("`" + impact.word() + "`", ExplainText.sentence(impact));
    }
    return page.text.toString();
  }

  private static String link(String name) {
    return String.format(Locale.ROOT, "[%s](%s.md)", name, name);
  }

  private void title(String name, String doc) {
    add("\n# " + name + "\n\n" + doc + "\n");
  }

  private void members(String term, String title, List<Attribute> members, List<Attribute> around) {
    add("\n## " + title + "\n\n| attribute | says | value | a change |\n|---|---|---|---|\n");
    List<List<Attribute>> inner = new ArrayList<>();
    for (Attribute member : members) {
      List<Attribute> path = new ArrayList<>(around);
      path.add(member);
      row("`" + member.name() + "`", says(member), ExplainText.type(member.type()), change(path));
      if (!ExplainText.members(member.type()).isEmpty()) {
        inner.add(path);
      }
    }
    inner.forEach(path -> nested(term, path));
  }

  /** The members of the last attribute of a path, under the name that explain takes as well. */
  private void nested(String term, List<Attribute> path) {
    boolean section = path.get(0).name().equals(term);
    String name = path.stream().map(Attribute::name).collect(Collectors.joining("."));
    String title = term.isEmpty() || section ? name : term + "." + name;
    members(term, title, ExplainText.members(path.get(path.size() - 1).type()), path);
  }

  private static String says(Attribute attribute) {
    List<String> says = new ArrayList<>(List.of(attribute.doc()));
    if (attribute.is(Flag.REQUIRED)) {
      says.add("**Required.**");
    }
    attribute.defaultValue().ifPresent(value -> says.add("Default: `" + value + "`."));
    if (attribute.is(Flag.SENSITIVE)) {
      says.add("A secret: `${env.NAME}` or a reference, no literal.");
    }
    if (attribute.is(Flag.WRITE_ONLY)) {
      says.add("AWS does not return it, so drift of it cannot be seen.");
    }
    return String.join(" ", says);
  }

  private static String change(List<Attribute> path) {
    if (path.stream().allMatch(one -> one.impact().isEmpty())) {
      return "";
    }
    List<String> lines = new ArrayList<>(List.of(ExplainText.change(path)));
    path.get(path.size() - 1)
        .effects()
        .forEach(
            (value, effect) ->
                lines.add(
                    (value instanceof Value.Null ? "removed" : "to `" + value + "`")
                        + ": "
                        + effect.impact().word()
                        + (effect.why().isEmpty() ? "" : ". " + effect.why())));
    return String.join("<br>", lines);
  }

  private void outputs(ResourceSchema type) {
    add(
        String.format(
            Locale.ROOT,
            "\n## Outputs\n\n`${%s.NAME}` stands for `%s`; further ones are `${%s.NAME.OUTPUT}`.\n",
            type.type(),
            type.identifierOutput(),
            type.type()));
    List<Attribute> outputs =
        type.attributes().stream().filter(one -> one.is(Flag.COMPUTED)).toList();
    if (!outputs.isEmpty()) {
      add("\n| output | says |\n|---|---|\n");
      outputs.forEach(one -> row("`" + one.name() + "`", one.doc()));
    }
  }

  private void operations(ResourceSchema type) {
    add("\n## Operations\n\n| operation | usually takes | at most |\n|---|---|---|\n");
    for (Operation operation : Operation.values()) {
      ResourceSchema.Timing timing = type.timing(operation);
      row(
          operation.name().toLowerCase(Locale.ROOT),
          Durations.text(timing.typical()),
          Durations.text(timing.limit()));
    }
    add(
        String.format(
            Locale.ROOT,
            "\nDeleting one: `%s`. %s\n",
            type.deletion().word(),
            type.deletionText().isEmpty()
                ? ExplainText.sentence(type.deletion())
                : type.deletionText()));
  }

  private void example(String yaml) {
    add("\n## Example\n\n```yaml\n" + yaml + "```\n");
  }

  private void row(String... cells) {
    for (String cell : cells) {
      String plain = cell.replace("|", "\\|").replace("\n", " ");
      add("| " + (plain.startsWith("`") || plain.startsWith("[") ? plain : escaped(plain)) + " ");
    }
    add("|\n");
  }

  /** What GitHub would take for a tag. */
  private static String escaped(String cell) {
    return cell.replaceAll("<(?!br>)", "&lt;").replace("*", "\\*").replace("\\*\\*", "**");
  }

  private void add(String more) {
    text.append(more);
  }
}

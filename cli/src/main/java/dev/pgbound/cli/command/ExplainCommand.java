package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.Session;
import dev.pgbound.cli.render.ExplainText;
import dev.pgbound.engine.config.Nearest;
import dev.pgbound.engine.schema.FileSchema;
import dev.pgbound.engine.sections.SectionSchemas;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pgbound explain}. */
@Command(
    name = "explain",
    description = "Explains a resource type, a section of the file, or one of their attributes.")
public final class ExplainCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TYPE[.ATTRIBUTE]",
      description = "Such as dms-endpoint or dms-endpoint.oracleSettings; a list without it.")
  private @Nullable String term;

  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.offline(Path.of(""))) {
      List<ResourceSchema> types = session.registry().schemas();
      List<Attribute> sections = new ArrayList<>(FileSchema.head());
      sections.addAll(SectionSchemas.all().values());
      console
          .out()
          .print(
              term == null ? ExplainText.index(types, sections) : explain(term, types, sections));
      return ExitCode.DONE.code();
    }
  }

  private static String explain(String term, List<ResourceSchema> types, List<Attribute> sections) {
    String[] parts = term.split("\\.", -1);
    Optional<ResourceSchema> type =
        types.stream().filter(schema -> schema.type().equals(parts[0])).findFirst();
    if (type.isPresent() && parts.length == 1) {
      return ExplainText.type(type.get());
    }
    List<Attribute> level = type.map(ResourceSchema::attributes).orElse(sections);
    List<Attribute> path = new ArrayList<>();
    for (int i = type.isPresent() ? 1 : 0; i < parts.length; i++) {
      String name = parts[i];
      Attribute attribute =
          level.stream()
              .filter(a -> a.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      unknown(
                          term,
                          name,
                          path.isEmpty() && type.isEmpty(),
                          types,
                          sections,
                          path,
                          type));
      path.add(attribute);
      level = members(attribute.type());
    }
    return ExplainText.attribute(term, path);
  }

  private static List<Attribute> members(Type type) {
    if (type instanceof Type.ObjectType object) {
      return object.attributes();
    }
    if (type instanceof Type.ListType list) {
      return members(list.element());
    }
    return type instanceof Type.MapType map ? members(map.value()) : List.of();
  }

  private static CommandFailure unknown(
      String term,
      String name,
      boolean first,
      List<ResourceSchema> types,
      List<Attribute> sections,
      List<Attribute> path,
      Optional<ResourceSchema> type) {
    List<String> names = new ArrayList<>();
    if (first) {
      types.forEach(schema -> names.add(schema.type()));
      sections.forEach(section -> names.add(section.name()));
    } else {
      List<Attribute> level =
          path.isEmpty()
              ? type.map(ResourceSchema::attributes).orElse(List.of())
              : members(path.get(path.size() - 1).type());
      level.forEach(attribute -> names.add(attribute.name()));
    }
    return new CommandFailure(
        ExitCode.WRONG_COMMAND_LINE,
        String.format(
            Locale.ROOT,
            "explain %s: there is no \"%s\".%s 'pgbound explain' lists what there is.",
            term,
            name,
            Nearest.hint(name, names)));
  }
}

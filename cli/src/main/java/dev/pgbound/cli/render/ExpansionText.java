package dev.pgbound.cli.render;

import dev.pgbound.engine.Migration;
import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.YamlWriter;
import dev.pgbound.engine.sections.Expansion;
import dev.pgbound.engine.sections.Origins;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file stands for, as YAML that pgbound reads again: every resource and every default, each
 * with the line that caused it.
 */
public final class ExpansionText {

  private static final int COMMENT_COLUMN = 64;

  private final Migration migration;
  private final Expansion expansion;
  private final StringBuilder text = new StringBuilder();

  private ExpansionText(Migration migration) {
    this.migration = migration;
    expansion = migration.expansion();
  }

  /** The text, ending with a line break. */
  public static String render(Migration migration) {
    return new ExpansionText(migration).render();
  }

  private String render() {
    line(0, "version: 1", "");
    line(0, "migration: " + migration.name(), "");
    migration.region().ifPresent(region -> line(0, "region: " + region, ""));
    migration.account().ifPresent(account -> line(0, "account: \"" + account + "\"", ""));
    migration
        .tables()
        .ifPresent(tables -> line(0, "tables: " + Yaml.scalar(Value.of(tables.file())), ""));
    Map<String, Map<String, Resource>> byType = new LinkedHashMap<>();
    for (Resource resource : expansion.resources()) {
      Address address = resource.address();
      byType
          .computeIfAbsent(address.type(), type -> new LinkedHashMap<>())
          .put(address.name(), resource);
    }
    line(0, "resources:", "");
    byType.forEach(
        (type, resources) -> {
          line(1, type + ":", "");
          resources.forEach(this::resource);
        });
    return text.toString();
  }

  private void resource(String name, Resource resource) {
    Origins origins = expansion.origins(resource.address());
    line(2, name + ":", "line " + origins.range().line());
    Resource.Meta meta = resource.meta();
    meta.existing().ifPresent(selector -> value(3, "existing:", selector));
    if (meta.shared()) {
      line(3, "shared: true", "");
    }
    if (meta.adopt()) {
      line(3, "adopt: true", "");
    }
    if (meta.protect()) {
      line(3, "protect: true", "");
    }
    if (!meta.dependsOn().isEmpty()) {
      value(3, "dependsOn:", Value.of(meta.dependsOn().stream().map(Address::toString).toList()));
    }
    resource
        .attributes()
        .fields()
        .forEach((attribute, value) -> attribute(attribute, value, origins));
  }

  private void attribute(String name, Value value, Origins origins) {
    Pointer from = origins.pointer(Pointer.of(name));
    boolean own = !from.equals(origins.pointer(Pointer.ROOT));
    String comment = own ? "line " + origins.map().key(from).line() : "";
    if (isLeaf(value)) {
      line(3, name + ": " + YamlWriter.flow(value), comment);
    } else {
      line(3, name + ":", comment);
      children(4, value);
    }
  }

  private void value(int depth, String key, Value value) {
    value(depth, key, value, depth + 1);
  }

  private void value(int depth, String key, Value value, int childDepth) {
    if (isLeaf(value)) {
      line(depth, key + " " + YamlWriter.flow(value), "");
    } else {
      line(depth, key, "");
      children(childDepth, value);
    }
  }

  private void children(int depth, Value value) {
    if (value instanceof Value.Fields fields) {
      fields.fields().forEach((name, inner) -> value(depth, YamlWriter.key(name) + ":", inner));
    } else if (value instanceof Value.Items list) {
      list.items().forEach(item -> item(depth, item));
    }
  }

  private void item(int depth, Value item) {
    if (item instanceof Value.Fields fields && !fields.fields().isEmpty()) {
      boolean first = true;
      for (Map.Entry<String, Value> entry : fields.fields().entrySet()) {
        // The dash takes the place of one level.
        String mark = first ? "- " : "  ";
        value(depth, mark + YamlWriter.key(entry.getKey()) + ":", entry.getValue(), depth + 2);
        first = false;
      }
    } else {
      value(depth, "-", item);
    }
  }

  private static boolean isLeaf(Value value) {
    boolean emptyMap = value instanceof Value.Fields fields && fields.fields().isEmpty();
    boolean flatList =
        value instanceof Value.Items list
            && list.items().stream()
                .noneMatch(i -> i instanceof Value.Fields || i instanceof Value.Items);
    return emptyMap || flatList || !(value instanceof Value.Fields || value instanceof Value.Items);
  }

  private void line(int depth, String content, String comment) {
    String line = "  ".repeat(depth) + content;
    if (comment.isEmpty()) {
      text.append(line).append('\n');
    } else {
      int gap = Math.max(2, COMMENT_COLUMN - line.length());
      text.append(line).append(" ".repeat(gap)).append("# ").append(comment).append('\n');
    }
  }
}

package dev.pgbound.postgres;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import dev.pgbound.testkit.Bench;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An empty database, the provider and an engine around it. */
final class Rig implements AutoCloseable {

  final Server server = Server.INSTANCE;
  final PostgresWorld world;
  final Bench bench;

  Rig() {
    this(new PostgresWorld());
  }

  Rig(Path folder) {
    this(new PostgresWorld(folder));
  }

  Rig(PostgresWorld world) {
    this.world = world;
    bench = new Bench(world.provider(), world.timeline());
  }

  /**
   * A file of the migration {@code hr}; resources one a line, {@code type.name: {...}}, of types
   * without the prefix {@code postgres-}. Each gets the connection of the master user.
   */
  static String file(String... resources) {
    return fileOf("hr", resources);
  }

  static String fileOf(String migration, String... resources) {
    Map<String, List<String>> byType =
        Arrays.stream(resources)
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('.')),
                    TreeMap::new,
                    Collectors.mapping(
                        line -> line.substring(line.indexOf('.') + 1), Collectors.toList())));
    StringBuilder yaml =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "version: 1\nmigration: %s\nregion: us-east-1\nresources:\n",
                migration));
    byType.forEach(
        (type, lines) -> {
          yaml.append("  postgres-").append(type).append(":\n");
          lines.forEach(
              line ->
                  yaml.append("    ")
                      .append(line.replaceFirst("\\}\\s*$", ", connection: "))
                      .append(PostgresWorld.CONNECTION)
                      .append("}\n"));
        });
    return yaml.toString();
  }

  /** Brings the database to what the file says; afterwards there is nothing left to do. */
  void converge(String... resources) {
    bench.applyFully(bench.planAllowingAll(file(resources)));
    Plan again = bench.plan(file(resources));
    if (again.hasChanges()) {
      throw new AssertionError("changes after apply: " + again.changes());
    }
  }

  Plan plan(String... resources) {
    return bench.plan(file(resources));
  }

  ApplyResult apply(String... resources) {
    return bench.apply(plan(resources));
  }

  static ResourceChange change(Plan plan, String address) {
    return plan.change(Address.parse("postgres-" + address).orElseThrow()).orElseThrow();
  }

  /** The message of the one step that did not succeed. */
  static String failure(ApplyResult result) {
    List<String> messages =
        result.outcomes().values().stream()
            .filter(outcome -> !outcome.isSuccess())
            .map(Outcome::message)
            .toList();
    if (messages.size() != 1) {
      throw new AssertionError("not one failure: " + result.outcomes());
    }
    return messages.get(0);
  }

  @Override
  public void close() {
    world.close();
  }
}

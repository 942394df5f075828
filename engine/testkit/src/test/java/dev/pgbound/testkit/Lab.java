package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.apply.Outcome;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A bench over a fake world with six resource types. */
final class Lab {

  final FakeWorld world = new FakeWorld();
  final Bench bench =
      new Bench(
          new FakeProvider(
              world,
              List.of(
                  new FakeType(network(), world),
                  new FakeType(store(), world),
                  new RunningFakeType(new FakeType(task(), world)),
                  new FakeType(probe(), world),
                  new FakeType(inside("room"), world),
                  new FakeType(inside("shelf"), world))),
          new FakeTimeline());

  /** A file of the migration {@code hr}; {@code resources} one a line: {@code type.name: {...}}. */
  static String file(String... resources) {
    return file("hr", List.of(resources));
  }

  static String file(String migration, List<String> resources) {
    Map<String, List<String>> byType =
        resources.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('.')),
                    java.util.TreeMap::new,
                    Collectors.mapping(
                        line -> line.substring(line.indexOf('.') + 1), Collectors.toList())));
    StringBuilder yaml =
        new StringBuilder(
            String.format(
                Locale.ROOT, "version: 1\nmigration: %s\nregion: us-east-1\n", migration));
    yaml.append(byType.isEmpty() ? "resources: {}\n" : "resources:\n");
    byType.forEach(
        (type, lines) -> {
          yaml.append("  ").append(type).append(":\n");
          lines.forEach(line -> yaml.append("    ").append(line).append('\n'));
        });
    return yaml.toString();
  }

  /** Brings the world to what the file says and forgets the calls that this took. */
  Lab given(String... resources) {
    bench.applyFully(bench.planAllowingAll(file(resources)));
    world.takeCalls();
    return this;
  }

  Plan plan(String... resources) {
    return bench.plan(file(resources));
  }

  /** Plans and applies, and returns the calls that this made. */
  List<String> converge(String... resources) {
    bench.applyFully(plan(resources));
    assertThat(plan(resources).hasChanges()).as("changes after apply").isFalse();
    return world.takeCalls();
  }

  ApplyResult apply(String... resources) {
    return bench.apply(plan(resources));
  }

  static ResourceChange change(Plan plan, String address) {
    return plan.change(Address.parse(address).orElseThrow()).orElseThrow();
  }

  static List<String> steps(Plan plan) {
    return plan.steps().steps().stream().map(Object::toString).toList();
  }

  static Outcome outcome(ApplyResult result, String step) {
    return result.outcomes().entrySet().stream()
        .filter(entry -> entry.getKey().id().equals(step))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + step + " in " + result.outcomes()));
  }

  /** Something that others are built on. */
  private static ResourceSchema network() {
    return named("network")
        .attribute(harmless("size", Type.integer()))
        .attribute(harmless("label", Type.text()))
        .attribute(harmless("uses", Type.set(Type.text())))
        .attribute(harmless("holds", Type.text()).with(Flag.HOLDS))
        .attribute(harmless("home", Type.text()).with(Flag.HOLDS_FAST))
        .attribute(harmless("zone", Type.text()).with(Flag.IMMUTABLE))
        .attribute(harmless("parent", Type.text()).with(Flag.IMMUTABLE))
        .attribute(
            Attribute.named("mtu", Type.integer(), "Packet size.")
                .impact(Impact.STOPS_REPLICATION, "Whoever replicates over it has to stop."))
        .build();
  }

  /** Something that holds data and takes secrets. */
  private static ResourceSchema store() {
    return named("store")
        .attribute(harmless("size", Type.integer()))
        .attribute(harmless("network", Type.text()))
        .attribute(harmless("password", Type.text()).with(Flag.SENSITIVE, Flag.WRITE_ONLY))
        .attribute(harmless("seed", Type.text()).with(Flag.WRITE_ONLY))
        .deletion(Impact.DESTROYS_DATA, "All rows are lost.")
        .build();
  }

  /** Something that runs. */
  private static ResourceSchema task() {
    return named("task")
        .attribute(harmless("network", Type.text()))
        .attribute(harmless("note", Type.text()))
        .attribute(harmless("home", Type.text()).with(Flag.IMMUTABLE))
        .attribute(
            Attribute.named("settings", Type.text(), "Settings.")
                .impact(Impact.STOPS_REPLICATION, "It has to stop for that."))
        .attribute(
            Attribute.named("run", Type.words("running", "stopped"), "Whether it runs.")
                .impact(Impact.STOPS_REPLICATION, "It stops.")
                .impactOf(Value.of("running"), Impact.NONE, "It goes on."))
        .attribute(
            Attribute.named("reload", Type.text(), "A request.")
                .impact(Impact.RELOADS_DATA, "It begins anew."))
        .build();
  }

  /** Something that has to happen again when what it looks at changes. */
  private static ResourceSchema probe() {
    return named("probe")
        .attribute(harmless("target", Type.text()).with(Flag.IMMUTABLE))
        .retriggeredBy("target")
        .build();
  }

  /** Something inside a network. */
  private static ResourceSchema inside(String type) {
    Type place = Type.object(harmless("network", Type.text()));
    return named(type)
        .attribute(harmless("place", place).with(Flag.IMMUTABLE))
        .attribute(harmless("label", Type.text()))
        .within("place")
        .build();
  }

  private static ResourceSchema.Builder named(String type) {
    return ResourceSchema.of(type, "A " + type + ".")
        .attribute(harmless("name", Type.text()).with(Flag.IDENTIFIER, Flag.IMMUTABLE))
        .attribute(Attribute.named("id", Type.text(), "Identifier.").with(Flag.COMPUTED))
        .identifiedBy("id");
  }

  private static Attribute harmless(String name, Type type) {
    return Attribute.named(name, type, "The " + name + ".").impact(Impact.NONE, "");
  }
}

package dev.pgbound.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgbound.engine.plan.Action;
import dev.pgbound.engine.plan.AttributeChange;
import dev.pgbound.engine.plan.CallContext;
import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.Query.Scope;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What every resource type must do, whatever it is: create and find unchanged, change in place or
 * replace as its schema says, be missed when it disappears, leave foreign objects alone, and go.
 */
public final class ResourceTypeContract {

  /** A world in which nothing exists yet. */
  public interface World extends AutoCloseable {
    Provider provider();

    Timeline timeline();

    @Override
    void close();
  }

  /** One attribute and another value for it, as YAML. */
  public record Change(String attribute, String yaml) {}

  /**
   * A resource under test.
   *
   * @param resources the {@code resources} of a file, as YAML: the subject and what it needs
   * @param changes attributes that are changed one after the other
   */
  public record Case(Address subject, String resources, List<Change> changes) {

    /** A case without changes; {@code subject} as {@code type.name}. */
    public static Case of(String subject, String resources) {
      return new Case(Address.parse(subject).orElseThrow(), resources, List.of());
    }

    /** With one more changed attribute; {@code yaml} in flow style. */
    public Case change(String attribute, String yaml) {
      List<Change> more = new ArrayList<>(changes);
      more.add(new Change(attribute, yaml));
      return new Case(subject, resources, List.copyOf(more));
    }

    private String file(String migration, String overrides) {
      return String.format(
          Locale.ROOT,
          "version: 1\nmigration: %s\nregion: us-east-1\nresources:\n%s%s",
          migration,
          resources.indent(2),
          overrides);
    }

    /** A migration file with the resources. */
    public String file() {
      return file("contract", "");
    }

    String file(Change change) {
      return file(
          "contract",
          String.format(
              Locale.ROOT,
              "overrides:\n  %s: {%s: %s}\n",
              subject,
              change.attribute(),
              change.yaml()));
    }
  }

  private final Case subject;
  private final Supplier<World> worlds;

  private ResourceTypeContract(Case subject, Supplier<World> worlds) {
    this.subject = subject;
    this.worlds = worlds;
  }

  /** All tests of one case, each in a world of its own. */
  public static Stream<DynamicTest> tests(Case subject, Supplier<World> worlds) {
    ResourceTypeContract contract = new ResourceTypeContract(subject, worlds);
    List<DynamicTest> tests = new ArrayList<>();
    contract.add(tests, "describes every attribute", contract::describesEveryAttribute);
    contract.add(tests, "is unchanged after it was applied", contract::isUnchangedAfterApply);
    contract.add(tests, "is missed when it disappears", contract::isMissedWhenItDisappears);
    contract.add(tests, "can be deleted twice", contract::canBeDeletedTwice);
    contract.add(tests, "leaves nothing after destroy", contract::leavesNothingAfterDestroy);
    contract.add(tests, "does not take a foreign object", contract::doesNotTakeForeignObject);
    for (Change change : subject.changes()) {
      contract.add(
          tests, "changes " + change.attribute(), bench -> contract.changes(bench, change));
    }
    return tests.stream();
  }

  private interface Body {
    void run(Bench bench);
  }

  private void add(List<DynamicTest> tests, String name, Body body) {
    tests.add(
        dynamicTest(
            subject.subject() + " " + name,
            () -> {
              try (World world = worlds.get()) {
                body.run(new Bench(world.provider(), world.timeline()));
              }
            }));
  }

  private ResourceSchema schema(Bench bench) {
    return bench.registry().type(subject.subject().type()).schema();
  }

  private void describesEveryAttribute(Bench bench) {
    assertThat(schema(bench).doc()).isNotBlank();
    assertThat(schema(bench).attributes())
        .allSatisfy(attribute -> assertThat(attribute.doc()).as(attribute.name()).isNotBlank());
  }

  private void isUnchangedAfterApply(Bench bench) {
    bench.applyFully(bench.plan(subject.file()));

    Plan again = bench.plan(subject.file());

    assertThat(changes(again)).isEmpty();
    assertThat(again.steps().steps()).isEmpty();
  }

  private void changes(Bench bench, Change change) {
    bench.applyFully(bench.plan(subject.file()));
    Attribute attribute = schema(bench).attribute(change.attribute()).orElseThrow();

    Plan plan = bench.planAllowingAll(subject.file(change));

    ResourceChange planned = plan.change(subject.subject()).orElseThrow();
    assertThat(planned.action())
        .isEqualTo(attribute.is(Flag.IMMUTABLE) ? Action.REPLACE : Action.UPDATE);
    assertThat(planned.changes())
        .extracting(AttributeChange::attribute)
        .containsOnly(change.attribute());
    bench.applyFully(plan);
    assertThat(changes(bench.plan(subject.file(change)))).isEmpty();
  }

  private void isMissedWhenItDisappears(Bench bench) {
    bench.applyFully(bench.plan(subject.file()));
    ResourceType type = bench.registry().type(subject.subject().type());
    Context context = context(bench);
    if (type.schema().ownership() == Ownership.BY_PARENT) {
      return; // it goes with what it belongs to, not by itself
    }

    type.delete(find(bench, type, context).orElseThrow(), Optional.empty(), context);

    assertThat(bench.plan(subject.file()).change(subject.subject()).orElseThrow().action())
        .isEqualTo(Action.CREATE);
  }

  private void canBeDeletedTwice(Bench bench) {
    bench.applyFully(bench.plan(subject.file()));
    ResourceType type = bench.registry().type(subject.subject().type());
    Context context = context(bench);
    if (type.schema().ownership() == Ownership.BY_PARENT) {
      return; // it goes with what it belongs to, not by itself
    }
    Live live = find(bench, type, context).orElseThrow();

    type.delete(live, Optional.empty(), context);
    type.delete(live, Optional.empty(), context);

    assertThat(find(bench, type, context)).isEmpty();
  }

  private void leavesNothingAfterDestroy(Bench bench) {
    bench.applyFully(bench.plan(subject.file()));

    bench.applyFully(bench.planDestroy(subject.file()));

    assertThat(changes(bench.planDestroy(subject.file()))).isEmpty();
    assertThat(find(bench, bench.registry().type(subject.subject().type()), context(bench)))
        .isEmpty();
  }

  private void doesNotTakeForeignObject(Bench bench) {
    ResourceSchema schema = schema(bench);
    if (schema.identifier().isEmpty() || schema.ownership() == Ownership.BY_PARENT) {
      return; // AWS chooses its identifier, so no two can meet
    }
    Plan first = bench.plan(subject.file());
    String name =
        first
            .change(subject.subject())
            .orElseThrow()
            .resource()
            .attributes()
            .text(schema.identifier().get().name())
            .orElseThrow();
    bench.applyFully(first);

    Plan other =
        bench.plan(
            subject.file(
                "foreign",
                String.format(
                    Locale.ROOT,
                    "overrides:\n  %s: {%s: \"%s\"}\n",
                    subject.subject(),
                    schema.identifier().get().name(),
                    name)));

    assertThat(other.refusals())
        .anySatisfy(refusal -> assertThat(refusal.address()).contains(subject.subject()));
  }

  private static List<Address> changes(Plan plan) {
    return plan.changes().stream()
        .filter(ResourceChange::isChange)
        .map(ResourceChange::address)
        .toList();
  }

  private Optional<Live> find(Bench bench, ResourceType type, Context context) {
    Query query = new Query("contract", List.of(), Scope.PLAN, places(bench, type.schema()));
    return type.discover(query, context).stream()
        .filter(live -> live.isOwnedBy("contract"))
        .filter(live -> live.address().filter(subject.subject()::equals).isPresent())
        .findFirst();
  }

  /** Where the file says that objects are, for a type whose objects are inside others. */
  private Set<Value.Fields> places(Bench bench, ResourceSchema schema) {
    Set<Value.Fields> places = new LinkedHashSet<>();
    for (Resource resource : bench.load(subject.file()).expansion().resources()) {
      boolean inside = resource.address().type().equals(schema.type());
      schema
          .within()
          .filter(name -> inside)
          .ifPresent(name -> places.add(resource.attributes().fields(name)));
    }
    return places;
  }

  private static Context context(Bench bench) {
    Provider provider = bench.registry().providers().get(0);
    // Begins a new look at who owns what, as every plan does.
    provider.ownedTypes("contract");
    return new CallContext(
        "contract",
        provider.account(),
        Map.of(),
        Duration.ofHours(2),
        bench.registry()::secret,
        bench.timeline(),
        () -> false,
        phase -> {});
  }
}

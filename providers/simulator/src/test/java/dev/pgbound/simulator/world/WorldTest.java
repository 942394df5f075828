package dev.pgbound.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Vpc;
import tools.jackson.databind.node.ObjectNode;

class WorldTest {

  private static final Kind<Vpc, Vpc.Builder> REGIONAL = Kind.regional("vpc", Vpc::builder);
  private static final Kind<Vpc, Vpc.Builder> GLOBAL = Kind.global("role", Vpc::builder);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final World world = new World(() -> now);
  private final Table<Vpc, Vpc.Builder> vpcs = world.table(REGIONAL);

  @BeforeEach
  void begin() {
    world.begin("us-east-1");
  }

  @Test
  void changesObjectsWhenTheirTimeHasCome() {
    Stored<Vpc, Vpc.Builder> vpc = add("a");
    vpc.after(Duration.ofSeconds(10), b -> b.state("modifying"));
    vpc.after(Duration.ofSeconds(20), b -> b.state("available").ownerId("me"));
    vpc.removeAfter(Duration.ofSeconds(30));

    pass(9);
    assertThat(vpc.model().stateAsString()).isEqualTo("new");
    pass(1);
    assertThat(vpc.model().stateAsString()).isEqualTo("modifying");
    pass(10);
    assertThat(vpc.model()).isEqualTo(model("a").copy(b -> b.state("available").ownerId("me")));
    pass(10);
    assertThat(vpcs.find("a")).isEmpty();
  }

  @Test
  void catchesUpWithSeveralChangesAtOnce() {
    Stored<Vpc, Vpc.Builder> vpc = add("a");
    vpc.after(Duration.ofSeconds(20), b -> b.state("available"));
    vpc.after(Duration.ofSeconds(10), b -> b.state("modifying"));

    pass(60);

    assertThat(vpc.model().stateAsString()).isEqualTo("available");
  }

  @Test
  void setsOnlyWhatAScheduledChangeChanges() {
    Stored<Vpc, Vpc.Builder> vpc = add("a");
    vpc.after(Duration.ofSeconds(10), b -> b.state("available").cidrBlock(null));
    vpc.update(b -> b.ownerId("somebody else"));

    pass(10);

    assertThat(vpc.model().ownerId()).isEqualTo("somebody else");
    assertThat(vpc.model().stateAsString()).isEqualTo("available");
    assertThat(vpc.model().cidrBlock()).isNull();
  }

  @Test
  void forgetsWhatWasScheduled() {
    Stored<Vpc, Vpc.Builder> vpc = add("a");
    vpc.removeAfter(Duration.ofSeconds(10));

    vpc.cancel();
    pass(60);

    assertThat(vpcs.find("a")).isPresent();
    assertThatThrownBy(() -> vpc.removeAfter(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesBackEverythingSinceTheRequestBegan() {
    Stored<Vpc, Vpc.Builder> kept = add("kept");
    kept.tag(Map.of("a", "1"));
    kept.hide("password", "old");
    Stored<Vpc, Vpc.Builder> removed = add("removed");
    world.begin("us-east-1");
    ObjectNode before = StateJson.write(world);

    kept.update(b -> b.state("changed"));
    kept.tag(Map.of("a", "2", "b", "3"));
    kept.untag(List.of("a"));
    kept.hide("password", "new");
    kept.after(Duration.ofSeconds(1), b -> b.state("later"));
    removed.update(b -> b.state("changed"));
    removed.remove();
    add("added");
    assertThat(StateJson.write(world)).isNotEqualTo(before);
    world.rollback();

    assertThat(StateJson.write(world)).isEqualTo(before);
  }

  @Test
  void standsStillWhileARequestIsServed() {
    world.begin("us-east-1");
    Instant begin = world.now();
    now = now.plusSeconds(5);
    assertThat(world.now()).isEqualTo(begin);

    world.end();

    assertThat(world.now()).isEqualTo(begin.plusSeconds(5));
  }

  @Test
  void keepsRegionsApartAndShowsGlobalObjectsEverywhere() {
    Table<Vpc, Vpc.Builder> roles = world.table(GLOBAL);
    add("a");
    roles.add("role", "", model("role"), Map.of());

    world.begin("eu-west-1");

    assertThat(vpcs.find("a")).isEmpty();
    assertThat(vpcs.all()).isEmpty();
    add("a");
    assertThat(roles.find("role")).isPresent();
    assertThat(world.visible())
        .extracting(stored -> stored.kind() + " " + stored.region())
        .containsExactly("role ", "vpc eu-west-1");
    assertThatThrownBy(() -> add("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void comesBackAsItWasWritten() {
    Stored<Vpc, Vpc.Builder> vpc = add("a");
    vpc.tag(Map.of("app", "hr", "tier", ""));
    vpc.hide("password", "secret");
    vpc.update(b -> b.isDefault(true).cidrBlockAssociationSet(List.of()));
    vpc.after(Duration.ofSeconds(10), b -> b.state("available").cidrBlock(null));
    vpc.removeAfter(Duration.ofSeconds(20));
    world.ids().deriveFrom("x");
    String id = world.ids().hex("vpc");

    World again = new World(() -> now);
    Table<Vpc, Vpc.Builder> restored = again.table(REGIONAL);
    StateJson.read(StateJson.write(world), again);

    assertThat(StateJson.write(again)).isEqualTo(StateJson.write(world));
    again.ids().deriveFrom("x");
    assertThat(again.ids().hex("vpc")).isNotEqualTo(id);
    now = now.plusSeconds(10);
    again.begin("us-east-1");
    Stored<Vpc, Vpc.Builder> found = restored.find("a").orElseThrow();
    assertThat(found.view().tags()).extracting(tag -> tag.key()).containsExactly("app", "tier");
    assertThat(found.hidden("password")).contains("secret");
    assertThat(found.model().stateAsString()).isEqualTo("available");
    assertThat(found.model().cidrBlock()).isNull();
    now = now.plusSeconds(10);
    again.begin("us-east-1");
    assertThat(restored.all()).isEmpty();
  }

  @Test
  void refusesStateThatItDoesNotUnderstand() {
    add("a");
    ObjectNode state = StateJson.write(world);

    assertThatThrownBy(() -> StateJson.read(state, new World(() -> now)))
        .hasMessageContaining("unknown kind vpc");
    assertThatThrownBy(() -> StateJson.read(state.put("format", 99), new World(() -> now)))
        .hasMessageContaining("format 99");
  }

  @Test
  void makesIdsInTheFormsOfAws() {
    Ids ids = world.ids();
    ids.deriveFrom("some request");

    assertThat(ids.hex("subnet")).matches("subnet-0[0-9a-f]{16}");
    assertThat(ids.letters("task", 26)).matches("[A-Z0-9]{26}");
    assertThat(ids.letters("cluster", 40)).hasSize(40);
    assertThat(ids.uuid("key")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(ids.hex("subnet")).isNotEqualTo(ids.hex("subnet"));
    assertThat(ids.letters("task", 26)).isNotEqualTo(ids.letters("task", 26));
  }

  private Stored<Vpc, Vpc.Builder> add(String key) {
    return vpcs.add(key, "arn:" + key, model(key), Map.of());
  }

  private static Vpc model(String key) {
    return Vpc.builder().vpcId(key).state("new").cidrBlock("10.0.0.0/16").build();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    world.begin("us-east-1");
  }
}

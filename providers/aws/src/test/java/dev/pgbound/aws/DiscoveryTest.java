package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects with names whose describe call returns the tags, as that of database clusters does. */
final class DiscoveryTest {

  private static final ResourceSchema SCHEMA =
      ResourceSchema.of("cluster", "A cluster.")
          .attribute(
              Attribute.named("name", Type.text(), "The name.")
                  .with(Flag.IDENTIFIER, Flag.IMMUTABLE)
                  .impact(Impact.NONE, "")
                  .normalizedBy(Normalizers::lowerCase))
          .identifiedBy("name")
          .build();

  private final CannedAws aws = new CannedAws();
  private final WriteCounter writes = new WriteCounter();
  private final AwsClients clients = new AwsClients(aws.settings(), List.of(writes));
  private final Discovery discovery = new Discovery(new TagIndex(clients, writes));
  private final List<Optional<String>> described = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void returnsWhatOneDescribeBringsNeighboursIncluded() {
    List<Live> found =
        discovery.tagged(
            TypeFixture.plan("cluster.main", Fields.NONE.with("name", "HR-Main")),
            SCHEMA,
            this::describe);

    assertThat(found).extracting(Live::identifier).containsExactly("hr-main", "orphan", "foreign");
    assertThat(described).containsExactly(Optional.empty());
    assertThat(aws.operations()).isEmpty();
  }

  @Test
  void asksForOneObjectByItsNormalName() {
    List<Live> found =
        discovery.tagged(
            TypeFixture.object("cluster.main", Fields.NONE.with("name", "HR-Main")),
            SCHEMA,
            this::describe);

    assertThat(found).extracting(Live::identifier).containsExactly("hr-main");
    assertThat(described).containsExactly(Optional.of("hr-main"));
  }

  @Test
  void failsToReadWhatVanished() {
    assertThatThrownBy(
            () -> Discovery.read("gone", SCHEMA, new TagStores(clients).rds(), name -> List.of()))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("cluster gone");
  }

  private List<Live> describe(Optional<String> name) {
    described.add(name);
    return List.of(live("hr-main", "other"), live("orphan", "hr"), live("foreign", "other"))
        .stream()
        .filter(live -> name.isEmpty() || name.get().equals(live.identifier()))
        .toList();
  }

  private static Live live(String name, String migration) {
    return new Live(
        name,
        Fields.NONE.with("name", name),
        Map.of("pgbound:migration", migration),
        Live.Health.READY);
  }
}

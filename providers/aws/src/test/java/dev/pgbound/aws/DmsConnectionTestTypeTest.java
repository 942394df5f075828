package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DmsConnectionTestTypeTest {

  private static final String ADDRESS = "dms-connection-test.source";
  private static final Fields SOURCE = ends("source");

  private final TypeFixture test = new TypeFixture("dms-connection-test");

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void testsAndWaitsForTheResult() {
    test.aws
        .refuseJson("DescribeConnections", "ResourceNotFoundFault", "none yet")
        .answer("TestConnection", "{}")
        .answer("DescribeConnections", connections("testing", "an earlier one"))
        .answer("DescribeConnections", connections("successful", ""));
    TestContext context = TestContext.step(ADDRESS);

    Live live = test.type.create(SOURCE, context);

    assertThat(test.aws.operations())
        .containsExactly(
            "DescribeConnections", "TestConnection", "DescribeConnections", "DescribeConnections");
    assertThat(context.phases()).containsExactly("testing");
    assertThat(live.attributes().text("status")).contains("successful");
  }

  @Test
  void testsAgainAfterAGoodResult() {
    test.aws
        .answer("DescribeConnections", connections("successful", ""))
        .answer("TestConnection", "{}");

    test.type.update(live("successful", ""), SOURCE, Set.of(), TestContext.step(ADDRESS));

    assertThat(test.aws.operations()).contains("TestConnection");
  }

  @Test
  void joinsATestThatIsRunning() {
    test.aws
        .answer("DescribeConnections", connections("testing", ""))
        .answer("DescribeConnections", connections("successful", ""));

    test.type.update(live("testing", ""), SOURCE, Set.of(), TestContext.step(ADDRESS));

    assertThat(test.aws.operations()).doesNotContain("TestConnection");
  }

  @Test
  void joinsATestThatSomebodyBeginsAtTheSameMoment() {
    test.aws
        .answer("DescribeConnections", connections("failed", "old"))
        .refuseJson("TestConnection", "InvalidResourceStateFault", "is already being tested")
        .answer("DescribeConnections", connections("testing", ""))
        .answer("DescribeConnections", connections("successful", ""));

    test.type.create(SOURCE, TestContext.step(ADDRESS));

    assertThat(test.aws.operations()).filteredOn("TestConnection"::equals).hasSize(1);
  }

  @Test
  void failsInTheServicesWordsAndSaysWhatToCheck() {
    test.aws
        .answer("DescribeConnections", connections("failed", "ORA-12170: timeout"))
        .answer("TestConnection", "{}");

    assertThatThrownBy(() -> test.type.create(SOURCE, TestContext.step(ADDRESS)))
        .hasMessageContaining(
            "The instance main does not reach the database of the endpoint source")
        .hasMessageContaining("ORA-12170: timeout")
        .hasMessageContaining("security groups admit the replication instance");
  }

  @Test
  void readsAllResultsByOneCallAndOwnsThemByAddress() {
    test.aws.answer(
        "DescribeConnections",
        DmsAnswers.page(
            "Connections",
            DmsAnswers.connection("source", "main", "successful", ""),
            DmsAnswers.connection("source", "other", "successful", ""),
            DmsAnswers.connection("target", "main", "failed", "no route")));
    Query query =
        new Query(
            "hr",
            List.of(wanted("source", SOURCE), wanted("target", ends("target"))),
            Query.Scope.PLAN);

    List<Live> found = test.type.discover(query, TestContext.discovery());

    assertThat(test.aws.operations()).containsExactly("DescribeConnections");
    assertThat(found)
        .extracting(live -> live.tags().get(Live.ADDRESS_TAG))
        .containsExactly("dms-connection-test.source", "dms-connection-test.target");
    assertThat(found).allMatch(live -> live.isOwnedBy("hr"));
    assertThat(found.get(1).health())
        .isEqualTo(new Live.Health(Live.State.FAILED, "failed: no route"));
  }

  @Test
  void asksNothingWhileTheEndpointDoesNotExist() {
    Fields later = SOURCE.with("endpointArn", new Value.Unknown("${dms-endpoint.source}"));

    assertThat(test.type.discover(TypeFixture.plan(ADDRESS, later), TestContext.discovery()))
        .isEmpty();
    assertThat(test.type.discover(TypeFixture.planWithout(), TestContext.discovery())).isEmpty();
    assertThat(test.aws.operations()).isEmpty();
  }

  @Test
  void deletesTheResultAndWaits() {
    test.aws
        .answer("DeleteConnection", "{}")
        .answer("DescribeConnections", connections("deleting", ""))
        .refuseJson("DescribeConnections", "ResourceNotFoundFault", "gone");

    test.type.delete(live("successful", ""), Optional.of(SOURCE), TestContext.step(ADDRESS));

    assertThat(test.aws.lastBody("DeleteConnection")).contains("endpoint:source", "rep:main");
  }

  @Test
  void takesAMissingResultForDeleted() {
    test.aws
        .refuseJson("DeleteConnection", "ResourceNotFoundFault", "gone")
        .refuseJson("DescribeConnections", "ResourceNotFoundFault", "gone");

    test.type.delete(live("successful", ""), Optional.of(SOURCE), TestContext.step(ADDRESS));

    assertThat(test.aws.operations()).containsExactly("DeleteConnection", "DescribeConnections");
  }

  @Test
  void runsAgainWhenEitherEndChanges() {
    assertThat(test.type.schema().retriggers())
        .containsExactlyInAnyOrder("endpointArn", "replicationInstanceArn");
    assertThat(test.type.schema().ownership()).isEqualTo(Ownership.BY_PARENT);
  }

  private static Query.Wanted wanted(String name, Fields desired) {
    return new Query.Wanted(new Address("dms-connection-test", name), Optional.empty(), desired);
  }

  private static Live live(String status, String failure) {
    return new Live(
        "x", SOURCE.with("status", status).with("id", failure), Map.of(), Live.Health.READY);
  }

  private static Fields ends(String endpoint) {
    return Fields.NONE
        .with("endpointArn", DmsAnswers.ARN + "endpoint:" + endpoint)
        .with("replicationInstanceArn", DmsAnswers.ARN + "rep:main");
  }

  private static String connections(String status, String failure) {
    return DmsAnswers.page(
        "Connections",
        DmsAnswers.connection("source", "other", "failed", "another instance"),
        DmsAnswers.connection("source", "main", status, failure));
  }
}

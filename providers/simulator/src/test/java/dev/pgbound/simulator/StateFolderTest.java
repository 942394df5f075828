package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.simulator.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What is left in the folder of an account, however its process ended. */
class StateFolderTest {

  @TempDir private Path folder;

  @Test
  void keepsWhatWasAnsweredWhenTheProcessIsKilled() throws Exception {
    List<String> answered = new ArrayList<>();
    try (OtherProcess process = OtherProcess.in(folder)) {
      for (int i = 0; i < 50; i++) {
        answered.add(process.says());
      }
      answered.addAll(process.kill());
    }

    // the call that was under way may have had its effect
    List<String> there = vpcs();
    assertThat(there).containsAll(answered).hasSizeBetween(answered.size(), answered.size() + 1);
  }

  @Test
  void letsOnlyOneProcessWorkAndSaysWhichOne() throws Exception {
    Instant before = Instant.now().minusSeconds(2);
    try (OtherProcess process = OtherProcess.in(folder)) {
      process.says();

      assertThatThrownBy(() -> SimulatedAws.open(folder))
          .isInstanceOfSatisfying(
              FolderInUseException.class,
              e -> {
                assertThat(e.holder()).isPresent();
                assertThat(e.holder().orElseThrow().pid()).isEqualTo(process.pid());
                assertThat(e.holder().orElseThrow().since()).isBetween(before, Instant.now());
              });

      process.kill();
    }
    SimulatedAws.open(folder).close();
  }

  @Test
  void showsTheAccountAsItIsToWhoeverLooksMeanwhile() throws Exception {
    try (OtherProcess process = OtherProcess.in(folder)) {
      for (int i = 0; i < 20; i++) {
        String answered = process.says();
        try (SimulatedAws look = SimulatedAws.look(folder, Optional.empty())) {
          assertThat(vpcs(look)).contains(answered);
        }
      }
    }
  }

  @Test
  void refusesASecondOneInTheSameProcess() throws IOException {
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      createVpc(first);

      assertThatThrownBy(() -> SimulatedAws.open(folder))
          .isInstanceOfSatisfying(
              FolderInUseException.class,
              e ->
                  assertThat(e.holder().orElseThrow().pid())
                      .isEqualTo(ProcessHandle.current().pid()));
    }
    SimulatedAws.open(folder).close();
  }

  @Test
  void isFreeAgainWhenItCouldNotBeRead() throws IOException {
    Files.writeString(folder.resolve("state.json"), "[]");
    assertThatThrownBy(() -> SimulatedAws.open(folder)).hasMessageContaining("state.json");
    Files.delete(folder.resolve("state.json"));

    SimulatedAws.open(folder).close();
  }

  @Test
  void ignoresALineThatWasBeingWritten() throws IOException {
    dieAfterCreating(2);
    Files.writeString(changes(), "{\"now\":\"2026-01-", StandardOpenOption.APPEND);

    assertThat(vpcs()).hasSize(2);
    try (SimulatedAws next = SimulatedAws.open(folder)) {
      createVpc(next);
    }
    assertThat(vpcs()).hasSize(3);
  }

  @Test
  void ignoresChangesThatAreInTheStateAlready() throws IOException {
    dieAfterCreating(2);
    String changes = Files.readString(changes());
    try (SimulatedAws next = SimulatedAws.open(folder)) {
      String vpc = vpcs(next).get(0);
      Clients.client(Ec2Client.builder(), next).deleteVpc(r -> r.vpcId(vpc));
    }
    // as if the process had died between the two files
    Files.writeString(changes(), changes);

    assertThat(vpcs()).hasSize(1);
  }

  @Test
  void makesUpForWhatCouldNotBeWritten() throws IOException {
    SimulatedAws dying = SimulatedAws.open(folder);
    dying.onHalt(() -> {});
    Files.createDirectory(changes());
    Ec2Client ec2 = Clients.once(Ec2Client.builder(), dying);
    assertThatThrownBy(() -> ec2.createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16")))
        .isInstanceOf(SdkClientException.class);
    Files.delete(changes());

    createVpc(dying);
    kill(dying);

    assertThat(vpcs()).hasSize(2);
  }

  @Test
  void goesOnWithTheChangesOfSeveralProcessesThatDied() throws IOException {
    for (int i = 0; i < 3; i++) {
      dieAfterCreating(2);
    }

    assertThat(vpcs()).hasSize(6);
    assertThat(folder.resolve("state.json")).doesNotExist();
  }

  @Test
  void keepsDeletionsTagsAndTheClock() throws Exception {
    SimulatedAws dying = SimulatedAws.open(folder);
    dying.onHalt(() -> {});
    Ec2Client ec2 = Clients.client(Ec2Client.builder(), dying);
    String gone = createVpc(dying);
    String tagged = createVpc(dying);
    ec2.createTags(r -> r.resources(tagged).tags(name("kept")));
    dying.timeline().sleep(Duration.ofHours(1));
    ec2.deleteVpc(r -> r.vpcId(gone));
    Instant moment = dying.timeline().now();
    kill(dying);

    try (SimulatedAws next = SimulatedAws.open(folder)) {
      assertThat(next.timeline().now()).isEqualTo(moment);
      List<Vpc> left = Clients.client(Ec2Client.builder(), next).describeVpcs().vpcs();
      assertThat(left).singleElement().extracting(Vpc::vpcId).isEqualTo(tagged);
      assertThat(left.get(0).tags())
          .singleElement()
          .satisfies(t -> assertThat(t.value()).isEqualTo("kept"));
      assertThat(createVpc(next)).isNotIn(gone, tagged);
    }
  }

  @Test
  void keepsHowFarTheClockHasComeThoughNothingIsChanged() throws Exception {
    SimulatedAws dying = SimulatedAws.open(folder);
    dying.onHalt(() -> {});
    dying.timeline().sleep(Duration.ofMinutes(5));
    vpcs(dying);
    kill(dying);

    try (SimulatedAws next = SimulatedAws.look(folder, Optional.empty())) {
      assertThat(next.timeline().now()).isEqualTo(dying.timeline().now());
    }
  }

  @Test
  void writesNothingWhenNothingHappens() throws Exception {
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      createVpc(first);
    }
    List<String> before = files();

    try (SimulatedAws look = SimulatedAws.look(folder, Optional.empty())) {
      createVpc(look);
      look.timeline().sleep(Duration.ofHours(1));
    }
    assertThat(files()).isEqualTo(before);
    try (SimulatedAws next = SimulatedAws.open(folder)) {
      vpcs(next);
      assertThat(folder.resolve("changes.ndjson")).doesNotExist();
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void writesTheWholeStateWhenTheChangesBecomeManyAndWhenItIsClosed() throws IOException {
    try (SimulatedAws aws = SimulatedAws.open(folder)) {
      createVpc(aws);
      SecretsManagerClient secrets = Clients.client(SecretsManagerClient.builder(), aws);
      secrets.createSecret(r -> r.name("large"));
      for (int i = 0; i < 25; i++) {
        String value = i + "x".repeat(60_000);
        secrets.putSecretValue(r -> r.secretId("large").secretString(value));
      }
      assertThat(folder.resolve("state.json")).exists();
      assertThat(Files.size(changes())).isBetween(1L, 1_000_000L);
    }
    assertThat(changes()).doesNotExist();
    assertThat(vpcs()).hasSize(1);
  }

  private static Tag name(String value) {
    return Tag.builder().key("Name").value(value).build();
  }

  /** Makes VPCs and dies. */
  private void dieAfterCreating(int count) throws IOException {
    SimulatedAws dying = SimulatedAws.open(folder);
    dying.onHalt(() -> {});
    for (int i = 0; i < count; i++) {
      createVpc(dying);
    }
    kill(dying);
  }

  private static void kill(SimulatedAws aws) {
    aws.inject(FaultRule.parse("ec2:DescribeSubnets:1:halt-before"));
    Ec2Client ec2 = Clients.once(Ec2Client.builder(), aws);
    assertThatThrownBy(ec2::describeSubnets).isInstanceOf(SdkClientException.class);
  }

  private static String createVpc(SimulatedAws aws) {
    return Clients.client(Ec2Client.builder(), aws)
        .createVpc(vpc -> vpc.cidrBlock("10.0.0.0/16"))
        .vpc()
        .vpcId();
  }

  private List<String> vpcs() throws IOException {
    try (SimulatedAws look = SimulatedAws.look(folder, Optional.empty())) {
      return vpcs(look);
    }
  }

  private static List<String> vpcs(SimulatedAws aws) {
    return Clients.client(Ec2Client.builder(), aws).describeVpcsPaginator().vpcs().stream()
        .map(Vpc::vpcId)
        .toList();
  }

  private Path changes() {
    return folder.resolve("changes.ndjson");
  }

  /** The files of the state with their times; the lock is none of them. */
  private List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> !f.endsWith("lock")).sorted().toList()) {
        files.add(file.getFileName() + " " + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }
}

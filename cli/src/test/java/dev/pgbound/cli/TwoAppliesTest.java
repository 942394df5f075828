package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that want to apply the same migration at the same time. */
class TwoAppliesTest {

  private static final String FILE =
      """
      version: 1
      migration: small
      region: us-east-1
      resources:
        vpc:
          main: {cidrBlock: 10.0.0.0/16}
      """;
  private static final String[] APPLY = {"apply", "migration.yaml", "--auto-approve"};

  @TempDir private Path folder;
  private final ServedAws aws = new ServedAws();

  @BeforeEach
  void write() {
    new Shell(folder).write("migration.yaml", FILE);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void oneWorksAndTheOtherSaysWhoHoldsTheLock() {
    aws.hold("CreateVpc", 1);
    try (Child first = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("CreateVpc");

      try (Child second = new Child(folder, aws, APPLY)) {
        assertThat(second.code()).as(second.printed()).isEqualTo(6);
        assertThat(second.printed())
            .containsPattern(
                "Error: small is locked by \\S+@\\S+ \\(pid "
                    + first.pid()
                    + "\\) since \\S+Z \\(\\d+ s ago\\): pgbound apply small")
            .contains(
                "Nothing was written. Wait until that run is over. If it has died, remove its lock:"
                    + " pgbound unlock migration.yaml --endpoint-url "
                    + aws.url());
      }
      aws.release("CreateVpc");
      assertThat(first.code()).as(first.printed()).isZero();
    }
    assertThat(unlock().printed()).contains("small is not locked");
  }

  @Test
  void theLockOfAKilledProcessIsTakenOverByOneOfTwo() {
    aws.hold("CreateVpc", 1);
    long dead;
    try (Child first = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("CreateVpc");
      first.kill();
      dead = first.pid();
      aws.discard("CreateVpc");
    }
    // Both have found the dead holder before either of them wants the lock, and the one that gets
    // it goes on only when the other has given up.
    aws.hold("PutParameter", 2);
    aws.hold("CreateVpc", 1);
    try (Child one = new Child(folder, aws, APPLY);
        Child two = new Child(folder, aws, APPLY)) {
      aws.awaitHeld("PutParameter");
      aws.release("PutParameter");
      aws.awaitHeld("CreateVpc");
      Child loser = firstToEnd(one, two);
      assertThat(loser.code()).as(loser.printed()).isEqualTo(6);
      Child winner = loser == one ? two : one;
      assertThat(loser.printed()).contains("(pid " + winner.pid() + ")");
      aws.release("CreateVpc");
      assertThat(winner.code()).as(winner.printed()).isZero();
      assertThat(winner.printed())
          .contains(
              "(pid " + dead + ") no longer runs; the lock that it left behind is taken over");
    }
  }

  private static Child firstToEnd(Child one, Child two) {
    while (one.isRunning() && two.isRunning()) {
      Thread.onSpinWait();
    }
    return one.isRunning() ? two : one;
  }

  private Child unlock() {
    try (Child unlock = new Child(folder, aws, "unlock", "migration.yaml")) {
      assertThat(unlock.code()).as(unlock.printed()).isZero();
      return unlock;
    }
  }
}

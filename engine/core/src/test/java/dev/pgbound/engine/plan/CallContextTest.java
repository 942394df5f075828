package dev.pgbound.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import dev.pgbound.spi.Timeline;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallContextTest {

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> phases = new ArrayList<>();

  @Test
  void putsTheServicesSentenceIntoItsOwnWithoutASecondFullStop() {
    assertThatThrownBy(
            () -> context().await("the role", () -> Poll.pending("The role is not visible yet.")))
        .hasMessage(
            "Waited 40 s without progress for the role; it is still: The role is not visible yet."
                + " The same command goes on waiting.");
  }

  @Test
  void pausesLongerEveryTimeUpToALimit() {
    assertThatThrownBy(() -> context().await("it", () -> Poll.pending("creating")))
        .hasMessageStartingWith("Waited 40 s");

    assertThat(pauses).first().isEqualTo(Duration.ofSeconds(1));
    assertThat(pauses).isSorted().allMatch(pause -> pause.compareTo(Duration.ofSeconds(15)) <= 0);
    assertThat(phases).containsOnly("creating");
  }

  @Test
  void waitsLongerThanTheLimitAsLongAsSomethingMoves() {
    int[] looks = {0};

    String result =
        context()
            .await(
                "it",
                () -> ++looks[0] > 100 ? Poll.done("here") : Poll.pending(looks[0] + " tables"));

    assertThat(result).isEqualTo("here");
    assertThat(pauses.stream().mapToLong(Duration::toSeconds).sum()).isGreaterThan(40);
  }

  @Test
  void takesTwoPhasesThatAlternateForStandingStill() {
    int[] looks = {0};

    assertThatThrownBy(
            () -> context().await("it", () -> Poll.pending(++looks[0] % 2 == 0 ? "a" : "b")))
        .hasMessageContaining("without progress");
  }

  @Test
  void doesNotPauseForWhatIsDone() {
    assertThat(context().<String>await("it", () -> Poll.done("here"))).isEqualTo("here");
    assertThat(pauses).isEmpty();
  }

  @Test
  void looksAgainWhereALookWasNotAnswered() {
    int[] looks = {0};

    String result =
        context()
            .await(
                "it",
                () -> {
                  if (++looks[0] < 4) {
                    throw lost();
                  }
                  return Poll.done("here");
                });

    assertThat(result).isEqualTo("here");
    assertThat(phases).containsOnly("no answer: Connection reset.");
  }

  @Test
  void doesNotLookAgainAfterARefusal() {
    ResourceException refusal = new ResourceException(Kind.ACCESS_DENIED, "Denied", "Not allowed.");

    assertThatThrownBy(
            () ->
                context()
                    .await(
                        "it",
                        () -> {
                          throw refusal;
                        }))
        .isSameAs(refusal);
    assertThat(pauses).isEmpty();
  }

  @Test
  void doesNotRepeatAWriteThatWasNotAnswered() {
    int[] calls = {0};

    assertThatThrownBy(
            () ->
                context()
                    .retrying(
                        "it",
                        e -> false,
                        () -> {
                          calls[0]++;
                          throw lost();
                        }))
        .hasMessage("Connection reset.");
    assertThat(calls[0]).isEqualTo(1);
  }

  private static ResourceException lost() {
    return new ResourceException(Kind.UNAVAILABLE, "Unreachable", "Connection reset.");
  }

  private CallContext context() {
    Timeline timeline =
        new Timeline() {
          private Instant now = Instant.EPOCH;

          @Override
          public Instant now() {
            return now;
          }

          @Override
          public void sleep(Duration duration) {
            pauses.add(duration);
            now = now.plus(duration);
          }
        };
    return new CallContext(
        "hr",
        new Account("1", "us-east-1", "aws"),
        Map.of(),
        Duration.ofSeconds(40),
        reference -> Value.Fields.NONE,
        timeline,
        () -> false,
        phases::add);
  }
}

package dev.pgbound.cli.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.simulator.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes die in the middle of a run. What they leave behind is what {@link KillTest} takes
 * for it, byte for byte, and the next run goes on to the same world.
 */
class KilledProcessTest {

  private static final int KILLED = 137;
  private static final long PATIENCE_SECONDS = 120;

  /** When processes die, in percent of the calls of a run. */
  private static final int[] MOMENTS = {3, 45, 70, 98};

  @TempDir private Path folder;

  @Test
  void applyingTheRecipe() throws IOException, InterruptedException {
    Path start = Files.createDirectory(folder.resolve("start"));
    Rehearsal.seeded(start);

    kill(start, Goal.CONVERGE);
  }

  @Test
  void destroyingTheRecipe() throws IOException, InterruptedException {
    Path start = Files.createDirectory(folder.resolve("start"));
    Rehearsal.seeded(start);
    Recording.of(start, Rehearsal.recipe(), Goal.CONVERGE, 1);

    kill(start, Goal.DESTROY);
  }

  private void kill(Path start, Goal goal) throws IOException, InterruptedException {
    Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
    Files.copy(start.resolve(Rehearsal.STATE), undisturbed.resolve(Rehearsal.STATE));
    Recording recording = Recording.of(undisturbed, Rehearsal.recipe(), goal, 1);
    boolean before = true;
    for (int percent : MOMENTS) {
      int call = Math.max(1, recording.calls().size() * percent / 100);
      Path work = Files.createDirectory(folder.resolve("killed-at-" + percent));
      kill(start, work, recording, call, before, goal);
      before = !before;
    }
  }

  private static void kill(
      Path start, Path state, Recording recording, int call, boolean before, Goal goal)
      throws IOException, InterruptedException {
    String fault = "*:" + call + ":halt-" + (before ? "before" : "after");
    Files.copy(start.resolve(Rehearsal.STATE), state.resolve(Rehearsal.STATE));

    assertThat(process(state, goal, fault)).as(fault).isEqualTo(KILLED);
    byte[] expected = before ? recording.before(call) : recording.after(call);
    assertThat(comparable(Files.readAllBytes(state.resolve(Rehearsal.CHANGES))))
        .as("what %s left behind", fault)
        .isEqualTo(comparable(expected));

    try (Rehearsal next = new Rehearsal(state, Optional.empty(), "next")) {
      next.run(Rehearsal.recipe(), goal);
      next.settle();
    }
    List<String> found = NormalWorld.of(state.resolve(Rehearsal.STATE));
    assertThat(found.equals(recording.world()))
        .as(() -> fault + NormalWorld.difference(recording.world(), found))
        .isTrue();
  }

  /** Runs in a process of its own, where a fault that halts is the end of it. */
  public static void main(String[] arguments) {
    Path state = Path.of(arguments[0]);
    try (Rehearsal run = new Rehearsal(state, Optional.empty(), "undisturbed")) {
      run.sideBySide(1);
      run.aws().inject(FaultRule.parse(arguments[2]));
      run.run(Rehearsal.recipe(), Goal.valueOf(arguments[1]));
    }
  }

  private static int process(Path state, Goal goal, String fault)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcessTest.class.getName(),
                state.toString(),
                goal.name(),
                fault)
            .redirectErrorStream(true)
            .redirectOutput(state.resolve("printed").toFile())
            .start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Without what two runs do not share: a process that dies on request counts its calls. */
  private static List<String> comparable(byte[] changes) {
    return new String(changes, UTF_8)
        .lines()
        .map(line -> line.replaceFirst(",\"faults\":\\{[^}]*\\}", ""))
        .filter(line -> line.contains(","))
        .toList();
  }
}

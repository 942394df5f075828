package dev.pgbound.cli.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.Plan.Goal;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an undisturbed run does to the simulated AWS. */
final class Recording {

  private final List<Call> calls;
  private final List<Long> sizes;
  private final byte[] changes;
  private final List<String> world;

  private Recording(List<Call> calls, List<Long> sizes, byte[] changes, List<String> world) {
    this.calls = calls;
    this.sizes = sizes;
    this.changes = changes;
    this.world = world;
  }

  /**
   * Runs without being disturbed.
   *
   * @param folder the state of the simulated AWS; afterwards that of the end
   * @param parallelism how many steps run side by side
   */
  static Recording of(Path folder, String yaml, Goal goal, int parallelism) throws IOException {
    List<Call> calls = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    byte[] changes;
    try (Rehearsal run = new Rehearsal(folder, Optional.empty(), "undisturbed")) {
      Path lines = folder.resolve(Rehearsal.CHANGES);
      run.aws()
          .add(
              new CallHook() {
                @Override
                public void before(Call call) {
                  calls.add(call);
                  sizes.add(lines.toFile().length());
                }
              });
      run.sideBySide(parallelism);
      assertThat(run.run(yaml, goal).filter(ApplyResult::isComplete)).isPresent();
      changes = Files.readAllBytes(lines);
      int made = calls.size();
      run.settle();
      calls.subList(made, calls.size()).clear();
      sizes.subList(made, sizes.size()).clear();
      sizes.add((long) changes.length);
    }
    return new Recording(calls, sizes, changes, NormalWorld.of(folder.resolve(Rehearsal.STATE)));
  }

  /** The calls it makes. */
  List<Call> calls() {
    return calls;
  }

  /** How much was written before each call, and at the end. */
  List<Long> sizes() {
    return sizes;
  }

  /** What is there in the end. */
  List<String> world() {
    return world;
  }

  /** What is written before a call, counted from 1, has its effect. */
  byte[] before(int call) {
    return beginning(sizes.get(call - 1));
  }

  /** What is written after it. */
  byte[] after(int call) {
    return beginning(sizes.get(call));
  }

  /** The first bytes of what was written. */
  byte[] beginning(long size) {
    return Arrays.copyOf(changes, (int) size);
  }
}

package dev.pgbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.engine.apply.LockHolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThisMachineTest {

  private final long self = ProcessHandle.current().pid();

  @Test
  void namesUserAndHost() {
    assertThat(ThisMachine.userAndHost()).startsWith(System.getProperty("user.name") + "@");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsALivingProcessFromADeadOne() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    LockHolder holder = holder(sleeper.pid(), ThisMachine.process(sleeper.pid()));

    assertThat(ThisMachine.isDead(holder)).isFalse();
    assertThat(ThisMachine.isAlive(holder)).isTrue();
    sleeper.destroyForcibly().waitFor();
    assertThat(ThisMachine.isDead(holder)).isTrue();
    assertThat(ThisMachine.isAlive(holder)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotTakeAProcessOfTheSameNumberForTheDeadOne() {
    String earlier = ThisMachine.process(self).replaceFirst("\\d+$", "1");

    assertThat(ThisMachine.isDead(holder(self, earlier))).isTrue();
  }

  @Test
  void takesNobodyForDeadOfWhomItKnowsNothing() {
    String otherMachine = "0e9a2c3d-0000-0000-0000-000000000000 pid:[4026531836] 0 1";

    assertThat(ThisMachine.isDead(holder(self, otherMachine))).isFalse();
    assertThat(ThisMachine.isDead(holder(self, ""))).isFalse();
    assertThat(ThisMachine.isAlive(holder(self, ""))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void takesAProcessThatEndedUnnoticedForDead() throws Exception {
    // The shell starts a process that ends, and becomes one that never asks for it.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.01 & echo $!; exec sleep 60").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine().strip());
      Path stat = Path.of("/proc/" + child + "/stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.sleep(1);
      }
      assertThat(ThisMachine.process(child)).isEmpty();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void runsATakeoverAlone() {
    AtomicBoolean ran = new AtomicBoolean();

    assertThat(ThisMachine.alone(() -> ran.set(true))).isTrue();
    assertThat(ran).isTrue();
  }

  private static LockHolder holder(long pid, String process) {
    return new LockHolder("anna@build7", pid, process, "pgbound apply hr", Instant.EPOCH, "r", "1");
  }
}

package dev.pgbound.cli;

import dev.pgbound.engine.apply.LockHolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What can be told for sure about the processes of this machine. Names of machines repeat, and so
 * do the numbers of processes: a process is known by the boot of the kernel, the container's space
 * of numbers, the user, the number and the tick at which it began. Only Linux tells all of these;
 * elsewhere nothing is known, and no process is taken for dead.
 */
public final class ThisMachine {

  private static final Path PROC = Path.of("/proc");
  private static final Object TAKEOVER = new Object();

  private ThisMachine() {}

  /** The user and the machine, such as {@code anna@build7}. */
  public static String userAndHost() {
    return System.getProperty("user.name") + "@" + host();
  }

  private static String host() {
    Optional<String> name = read(PROC.resolve("sys/kernel/hostname"));
    if (name.isPresent()) {
      return name.get();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** Tells a process from every other one; empty when it does not run, or nothing is known. */
  public static String process(long pid) {
    Optional<String> began = read(PROC.resolve(pid + "/stat")).flatMap(ThisMachine::beginning);
    return began.flatMap(tick -> space().map(space -> space + tick)).orElse("");
  }

  /** Whether the holder was a process of this machine and user that no longer runs. */
  public static boolean isDead(LockHolder holder) {
    return space().filter(holder.process()::startsWith).isPresent()
        && !process(holder.pid()).equals(holder.process());
  }

  /** Whether the holder is a process of this machine and user that runs. */
  public static boolean isAlive(LockHolder holder) {
    return !holder.process().isEmpty() && process(holder.pid()).equals(holder.process());
  }

  /**
   * Runs {@code takeover} while no other process of this user and no other thread does.
   *
   * @return false when that cannot be made sure
   */
  public static boolean alone(Runnable takeover) {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "pgbound-takeover-" + user());
    synchronized (TAKEOVER) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        takeover.run();
        return lock.isValid();
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Within it a number and a tick mean one process. */
  private static Optional<String> space() {
    try {
      Object numbers = Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
      return read(PROC.resolve("sys/kernel/random/boot_id"))
          .map(boot -> boot + " " + numbers + " " + user() + " ");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Processes of other users may be invisible. */
  private static String user() {
    try {
      return Files.getAttribute(PROC.resolve("self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return String.valueOf(System.getProperty("user.name"));
    }
  }

  /**
   * The 22nd field of {@code /proc/PID/stat}, see proc(5); the second one, in brackets, may hold
   * anything. A process that ended and that nobody has waited for still has its entry.
   */
  private static Optional<String> beginning(String stat) {
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
    boolean ended = fields.get(0).equals("Z") || fields.get(0).equals("X");
    return ended ? Optional.empty() : Optional.of(fields.get(19));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}

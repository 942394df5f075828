package dev.pgbound.simulator;

import dev.pgbound.simulator.FolderInUseException.Holder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps all other processes from working in a folder. The operating system holds the lock and lets
 * go of it when the process ends in whatever way, so that nobody has to find out who is dead. The
 * file {@code lock} says who holds it; that it is there means nothing. Whoever tries a second time
 * within one process is refused, too, but then the operating system may forget the lock.
 */
final class FolderLock implements Closeable {

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder, which is made when it is not there.
   *
   * @throws FolderInUseException when it is locked already, by whichever process
   */
  static FolderLock of(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new FolderInUseException(folder, holder(file));
    }
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    return new FolderLock(channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      // One byte that is never written: where a lock keeps others from reading, they still can.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Optional<Holder> holder(Path file) throws IOException {
    String pid = Files.readString(file).strip();
    return pid.matches("\\d{1,18}")
        ? Optional.of(new Holder(Long.parseLong(pid), Files.getLastModifiedTime(file).toInstant()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}

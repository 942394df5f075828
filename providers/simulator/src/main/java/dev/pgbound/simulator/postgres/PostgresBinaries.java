package dev.pgbound.simulator.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, which a Maven artifact brings as a compressed archive. They are
 * unpacked once for each machine and version.
 */
final class PostgresBinaries {

  /** What the archive holds; a new version is unpacked beside the old one. */
  private static final String VERSION = "postgres-16.10";

  private static final int BLOCK = 512;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;
  private static final int LINK_AT = 157;

  private PostgresBinaries() {}

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}.
   *
   * @param cache where unpacked archives are kept
   * @throws IOException when there is no PostgreSQL for this machine, or no place for it
   */
  static Path unpack(Path cache) throws IOException {
    Path home = cache.resolve(VERSION);
    if (Files.isDirectory(home)) {
      return home;
    }
    Files.createDirectories(cache);
    Path next = Files.createTempDirectory(cache, VERSION + "-");
    try (InputStream archive = open()) {
      unpack(archive, next);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(next, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster; what it has unpacked is the same.
      if (!Files.isDirectory(home)) {
        throw e;
      }
    } finally {
      delete(next);
    }
    return home;
  }

  /** Whether they have been unpacked there. */
  static boolean areIn(Path cache) {
    return Files.isDirectory(cache.resolve(VERSION));
  }

  /** Deletes a folder and all that is in it; does nothing when there is none. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static InputStream open() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String name =
        String.format(
            Locale.ROOT,
            "/postgres-%s-%s.txz",
            system.contains("mac") ? "darwin" : system,
            machine.equals("aarch64") ? "arm_64" : "x86_64");
    InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "There is no PostgreSQL for %s on %s. Rehearse on Linux or macOS, on a processor of"
                  + " the kind amd64 or arm64.",
              system,
              machine));
    }
    return new XZInputStream(new BufferedInputStream(archive));
  }

  /** Reads a tar archive of folders, files and symbolic links with short names. */
  private static void unpack(InputStream archive, Path to) throws IOException {
    byte[] header = new byte[BLOCK];
    while (archive.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      Path target = to.resolve(text(header, 0, 100)).normalize();
      if (!target.startsWith(to)) {
        throw new IOException("The archive of PostgreSQL has a file outside of it: " + target);
      }
      Files.createDirectories(target.getParent());
      switch (header[TYPE_AT]) {
        case '5' -> Files.createDirectories(target);
        case '2' -> Files.createSymbolicLink(target, Path.of(text(header, LINK_AT, 100)));
        case '0' -> unpackFile(archive, header, target);
        default -> throw new IOException("The archive of PostgreSQL holds an unknown kind of file");
      }
    }
  }

  private static void unpackFile(InputStream archive, byte[] header, Path target)
      throws IOException {
    int size = Integer.parseInt(text(header, SIZE_AT, 12).strip(), 8);
    Files.write(target, archive.readNBytes(size));
    archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    Path folder = target.getParent();
    boolean program = folder != null && folder.endsWith("bin");
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String text(byte[] header, int from, int length) {
    byte[] field = Arrays.copyOfRange(header, from, from + length);
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.UTF_8);
  }
}

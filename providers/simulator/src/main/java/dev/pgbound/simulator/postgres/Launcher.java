package dev.pgbound.simulator.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How programs of PostgreSQL are started: they refuse to run as root. Root runs them in a user
 * namespace, where it is nobody; where the kernel allows none, as the user nobody.
 *
 * @param prefix the command in front of the program
 * @param asNobody whether files have to belong to the user nobody
 */
record Launcher(List<String> prefix, boolean asNobody) {

  static final Launcher NAMESPACE = new Launcher(List.of("unshare", "-U"), false);
  static final Launcher NOBODY =
      new Launcher(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), true);

  private static final int UID_OF_NOBODY = 65534;
  private static final long PATIENCE_SECONDS = 120;

  Launcher {
    prefix = List.copyOf(prefix);
  }

  /** The way that works on this machine for this user. */
  static Launcher find() throws IOException {
    if (!isRoot()) {
      return new Launcher(List.of(), false);
    }
    for (Launcher candidate : List.of(NAMESPACE, NOBODY)) {
      if (candidate.works()) {
        return candidate;
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here. Rehearse as"
            + " another user.");
  }

  private static boolean isRoot() throws IOException {
    Path probe = Files.createTempFile("pgbound", "uid");
    try {
      return Files.getAttribute(probe, "unix:uid").equals(0);
    } finally {
      Files.delete(probe);
    }
  }

  private boolean works() {
    try {
      return run(List.of("true"), Path.of("/dev/null")) == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** The place for files that PostgreSQL must reach: {@code wanted}, unless nobody cannot. */
  Path place(Path wanted) throws IOException {
    if (!asNobody) {
      return wanted;
    }
    Path shared = Path.of(System.getProperty("java.io.tmpdir"), "pgbound-of-root");
    if (Files.exists(shared) && !Files.getAttribute(shared, "unix:uid").equals(0)) {
      throw new IOException(shared + " belongs to somebody else; delete it.");
    }
    String name =
        Integer.toHexString(wanted.toAbsolutePath().toString().hashCode())
            + "-"
            + wanted.getFileName();
    return shared.resolve(name);
  }

  /** Gives an empty folder to the user whom PostgreSQL runs as. */
  void give(Path folder) throws IOException {
    if (asNobody) {
      Files.setAttribute(folder, "unix:uid", UID_OF_NOBODY);
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param output takes what it prints
   * @return its exit code
   */
  int run(List<String> command, Path output) throws IOException {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new IOException(
          String.format(
              Locale.ROOT, "%s did not end within %d s", command.get(0), PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was starting", e);
    }
  }
}

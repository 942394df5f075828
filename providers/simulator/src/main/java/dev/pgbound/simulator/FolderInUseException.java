package dev.pgbound.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Another process works on the account whose state lies in a folder. */
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<Holder> holder;

  /**
   * Who works on the account.
   *
   * @param pid the number of the process
   * @param since when it began
   */
  public record Holder(long pid, Instant since) {}

  FolderInUseException(Path folder, Optional<Holder> holder) {
    super(
        "Another process works in "
            + folder
            + holder.map(each -> ": " + each.pid() + ", since " + each.since()).orElse(""));
    this.holder = holder;
  }

  /** Who it is; empty when that process has not said so yet. */
  public Optional<Holder> holder() {
    return holder;
  }
}

package dev.pgbound.spi;

import java.time.Instant;
import java.util.List;

/** Tells how a migration is getting on. Reads only, in few calls. */
public interface Monitor {

  /**
   * How things are now. What a single call refuses is among {@link MigrationStatus#unread}.
   *
   * @throws ResourceException when not even the tasks can be read
   */
  MigrationStatus look(Watched watched);

  /**
   * What is looked at.
   *
   * @param declared the resources of the file, found by name also where no tag says so yet
   */
  record Watched(String migration, List<ResourceType.Declared> declared, Instant now) {
    public Watched {
      declared = List.copyOf(declared);
    }
  }
}

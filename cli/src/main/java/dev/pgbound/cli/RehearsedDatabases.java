package dev.pgbound.cli;

import dev.pgbound.postgres.Reach;
import dev.pgbound.simulator.postgres.AuroraServers;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The PostgreSQL servers behind the clusters of a simulated AWS: their host names lead there. */
final class RehearsedDatabases implements Reach {

  private final AuroraServers servers;

  RehearsedDatabases(AuroraServers servers) {
    this.servers = servers;
  }

  @Override
  public Way to(String host, int port) {
    try {
      OptionalInt local = servers.port(host);
      if (local.isPresent()) {
        return new Way("127.0.0.1", local.getAsInt(), true);
      }
    } catch (IOException e) {
      throw new ResourceException(Kind.UNAVAILABLE, "NoServer", String.valueOf(e.getMessage()), e);
    }
    throw new ResourceException(
        Kind.UNAVAILABLE,
        "UnknownHost",
        String.format(
            Locale.ROOT,
            "No simulated database answers at %s: there is no such cluster, or none of its"
                + " instances is available.",
            host));
  }

  /** Why the first rehearsal on a machine stands still for a moment. */
  List<String> remarks() {
    try {
      return servers.isFirstUse()
          ? List.of(
              "The first rehearsal on this machine unpacks PostgreSQL, which takes some seconds.")
          : List.of();
    } catch (IOException e) {
      return List.of(); // whoever needs the programs says what is wrong
    }
  }

  /** How to look into the databases with psql. */
  List<String> hints() {
    try {
      List<String> hints = new ArrayList<>();
      servers
          .commands()
          .forEach((cluster, command) -> hints.add("look into " + cluster + ": " + command));
      return hints;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.pgbound.simulator.service.rds;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.world.World;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** The host names of clusters and instances. An account has a domain of its own in each region. */
final class Endpoints {

  private final World world;

  Endpoints(World world) {
    this.world = world;
  }

  String writer(String cluster) {
    return host(cluster, "cluster-");
  }

  String reader(String cluster) {
    return host(cluster, "cluster-ro-");
  }

  String instance(String instance) {
    return host(instance, "");
  }

  /** The Route 53 zone of RDS in the region. */
  String hostedZoneId() {
    return world.region().equals("us-east-1")
        ? "Z2R2ITUGPM61AM"
        : "Z" + derived("zone").substring(0, 13).toUpperCase(Locale.ROOT);
  }

  private String host(String name, String prefix) {
    String domain = prefix + "c" + derived("host").substring(0, 11);
    return name + "." + domain + "." + world.region() + ".rds.amazonaws.com";
  }

  private String derived(String purpose) {
    String name = purpose + "/" + ACCOUNT + "/" + world.region();
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new BigInteger(uuid.toString().replace("-", ""), 16).toString(36);
  }
}

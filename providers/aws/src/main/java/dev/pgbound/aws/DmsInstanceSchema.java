package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.ResourceSchema.Operation;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;

/** The attributes of a replication instance, and what a change of each does. */
final class DmsInstanceSchema {

  static final String NAME = "replicationInstanceIdentifier";
  static final String STORAGE = "allocatedStorage";
  static final String VERSION = "engineVersion";
  static final String ACTUAL_VERSION = "actualEngineVersion";
  static final String WAITING = "pendingModifiedValues";
  private static final String PRIVATE_ADDRESSES = "replicationInstancePrivateIpAddresses";
  private static final String PUBLIC_ADDRESSES = "replicationInstancePublicIpAddresses";
  private static final String NEW_INSTANCE =
      "A new instance of another name takes its place; the tasks stop, move to it and go on at their"
          + " checkpoint.";

  private DmsInstanceSchema() {}

  static ResourceSchema build() {
    return withImpacts(withTypes(described())).build();
  }

  private static AwsSchema described() {
    return AwsSchema.of(
            "dms-instance",
            "A replication instance: the machine that reads the source and writes the target.",
            CreateReplicationInstanceRequest.class)
        .namedBy(NAME, Normalizers::lowerCase)
        .describe(NAME, "Name of the instance; DMS keeps it in lower case.")
        .describe("replicationInstanceClass", "Size of the machine, such as `dms.r6i.large`.")
        .describe(STORAGE, "Storage in GiB; can only grow. The class decides if not said.")
        .describe(VERSION, "Version of DMS, such as `3.5.4`; a newer one is left in peace.")
        .describe("multiAZ", "Whether a standby in another zone takes over at a failure.")
        .describe("autoMinorVersionUpgrade", "Whether AWS installs minor versions by itself.")
        .describe("preferredMaintenanceWindow", "When AWS works on it: `sun:04:00-sun:05:00`.")
        .describe("publiclyAccessible", "Whether it gets a public address; not unless declared.")
        .describe("availabilityZone", "Zone of an instance without standby.")
        .describe("replicationSubnetGroupIdentifier", "The dms-subnet-group it is placed in.")
        .describe("vpcSecurityGroupIds", "The security groups; the VPC's default if not said.")
        .describe("kmsKeyId", "KMS key, by id or ARN, for its storage and its secrets.")
        .describe("dnsNameServers", "Up to four own name servers, separated by commas.")
        .describe("networkType", "`IPV4` or `DUAL`.")
        .describe("resourceIdentifier", "Last part of the ARN; AWS chooses it if not said.")
        .describe("kerberosAuthenticationSettings", "How endpoints use Kerberos.")
        .output(ACTUAL_VERSION, "The version it runs, which may be newer than declared.")
        .output(PRIVATE_ADDRESSES, Type.set(Type.text()), "Addresses within the VPC.")
        .output(PUBLIC_ADDRESSES, Type.set(Type.text()), "Addresses on the internet.")
        .output("arn", "The ARN.")
        .asHead();
  }

  private static AwsSchema withTypes(AwsSchema built) {
    Attribute waiting =
        Attribute.named(
            WAITING,
            Type.set(Type.text()),
            "Changes left for the maintenance window; they are made at once.");
    return built
        .add(waiting.defaultsTo(Value.of(List.of())))
        .defaultsTo(Value.of(false), "publiclyAccessible")
        .type(
            Type.text(
                "(?=.{1,63}$)[A-Za-z](-?[A-Za-z0-9])*",
                "up to 63 letters, digits and single hyphens, a letter first"),
            NAME)
        .type(
            Type.text("dms\\.[a-z0-9-]+\\.[a-z0-9]+", "a class such as dms.r6i.large"),
            "replicationInstanceClass")
        .set("vpcSecurityGroupIds")
        .holds("vpcSecurityGroupIds")
        .normalized(Normalizers::lowerCase, "preferredMaintenanceWindow")
        .normalized(Normalizers::lowerCase, "replicationSubnetGroupIdentifier", "networkType")
        .normalized(Normalizers::kmsKey, "kmsKeyId");
  }

  private static AwsSchema withImpacts(AwsSchema built) {
    return built
        .immutable(Impact.STOPS_REPLICATION, NEW_INSTANCE, NAME, "replicationSubnetGroupIdentifier")
        .immutable(Impact.STOPS_REPLICATION, NEW_INSTANCE, "availabilityZone", "publiclyAccessible")
        .immutable(Impact.STOPS_REPLICATION, NEW_INSTANCE, "kmsKeyId", "dnsNameServers")
        .immutable(Impact.STOPS_REPLICATION, NEW_INSTANCE, "resourceIdentifier")
        .inPlace(
            Impact.STOPS_REPLICATION,
            "The instance moves to another machine; its tasks stand still meanwhile.",
            "replicationInstanceClass")
        .inPlace(
            Impact.STOPS_REPLICATION,
            "The instance restarts with the new version; its tasks stand still meanwhile.",
            VERSION)
        .inPlace(
            Impact.STOPS_REPLICATION,
            "What waited for the maintenance window happens now; tasks stand still meanwhile.",
            WAITING)
        .inPlace(
            Impact.INTERRUPTS, "Running tasks are interrupted while the storage grows.", STORAGE)
        .inPlace(
            Impact.INTERRUPTS,
            "Running tasks are interrupted while the standby comes or goes.",
            "multiAZ")
        .inPlace(
            Impact.INTERRUPTS,
            "Connections that the new groups do not admit break.",
            "vpcSecurityGroupIds")
        .inPlace(
            Impact.STOPS_REPLICATION,
            "The instance restarts; its tasks stand still meanwhile.",
            "networkType")
        .inPlace(
            Impact.INTERRUPTS,
            "Endpoints that use Kerberos connect anew.",
            "kerberosAuthenticationSettings")
        .inPlace(Impact.NONE, "", "preferredMaintenanceWindow", "autoMinorVersionUpgrade")
        .deletion(
            Impact.STOPS_REPLICATION,
            "Nothing is replicated without it. The log of its tasks goes with it.")
        .takes(Operation.CREATE, Duration.ofMinutes(8), Duration.ofMinutes(40))
        .takes(Operation.UPDATE, Duration.ofMinutes(10), Duration.ofMinutes(40))
        .takes(Operation.DELETE, Duration.ofMinutes(5), Duration.ofMinutes(30));
  }
}

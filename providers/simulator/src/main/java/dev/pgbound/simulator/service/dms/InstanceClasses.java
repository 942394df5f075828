package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.ec2.AvailabilityZones;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.DescribeOrderableReplicationInstancesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeOrderableReplicationInstancesResponse;
import software.amazon.awssdk.services.databasemigration.model.OrderableReplicationInstance;
import software.amazon.awssdk.services.databasemigration.model.ReleaseStatusValues;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;

/** The classes of replication instances and the storage that comes with them. */
final class InstanceClasses {

  private static final List<String> BURSTABLE = List.of("micro", "small", "medium", "large");
  private static final List<String> FIXED =
      List.of(
          "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge");

  private static final List<Family> FAMILIES =
      List.of(
          new Family("t3", BURSTABLE, 50),
          new Family("c5", FIXED, 100),
          new Family("c6i", FIXED, 100),
          new Family("c7i", FIXED, 100),
          new Family("r5", FIXED, 100),
          new Family("r6i", FIXED, 100),
          new Family("r7i", FIXED, 100));

  private static final int LEAST_STORAGE = 5;
  private static final int MOST_STORAGE = 6144;

  private final EngineVersions versions;
  private final AvailabilityZones zones;

  InstanceClasses(EngineVersions versions, AvailabilityZones zones) {
    this.versions = versions;
    this.zones = zones;
  }

  private record Family(String name, List<String> sizes, int storage) {
    List<String> classes() {
      return sizes.stream().map(size -> "dms." + name + "." + size).toList();
    }
  }

  void register(Operations operations) {
    operations.on(
        "DescribeOrderableReplicationInstances",
        DescribeOrderableReplicationInstancesRequest::builder,
        this::describe);
  }

  /** Refuses a class that there is not. */
  String checked(@Nullable String wanted) {
    family(Refusals.required(wanted, "ReplicationInstanceClass"));
    return String.valueOf(wanted);
  }

  /** The storage in GiB that an instance gets: what is wanted, else what its class comes with. */
  int storage(String instanceClass, @Nullable Integer wanted) {
    if (wanted == null) {
      return family(instanceClass).storage();
    }
    if (wanted < LEAST_STORAGE || wanted > MOST_STORAGE) {
      throw Refusals.invalidValue(
          "Allocated storage must be between %d and %d", LEAST_STORAGE, MOST_STORAGE);
    }
    return wanted;
  }

  private static Family family(String instanceClass) {
    return FAMILIES.stream()
        .filter(family -> family.classes().contains(instanceClass))
        .findFirst()
        .orElseThrow(
            () -> Refusals.invalidValue("Invalid replication instance class: " + instanceClass));
  }

  private DescribeOrderableReplicationInstancesResponse describe(
      DescribeOrderableReplicationInstancesRequest request) {
    PageRequest part = new PageRequest(List.of(), request.maxRecords(), request.marker());
    part.checkLimit(PageRequest.USUAL);
    List<OrderableReplicationInstance> all = new ArrayList<>();
    for (String version : versions.offered()) {
      for (Family family : FAMILIES) {
        family.classes().forEach(name -> all.add(model(version, family, name)));
      }
    }
    Page<OrderableReplicationInstance> page = part.page(all);
    return DescribeOrderableReplicationInstancesResponse.builder()
        .orderableReplicationInstances(page.items())
        .marker(page.next())
        .build();
  }

  private OrderableReplicationInstance model(String version, Family family, String name) {
    return OrderableReplicationInstance.builder()
        .engineVersion(version)
        .replicationInstanceClass(name)
        .storageType("gp2")
        .minAllocatedStorage(LEAST_STORAGE)
        .maxAllocatedStorage(MOST_STORAGE)
        .defaultAllocatedStorage(family.storage())
        .includedAllocatedStorage(family.storage())
        .availabilityZones(zones.all().stream().map(AvailabilityZone::zoneName).toList())
        .releaseStatus(ReleaseStatusValues.PROD)
        .build();
  }
}

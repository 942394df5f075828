package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneOptInStatus;
import software.amazon.awssdk.services.ec2.model.AvailabilityZoneState;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;

/** The availability zones of the request's region. */
public final class AvailabilityZones {

  /** Regions with more zones than the usual three. */
  private static final Map<String, String> MORE_ZONES =
      Map.of("us-east-1", "abcdef", "us-west-2", "abcd", "ap-northeast-2", "abcd");

  private static final Map<String, String> DIRECTIONS =
      Map.of(
          "northeast",
          "ne",
          "northwest",
          "nw",
          "southeast",
          "se",
          "southwest",
          "sw",
          "north",
          "n",
          "south",
          "s",
          "east",
          "e",
          "west",
          "w",
          "central",
          "c");

  private final World world;

  /** The zones that {@code world} has. */
  public AvailabilityZones(World world) {
    this.world = world;
  }

  /** The zones by name. */
  public List<AvailabilityZone> all() {
    return MORE_ZONES
        .getOrDefault(world.region(), "abc")
        .chars()
        .mapToObj(letter -> zone((char) letter))
        .toList();
  }

  void register(Operations operations) {
    operations.on(
        "DescribeAvailabilityZones", DescribeAvailabilityZonesRequest::builder, this::describe);
  }

  private DescribeAvailabilityZonesResponse describe(DescribeAvailabilityZonesRequest request) {
    request.zoneNames().forEach(name -> require(name, zone -> zone.zoneName().equals(name)));
    request.zoneIds().forEach(id -> require(id, zone -> zone.zoneId().equals(id)));
    List<AvailabilityZone> asked =
        all().stream()
            .filter(z -> !request.hasZoneNames() || request.zoneNames().contains(z.zoneName()))
            .filter(z -> !request.hasZoneIds() || request.zoneIds().contains(z.zoneId()))
            .toList();
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(Filters.apply(request.filters(), asked))
        .build();
  }

  private void require(String name, Predicate<AvailabilityZone> isIt) {
    if (all().stream().noneMatch(isIt)) {
      throw new Fault("InvalidParameterValue", "Invalid availability zone: [" + name + "]");
    }
  }

  private AvailabilityZone zone(char letter) {
    String region = world.region();
    return AvailabilityZone.builder()
        .zoneName(region + letter)
        .zoneId(shortName(region) + "-az" + (letter - 'a' + 1))
        .regionName(region)
        .groupName(region + "-zg-1")
        .networkBorderGroup(region)
        .zoneType("availability-zone")
        .state(AvailabilityZoneState.AVAILABLE)
        .optInStatus(AvailabilityZoneOptInStatus.OPT_IN_NOT_REQUIRED)
        .build();
  }

  /** {@code use1} for {@code us-east-1}. */
  private static String shortName(String region) {
    StringBuilder name = new StringBuilder();
    for (String part : region.split("-", -1)) {
      name.append(DIRECTIONS.getOrDefault(part, part));
    }
    return name.toString();
  }
}

package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.service.ec2.AvailabilityZones;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsResponse;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsResponse;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

/** What RDS offers: versions of the engine, and the instance classes each runs on. */
final class EngineOperations {

  private static final String DESCRIPTION = "Aurora PostgreSQL";
  private static final String PROVISIONED = "provisioned";

  private final AvailabilityZones zones;

  EngineOperations(World world) {
    this.zones = new AvailabilityZones(world);
  }

  void register(Operations operations) {
    operations
        .on(
            "DescribeDBEngineVersions",
            DescribeDbEngineVersionsRequest::builder,
            this::describeVersions)
        .on(
            "DescribeOrderableDBInstanceOptions",
            DescribeOrderableDbInstanceOptionsRequest::builder,
            this::describeOptions);
  }

  private DescribeDbEngineVersionsResponse describeVersions(
      DescribeDbEngineVersionsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    List<DBEngineVersion> found =
        versions(request)
            .filter(v -> isFamily(v, request.dbParameterGroupFamily()))
            .map(EngineOperations::version)
            .filter(Arguments.filters(request.filters(), EngineOperations::filterValues))
            .toList();
    Page<DBEngineVersion> page = Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeDbEngineVersionsResponse.builder()
        .dbEngineVersions(page.items())
        .marker(page.next())
        .build();
  }

  private static Stream<EngineVersion> versions(DescribeDbEngineVersionsRequest request) {
    if (Boolean.TRUE.equals(request.defaultOnly())) {
      return EngineVersions.find(request.engineVersion()).stream();
    }
    return offered(request.engine(), request.engineVersion());
  }

  private static Stream<EngineVersion> offered(String engine, String version) {
    return EngineVersions.all().stream()
        .filter(each -> engine == null || engine.equals(EngineVersion.ENGINE))
        .filter(each -> version == null || EngineVersions.matches(each, version));
  }

  private static boolean isFamily(EngineVersion version, String family) {
    return family == null || family.equals(version.family());
  }

  private static Stream<String> filterValues(DBEngineVersion version, String filter) {
    return switch (filter) {
      case "db-parameter-group-family" -> Stream.of(version.dbParameterGroupFamily());
      case "engine" -> Stream.of(version.engine());
      case "engine-mode" -> version.supportedEngineModes().stream();
      case "engine-version" -> Stream.of(version.engineVersion());
      case "status" -> Stream.of(version.status());
      default -> throw Arguments.unknownFilter(filter);
    };
  }

  private static DBEngineVersion version(EngineVersion version) {
    return DBEngineVersion.builder()
        .engine(EngineVersion.ENGINE)
        .majorEngineVersion(Integer.toString(version.major()))
        .engineVersion(version.toString())
        .dbParameterGroupFamily(version.family())
        .dbEngineDescription(DESCRIPTION)
        .dbEngineVersionDescription(description(version))
        .validUpgradeTarget(
            EngineVersions.targets(version).stream().map(to -> target(version, to)).toList())
        .exportableLogTypes(ClusterSettings.LOG_TYPES)
        .supportsLogExportsToCloudwatchLogs(true)
        .supportsReadReplica(false)
        .supportedEngineModes(PROVISIONED)
        .status("available")
        .supportsParallelQuery(false)
        .supportsGlobalDatabases(true)
        .supportsBabelfish(true)
        .supportsLimitlessDatabase(false)
        .supportsCertificateRotationWithoutRestart(true)
        .supportedCACertificateIdentifiers(InstanceSettings.AUTHORITIES)
        .supportsLocalWriteForwarding(false)
        .build();
  }

  private static UpgradeTarget target(EngineVersion from, EngineVersion to) {
    return UpgradeTarget.builder()
        .engine(EngineVersion.ENGINE)
        .engineVersion(to.toString())
        .description(description(to))
        .autoUpgrade(false)
        .isMajorVersionUpgrade(to.major() != from.major())
        .supportedEngineModes(PROVISIONED)
        .build();
  }

  private static String description(EngineVersion version) {
    return "Aurora PostgreSQL (Compatible with PostgreSQL " + version + ")";
  }

  private DescribeOrderableDbInstanceOptionsResponse describeOptions(
      DescribeOrderableDbInstanceOptionsRequest request) {
    Arguments.maxRecords(request.maxRecords());
    Arguments.required("Engine", request.engine());
    List<OrderableDBInstanceOption> found =
        offered(request.engine(), request.engineVersion())
            .flatMap(version -> InstanceClasses.all().stream().map(c -> option(version, c)))
            .filter(
                option ->
                    request.dbInstanceClass() == null
                        || request.dbInstanceClass().equals(option.dbInstanceClass()))
            .toList();
    Page<OrderableDBInstanceOption> page =
        Page.of(found, request.maxRecords(), request.marker(), Rds.PAGE);
    return DescribeOrderableDbInstanceOptionsResponse.builder()
        .orderableDBInstanceOptions(page.items())
        .marker(page.next())
        .build();
  }

  private OrderableDBInstanceOption option(EngineVersion version, String instanceClass) {
    return OrderableDBInstanceOption.builder()
        .engine(EngineVersion.ENGINE)
        .engineVersion(version.toString())
        .dbInstanceClass(instanceClass)
        .licenseModel("postgresql-license")
        .availabilityZones(
            zones.all().stream()
                .map(zone -> AvailabilityZone.builder().name(zone.zoneName()).build())
                .toList())
        .multiAZCapable(false)
        .readReplicaCapable(false)
        .vpc(true)
        .supportsStorageEncryption(true)
        .storageType("aurora")
        .supportsIops(false)
        .supportsEnhancedMonitoring(true)
        .supportsIAMDatabaseAuthentication(true)
        .supportsPerformanceInsights(true)
        .supportedEngineModes(PROVISIONED)
        .supportsStorageAutoscaling(false)
        .supportsGlobalDatabases(true)
        .supportedNetworkTypes("IPV4")
        .supportsClusters(true)
        .build();
  }
}

package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.DescribeEngineVersionsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEngineVersionsResponse;
import software.amazon.awssdk.services.databasemigration.model.EngineVersion;
import software.amazon.awssdk.services.databasemigration.model.ReleaseStatusValues;

/** The versions of the replication engine. */
final class EngineVersions {

  private static final String DEPRECATED = "DEPRECATED";
  private static final String DEFAULT = "DEFAULT_VERSION";
  private static final String ACTIVE = "ACTIVE";

  private static final List<Release> RELEASES =
      List.of(
          new Release("3.4.7", DEPRECATED),
          new Release("3.5.1", DEPRECATED),
          new Release("3.5.2", ACTIVE),
          new Release("3.5.3", ACTIVE),
          new Release("3.5.4", DEFAULT),
          new Release("3.6.0", ACTIVE),
          new Release("3.6.1", ACTIVE));

  private record Release(String version, String lifecycle) {
    boolean isOffered() {
      return !lifecycle.equals(DEPRECATED);
    }
  }

  void register(Operations operations) {
    operations.on("DescribeEngineVersions", DescribeEngineVersionsRequest::builder, this::describe);
  }

  /** The version that an instance gets: the one wanted or, when none is, the default one. */
  String resolve(@Nullable String wanted) {
    return RELEASES.stream()
        .filter(Release::isOffered)
        .filter(r -> wanted == null ? r.lifecycle().equals(DEFAULT) : r.version().equals(wanted))
        .map(Release::version)
        .findFirst()
        .orElseThrow(
            () -> Refusals.invalidValue("No replication engine found with version: " + wanted));
  }

  /** The versions that new instances can have. */
  List<String> offered() {
    return RELEASES.stream().filter(Release::isOffered).map(Release::version).toList();
  }

  private DescribeEngineVersionsResponse describe(DescribeEngineVersionsRequest request) {
    PageRequest part = new PageRequest(List.of(), request.maxRecords(), request.marker());
    part.checkLimit(PageRequest.USUAL);
    Page<EngineVersion> page = part.page(RELEASES.stream().map(this::model).toList());
    return DescribeEngineVersionsResponse.builder()
        .engineVersions(page.items())
        .marker(page.next())
        .build();
  }

  private EngineVersion model(Release release) {
    Version version = new Version(release.version());
    return EngineVersion.builder()
        .version(release.version())
        .lifecycle(release.lifecycle())
        .releaseStatus(ReleaseStatusValues.PROD)
        .availableUpgrades(
            offered().stream().filter(o -> new Version(o).compareTo(version) > 0).toList())
        .build();
  }
}

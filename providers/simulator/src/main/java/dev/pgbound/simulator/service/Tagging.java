package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * The Resource Groups Tagging API: the tagged objects of all services in one region. As in AWS,
 * objects without a tag and the global ones of IAM are not found.
 */
public final class Tagging {

  private static final int USUAL_PAGE = 100;

  private final World world;

  /** Finds the objects of {@code world}. */
  public Tagging(World world) {
    this.world = world;
  }

  /** What the service answers to. */
  public Operations operations() {
    return new Operations("tagging", new JsonProtocol())
        .on("GetResources", GetResourcesRequest::builder, this::getResources);
  }

  private GetResourcesResponse getResources(GetResourcesRequest request) {
    if (request.hasResourceARNList() && (request.hasTagFilters() || isPaged(request))) {
      throw new Fault(
          "InvalidParameterException",
          "ResourceARNList cannot be combined with TagFilters or pagination");
    }
    List<ResourceTagMapping> found =
        world.visible().stream()
            .filter(stored -> !stored.region().isEmpty() && !stored.arn().isEmpty())
            .filter(stored -> !stored.tags().isEmpty() && isWanted(stored, request))
            .map(Tagging::mapping)
            .toList();
    Page<ResourceTagMapping> page =
        Page.of(found, request.resourcesPerPage(), request.paginationToken(), USUAL_PAGE);
    return GetResourcesResponse.builder()
        .resourceTagMappingList(page.items())
        .paginationToken(page.next() == null ? "" : page.next())
        .build();
  }

  private static boolean isPaged(GetResourcesRequest request) {
    return request.resourcesPerPage() != null || request.paginationToken() != null;
  }

  private static boolean isWanted(Stored<?, ?> stored, GetResourcesRequest request) {
    return (!request.hasResourceARNList() || request.resourceARNList().contains(stored.arn()))
        && (!request.hasResourceTypeFilters()
            || request.resourceTypeFilters().stream().anyMatch(type -> hasType(stored, type)))
        && request.tagFilters().stream().allMatch(filter -> hasTag(stored, filter));
  }

  /** Whether the ARN is of type {@code service} or {@code service:type}. */
  private static boolean hasType(Stored<?, ?> stored, String type) {
    String[] arn = stored.arn().split(":", 6);
    String service = arn[2];
    String resource = service + ":" + arn[5];
    return type.equals(service)
        || resource.startsWith(type + ":")
        || resource.startsWith(type + "/");
  }

  private static boolean hasTag(Stored<?, ?> stored, TagFilter filter) {
    String value = stored.tags().get(filter.key());
    return value != null && (filter.values().isEmpty() || filter.values().contains(value));
  }

  private static ResourceTagMapping mapping(Stored<?, ?> stored) {
    return ResourceTagMapping.builder()
        .resourceARN(stored.arn())
        .tags(Tags.write(stored.tags(), Tag::builder))
        .build();
  }
}

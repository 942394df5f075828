package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/** The tags of everything in RDS, by ARN. */
final class RdsTags {

  /** The refusal for each type of ARN. */
  private static final Map<String, String> NOT_FOUND =
      new TreeMap<>(
          Map.of(
              "cluster", "DBClusterNotFoundFault",
              "cluster-pg", "DBParameterGroupNotFound",
              "cluster-snapshot", "DBClusterSnapshotNotFoundFault",
              "db", "DBInstanceNotFound",
              "subgrp", "DBSubnetGroupNotFoundFault"));

  private final World world;

  RdsTags(World world) {
    this.world = world;
  }

  void register(Operations operations) {
    operations
        .on("AddTagsToResource", AddTagsToResourceRequest::builder, this::add)
        .on("RemoveTagsFromResource", RemoveTagsFromResourceRequest::builder, this::remove)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::list);
  }

  private AddTagsToResourceResponse add(AddTagsToResourceRequest request) {
    find(request.resourceName()).tag(Arguments.tags(request.tags()));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse remove(RemoveTagsFromResourceRequest request) {
    find(request.resourceName()).untag(request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    // nobody can tag a default group, but everybody may look
    boolean isDefault =
        Arguments.required("ResourceName", request.resourceName()).contains(":cluster-pg:default.");
    return ListTagsForResourceResponse.builder()
        .tagList(
            isDefault ? List.of() : Tags.write(find(request.resourceName()).tags(), Tag::builder))
        .build();
  }

  private Stored<?, ?> find(@Nullable String name) {
    String arn = Arguments.required("ResourceName", name);
    return world.visible().stream()
        .filter(stored -> stored.kind().startsWith("rds/") && stored.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> notFound(arn));
  }

  private static Fault notFound(String arn) {
    String[] parts = arn.split(":", 7);
    String code = parts.length == 7 ? NOT_FOUND.get(parts[5]) : null;
    return code == null
        ? RdsFaults.invalidValue("Invalid resource name: " + arn)
        : RdsFaults.notFound(code, parts[6] + " not found");
  }
}

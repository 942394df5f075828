package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.databasemigration.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.databasemigration.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.databasemigration.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.databasemigration.model.Tag;

/** The tags of all DMS resource types, found by ARN. */
final class ResourceTags {

  private final World world;

  ResourceTags(World world) {
    this.world = world;
  }

  void register(Operations operations) {
    operations
        .on("AddTagsToResource", AddTagsToResourceRequest::builder, this::addTags)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::listTags)
        .on("RemoveTagsFromResource", RemoveTagsFromResourceRequest::builder, this::removeTags);
  }

  /** Refuses the tags that only AWS itself may set. */
  static <M extends Map<String, String>> M checked(M tags) {
    if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:") || key.startsWith("dms:"))) {
      throw Refusals.invalidValue("Tag keys cannot begin with \"aws:\" or \"dms:\".");
    }
    return tags;
  }

  private AddTagsToResourceResponse addTags(AddTagsToResourceRequest request) {
    tagged(request.resourceArn()).tag(checked(Tags.read(request.tags())));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse removeTags(RemoveTagsFromResourceRequest request) {
    tagged(request.resourceArn()).untag(request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  /** With a list of ARNs, each tag says whose it is. */
  private ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
    List<Tag> tags =
        request.hasResourceArnList()
            ? request.resourceArnList().stream().flatMap(arn -> named(arn).stream()).toList()
            : tags(request.resourceArn());
    return ListTagsForResourceResponse.builder().tagList(tags).build();
  }

  private List<Tag> named(String arn) {
    return tags(arn).stream().map(tag -> tag.toBuilder().resourceArn(arn).build()).toList();
  }

  private List<Tag> tags(@Nullable String arn) {
    return Tags.write(tagged(arn).tags(), Tag::builder);
  }

  private Stored<?, ?> tagged(@Nullable String arn) {
    String wanted = Refusals.required(arn, "ResourceArn");
    return world.visible().stream()
        .filter(stored -> stored.kind().startsWith("dms/") && stored.arn().equals(wanted))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound("Resource " + wanted + " could not be found."));
  }
}

package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** The tags of all EC2 objects. */
final class Ec2Tags {

  private static final String EC2 = "ec2/";
  private static final int USUAL_PAGE = 1000;

  private final World world;

  Ec2Tags(World world) {
    this.world = world;
  }

  void register(Operations operations) {
    operations
        .on("CreateTags", CreateTagsRequest::builder, this::create)
        .on("DeleteTags", DeleteTagsRequest::builder, this::delete)
        .on("DescribeTags", DescribeTagsRequest::builder, this::describe);
  }

  private CreateTagsResponse create(CreateTagsRequest request) {
    SortedMap<String, String> tags = Ec2Objects.checked(Tags.read(request.tags()));
    find(request.resources()).forEach(stored -> stored.tag(tags));
    return CreateTagsResponse.builder().build();
  }

  /** Without tags all are deleted; a tag with a value goes only where it has that value. */
  private DeleteTagsResponse delete(DeleteTagsRequest request) {
    for (Stored<?, ?> stored : find(request.resources())) {
      if (!request.hasTags()) {
        stored.untag(List.copyOf(stored.tags().keySet()));
      }
      for (Tag tag : request.tags()) {
        if (tag.value() == null || tag.value().equals(stored.tags().get(tag.key()))) {
          stored.untag(List.of(tag.key()));
        }
      }
    }
    return DeleteTagsResponse.builder().build();
  }

  private DescribeTagsResponse describe(DescribeTagsRequest request) {
    List<TagDescription> tags = new ArrayList<>();
    for (Stored<?, ?> stored : objects()) {
      stored.tags().forEach((key, value) -> tags.add(description(stored, key, value)));
    }
    Page<TagDescription> page =
        Page.of(
            Filters.apply(request.filters(), tags),
            request.maxResults(),
            request.nextToken(),
            USUAL_PAGE);
    return DescribeTagsResponse.builder().tags(page.items()).nextToken(page.next()).build();
  }

  private static TagDescription description(Stored<?, ?> stored, String key, String value) {
    return TagDescription.builder()
        .resourceId(stored.key())
        .resourceType(stored.kind().substring(EC2.length()))
        .key(key)
        .value(value)
        .build();
  }

  private List<Stored<?, ?>> find(List<String> ids) {
    List<Stored<?, ?>> found = new ArrayList<>();
    for (String id : ids) {
      found.add(
          objects().stream()
              .filter(stored -> stored.key().equals(id))
              .findFirst()
              .orElseThrow(() -> new Fault("InvalidID", "The ID '" + id + "' is not valid")));
    }
    return found;
  }

  private List<Stored<?, ?>> objects() {
    return world.visible().stream().filter(stored -> stored.kind().startsWith(EC2)).toList();
  }
}

package dev.pgbound.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;

/** The tag calls of the services, which all differ. */
final class TagStores {

  private final AwsClients clients;

  TagStores(AwsClients clients) {
    this.clients = clients;
  }

  TagStore ec2() {
    return new TagStore() {
      @Override
      public Map<String, Map<String, String>> read(List<String> ids) {
        Map<String, List<SdkPojo>> pairs = new TreeMap<>();
        clients
            .ec2()
            .describeTagsPaginator(r -> r.filters(Ec2Search.filter("resource-id", ids)))
            .tags()
            .forEach(
                tag -> pairs.computeIfAbsent(tag.resourceId(), id -> new ArrayList<>()).add(tag));
        return grouped(ids, pairs);
      }

      @Override
      public void add(String id, Map<String, String> tags) {
        clients
            .ec2()
            .createTags(
                Shapes.fill(CreateTagsRequest.builder().resources(id), Tags.member(tags)).build());
      }
    };
  }

  /** DMS takes the ARNs of many objects in one call. */
  TagStore dms() {
    return new TagStore() {
      @Override
      public Map<String, Map<String, String>> read(List<String> arns) {
        Map<String, List<SdkPojo>> pairs = new TreeMap<>();
        clients
            .dms()
            .listTagsForResource(request -> request.resourceArnList(arns))
            .tagList()
            .forEach(
                tag -> pairs.computeIfAbsent(tag.resourceArn(), arn -> new ArrayList<>()).add(tag));
        return grouped(arns, pairs);
      }

      @Override
      public void add(String arn, Map<String, String> tags) {
        clients
            .dms()
            .addTagsToResource(
                Shapes.fill(AddTagsToResourceRequest.builder().resourceArn(arn), Tags.member(tags))
                    .build());
      }
    };
  }

  private static Map<String, Map<String, String>> grouped(
      List<String> objects, Map<String, List<SdkPojo>> pairs) {
    Map<String, Map<String, String>> tags = new TreeMap<>();
    objects.forEach(object -> tags.put(object, Tags.read(pairs.getOrDefault(object, List.of()))));
    return tags;
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/** The tag calls of the services, which all differ. */
final class TagStores {

  /**
   * The two calls of one service.
   *
   * @param reader the tags of some objects
   * @param writer adds the request member {@code tags} to one object
   */
  private record Store(
      Function<List<String>, Map<String, Map<String, String>>> reader,
      BiConsumer<String, Value.Fields> writer)
      implements TagStore {

    @Override
    public Map<String, Map<String, String>> read(List<String> objects) {
      return reader.apply(objects);
    }

    @Override
    public void add(String object, Map<String, String> tags) {
      writer.accept(object, Tags.member(tags));
    }
  }

  private final AwsClients clients;

  TagStores(AwsClients clients) {
    this.clients = clients;
  }

  /** EC2 calls objects by their id. */
  TagStore ec2() {
    return new Store(
        ids -> {
          Map<String, List<SdkPojo>> pairs = new TreeMap<>();
          clients
              .ec2()
              .describeTagsPaginator(r -> r.filters(Ec2Objects.filter("resource-id", ids)))
              .tags()
              .forEach(tag -> collect(pairs, tag.resourceId(), tag));
          return grouped(ids, pairs);
        },
        (id, tags) -> clients.ec2().createTags(r -> Shapes.fill(r.resources(id), tags)));
  }

  /** DMS takes the ARNs of many objects in one call. */
  TagStore dms() {
    return new Store(
        arns -> {
          Map<String, List<SdkPojo>> pairs = new TreeMap<>();
          clients
              .dms()
              .listTagsForResource(r -> r.resourceArnList(arns))
              .tagList()
              .forEach(tag -> collect(pairs, tag.resourceArn(), tag));
          return grouped(arns, pairs);
        },
        (arn, tags) -> clients.dms().addTagsToResource(r -> Shapes.fill(r.resourceArn(arn), tags)));
  }

  TagStore rds() {
    return new Store(
        each(arn -> clients.rds().listTagsForResource(r -> r.resourceName(arn)).tagList()),
        (arn, tags) ->
            clients.rds().addTagsToResource(r -> Shapes.fill(r.resourceName(arn), tags)));
  }

  /** IAM calls roles by their name. */
  TagStore iamRoles() {
    return new Store(
        each(name -> clients.iam().listRoleTagsPaginator(r -> r.roleName(name)).tags()),
        (name, tags) -> clients.iam().tagRole(r -> Shapes.fill(r.roleName(name), tags)));
  }

  TagStore secretsManager() {
    return new Store(
        each(arn -> clients.secretsManager().describeSecret(r -> r.secretId(arn)).tags()),
        (arn, tags) ->
            clients.secretsManager().tagResource(r -> Shapes.fill(r.secretId(arn), tags)));
  }

  TagStore sns() {
    return new Store(
        each(arn -> clients.sns().listTagsForResource(r -> r.resourceArn(arn)).tags()),
        (arn, tags) -> clients.sns().tagResource(r -> Shapes.fill(r.resourceArn(arn), tags)));
  }

  TagStore cloudWatch() {
    return new Store(
        each(arn -> clients.cloudWatch().listTagsForResource(r -> r.resourceARN(arn)).tags()),
        (arn, tags) ->
            clients.cloudWatch().tagResource(r -> Shapes.fill(r.resourceARN(arn), tags)));
  }

  /** CloudWatch Logs takes and returns tags as a map. */
  TagStore logs() {
    return new TagStore() {
      @Override
      public Map<String, Map<String, String>> read(List<String> arns) {
        Map<String, Map<String, String>> tags = new TreeMap<>();
        for (String arn : arns) {
          var answer = clients.logs().listTagsForResource(r -> r.resourceArn(arn));
          tags.put(arn, Tags.withoutReserved(answer.tags()));
        }
        return tags;
      }

      @Override
      public void add(String arn, Map<String, String> tags) {
        clients.logs().tagResource(r -> r.resourceArn(arn).tags(tags));
      }
    };
  }

  /** One call per object. */
  private static Function<List<String>, Map<String, Map<String, String>>> each(
      Function<String, Iterable<? extends SdkPojo>> read) {
    return objects -> {
      Map<String, Map<String, String>> tags = new TreeMap<>();
      objects.forEach(object -> tags.put(object, Tags.read(read.apply(object))));
      return tags;
    };
  }

  private static void collect(Map<String, List<SdkPojo>> pairs, String object, SdkPojo tag) {
    pairs.computeIfAbsent(object, key -> new ArrayList<>()).add(tag);
  }

  private static Map<String, Map<String, String>> grouped(
      List<String> objects, Map<String, List<SdkPojo>> pairs) {
    Map<String, Map<String, String>> tags = new TreeMap<>();
    objects.forEach(object -> tags.put(object, Tags.read(pairs.getOrDefault(object, List.of()))));
    return tags;
  }
}

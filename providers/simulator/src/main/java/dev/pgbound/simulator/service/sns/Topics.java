package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.service.sns.Documents.invalid;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;

/** Topics, their attributes and tags. */
final class Topics {

  static final int PAGE = 100;

  private static final Kind<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> TOPIC =
      Kind.regional("sns/topic", GetTopicAttributesResponse::builder);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  private final World world;
  private final Table<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> topics;
  private final Subscriptions subscriptions;
  private final TopicAttributes attributes = new TopicAttributes();

  Topics(World world, Subscriptions subscriptions) {
    this.world = world;
    this.topics = world.table(TOPIC);
    this.subscriptions = subscriptions;
  }

  void register(Operations operations) {
    operations
        .on("CreateTopic", CreateTopicRequest::builder, this::createTopic)
        .on("DeleteTopic", DeleteTopicRequest::builder, this::deleteTopic)
        .on("ListTopics", ListTopicsRequest::builder, this::listTopics)
        .on("GetTopicAttributes", GetTopicAttributesRequest::builder, this::getTopicAttributes)
        .on("SetTopicAttributes", SetTopicAttributesRequest::builder, this::setTopicAttributes)
        .on("TagResource", TagResourceRequest::builder, this::tagResource)
        .on("UntagResource", UntagResourceRequest::builder, this::untagResource)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::listTagsForResource);
  }

  /** The topic that a request names. */
  Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> required(
      @Nullable String arn) {
    return find(arn).orElseThrow(() -> new Fault("NotFound", 404, "Topic does not exist"));
  }

  private Optional<Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder>> find(
      @Nullable String arn) {
    String given = Objects.requireNonNullElse(arn, "");
    int parts = given.split(":", -1).length;
    if (parts < 6) {
      throw invalid("TopicArn Reason: An ARN must have at least 6 elements, not " + parts);
    }
    return stored(given);
  }

  private Optional<Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder>> stored(
      String arn) {
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    return topics.find(name).filter(topic -> topic.arn().equals(arn));
  }

  /** The policy of a topic that may be there. */
  Optional<String> policy(String arn) {
    return stored(arn).map(topic -> topic.model().attributes().get("Policy"));
  }

  private CreateTopicResponse createTopic(CreateTopicRequest request) {
    Map<String, String> given = new TreeMap<>(request.attributes());
    String name = name(request.name(), TopicAttributes.isFifo(given));
    SortedMap<String, String> tags = Tags.read(request.tags());
    String arn = world.arn("sns", name);
    Optional<Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder>> existing =
        topics.find(name);
    if (existing.isPresent()) {
      refuseDifferent(existing.get(), given, tags, request.hasTags());
    } else {
      GetTopicAttributesResponse topic =
          GetTopicAttributesResponse.builder().attributes(attributes.initial(arn, given)).build();
      topics.add(name, arn, topic, tags);
    }
    return CreateTopicResponse.builder().topicArn(arn).build();
  }

  private static String name(@Nullable String name, boolean isFifo) {
    String given = Objects.requireNonNullElse(name, "");
    if (isFifo && !given.endsWith(".fifo")) {
      throw invalid(
          "Fifo Topic names must end with .fifo and must be made up of only uppercase and"
              + " lowercase ASCII letters, numbers, underscores, and hyphens, and must be between"
              + " 1 and 256 characters long.");
    }
    if (!NAME.matcher(isFifo ? given.replaceFirst("\\.fifo$", "") : given).matches()) {
      throw invalid("Topic Name");
    }
    return given;
  }

  /** Creating a topic that exists succeeds, unless the request wants it otherwise than it is. */
  private void refuseDifferent(
      Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> existing,
      Map<String, String> given,
      SortedMap<String, String> tags,
      boolean hasTags) {
    if (!attributes.agree(new TreeMap<>(existing.model().attributes()), given)) {
      throw invalid("Attributes Reason: Topic already exists with different attributes");
    }
    if (hasTags && !existing.tags().equals(tags)) {
      throw invalid("Tags Reason: Topic already exists with different tags");
    }
  }

  /** Deleting what is not there is no mistake. */
  private DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
    find(request.topicArn())
        .ifPresent(
            topic -> {
              subscriptions.of(topic.arn()).forEach(Subscriber::remove);
              topic.remove();
            });
    return DeleteTopicResponse.builder().build();
  }

  private ListTopicsResponse listTopics(ListTopicsRequest request) {
    List<Topic> all =
        topics.all().stream().map(topic -> Topic.builder().topicArn(topic.arn()).build()).toList();
    Page<Topic> page = Page.of(all, null, request.nextToken(), PAGE, "InvalidParameter");
    return ListTopicsResponse.builder().topics(page.items()).nextToken(page.next()).build();
  }

  private GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
    Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> topic =
        required(request.topicArn());
    long all = subscriptions.of(topic.arn()).size();
    long pending = subscriptions.of(topic.arn()).stream().filter(Subscriber::isPending).count();
    return GetTopicAttributesResponse.builder()
        .attributes(attributes.view(topic.model().attributes(), all - pending, pending))
        .build();
  }

  private SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest request) {
    Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> topic =
        required(request.topicArn());
    SortedMap<String, String> changed = new TreeMap<>(topic.model().attributes());
    String name = Objects.requireNonNullElse(request.attributeName(), "");
    if (name.equals(TopicAttributes.FIFO)) {
      throw invalid("AttributeName");
    }
    attributes.set(changed, name, Objects.requireNonNullElse(request.attributeValue(), ""));
    topic.update(builder -> builder.attributes(changed));
    return SetTopicAttributesResponse.builder().build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    tagged(request.resourceArn()).tag(Tags.read(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tagged(request.resourceArn()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(Tags.write(tagged(request.resourceArn()).tags(), Tag::builder))
        .build();
  }

  private Stored<GetTopicAttributesResponse, GetTopicAttributesResponse.Builder> tagged(
      @Nullable String arn) {
    return find(arn)
        .orElseThrow(() -> new Fault("ResourceNotFound", 404, "Resource does not exist"));
  }
}

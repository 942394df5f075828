package dev.pgbound.simulator.service.logs;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.world.Stored;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** The tags of log groups: by ARN, and by name as older clients ask. */
final class LogGroupTags {

  private final LogGroups groups;

  LogGroupTags(LogGroups groups) {
    this.groups = groups;
  }

  void register(Operations operations) {
    operations
        .on("TagResource", TagResourceRequest::builder, this::tagResource)
        .on("UntagResource", UntagResourceRequest::builder, this::untagResource)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::listTagsForResource)
        .on("TagLogGroup", TagLogGroupRequest::builder, this::tagLogGroup)
        .on("UntagLogGroup", UntagLogGroupRequest::builder, this::untagLogGroup)
        .on("ListTagsLogGroup", ListTagsLogGroupRequest::builder, this::listTagsLogGroup);
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    tagged(request.resourceArn()).tag(request.tags());
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tagged(request.resourceArn()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(tagged(request.resourceArn()).tags()).build();
  }

  private TagLogGroupResponse tagLogGroup(TagLogGroupRequest request) {
    named(request.logGroupName()).tag(request.tags());
    return TagLogGroupResponse.builder().build();
  }

  private UntagLogGroupResponse untagLogGroup(UntagLogGroupRequest request) {
    named(request.logGroupName()).untag(request.tags());
    return UntagLogGroupResponse.builder().build();
  }

  private ListTagsLogGroupResponse listTagsLogGroup(ListTagsLogGroupRequest request) {
    return ListTagsLogGroupResponse.builder().tags(named(request.logGroupName()).tags()).build();
  }

  private Stored<LogGroup, LogGroup.Builder> named(@Nullable String name) {
    return groups.all().stream()
        .filter(group -> group.key().equals(name))
        .findFirst()
        .orElseThrow(LogGroups::missing);
  }

  /** The ARN is the one without the trailing {@code :*}. */
  private Stored<LogGroup, LogGroup.Builder> tagged(@Nullable String arn) {
    return groups.all().stream()
        .filter(group -> group.arn().equals(arn))
        .findFirst()
        .orElseThrow(LogGroups::missing);
  }
}

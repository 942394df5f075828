package dev.pgbound.simulator.service.logs;

import dev.pgbound.simulator.service.Constraints;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.AssociateKmsKeyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.AssociateKmsKeyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DisassociateKmsKeyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DisassociateKmsKeyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;

/** CloudWatch Logs: log groups. Nothing is ever written to them. */
public final class Logs {

  private static final Constraints CHECK = new Constraints("InvalidParameterException");
  private static final Pattern NAME = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
  private static final List<Integer> RETENTION =
      List.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  /** What a log group of class DELIVERY has, whatever it is told. */
  private static final int DELIVERY_RETENTION = 2;

  private static final int LARGEST_PAGE = 50;

  private final LogGroups groups;

  /** CloudWatch Logs in {@code world}. */
  public Logs(World world) {
    this.groups = new LogGroups(world);
  }

  /** What the service answers to. */
  public Operations operations() {
    Operations operations =
        new Operations("logs", new JsonProtocol())
            .on("CreateLogGroup", CreateLogGroupRequest::builder, this::createLogGroup)
            .on("DescribeLogGroups", DescribeLogGroupsRequest::builder, this::describeLogGroups)
            .on("DeleteLogGroup", DeleteLogGroupRequest::builder, this::deleteLogGroup)
            .on("PutRetentionPolicy", PutRetentionPolicyRequest::builder, this::putRetentionPolicy)
            .on(
                "DeleteRetentionPolicy",
                DeleteRetentionPolicyRequest::builder,
                this::deleteRetentionPolicy)
            .on("AssociateKmsKey", AssociateKmsKeyRequest::builder, this::associateKmsKey)
            .on("DisassociateKmsKey", DisassociateKmsKeyRequest::builder, this::disassociateKmsKey);
    new LogGroupTags(groups).register(operations);
    return operations;
  }

  private CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    CHECK.sized(request.logGroupName(), "logGroupName", 1, 512);
    String name = CHECK.matching(request.logGroupName(), "logGroupName", NAME);
    if (groups.find(name).isPresent()) {
      throw new Fault("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    String key = request.kmsKeyId() == null ? null : keyArn(request.kmsKeyId());
    Stored<LogGroup, LogGroup.Builder> group = groups.add(name, request.tags());
    group.update(builder -> builder.kmsKeyId(key));
    if (request.logGroupClass() != null) {
      group.update(builder -> builder.logGroupClass(request.logGroupClass()));
    }
    if (request.logGroupClass() == LogGroupClass.DELIVERY) {
      group.update(builder -> builder.retentionInDays(DELIVERY_RETENTION));
    }
    if (Boolean.TRUE.equals(request.deletionProtectionEnabled())) {
      group.update(builder -> builder.deletionProtectionEnabled(true));
    }
    return CreateLogGroupResponse.builder().build();
  }

  private DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
    CHECK.range(request.limit(), "limit", 1, LARGEST_PAGE);
    if (request.logGroupNamePrefix() != null && request.logGroupNamePattern() != null) {
      throw new Fault(
          "InvalidParameterException",
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    List<LogGroup> found =
        groups.all().stream().map(Stored::model).filter(group -> isWanted(group, request)).toList();
    Page<LogGroup> page =
        Page.of(
            found, request.limit(), request.nextToken(), LARGEST_PAGE, "InvalidParameterException");
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean isWanted(LogGroup group, DescribeLogGroupsRequest request) {
    String prefix = Objects.requireNonNullElse(request.logGroupNamePrefix(), "");
    String part = Objects.requireNonNullElse(request.logGroupNamePattern(), "");
    return group.logGroupName().startsWith(prefix)
        && group.logGroupName().contains(part)
        && (request.logGroupClass() == null || request.logGroupClass() == group.logGroupClass())
        && (!request.hasLogGroupIdentifiers()
            || request.logGroupIdentifiers().contains(group.logGroupName())
            || request.logGroupIdentifiers().contains(group.logGroupArn()));
  }

  private DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
    Stored<LogGroup, LogGroup.Builder> group = group(request.logGroupName());
    if (group.model().deletionProtectionEnabled()) {
      throw new Fault(
          "ValidationException", "The log group is protected from deletion: " + group.key());
    }
    group.remove();
    return DeleteLogGroupResponse.builder().build();
  }

  private PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
    int days = CHECK.required(request.retentionInDays(), "retentionInDays");
    CHECK.oneOf(days, "retentionInDays", RETENTION);
    Stored<LogGroup, LogGroup.Builder> group = group(request.logGroupName());
    if (group.model().logGroupClass() != LogGroupClass.DELIVERY) {
      group.update(builder -> builder.retentionInDays(days));
    }
    return PutRetentionPolicyResponse.builder().build();
  }

  private DeleteRetentionPolicyResponse deleteRetentionPolicy(
      DeleteRetentionPolicyRequest request) {
    group(request.logGroupName()).update(builder -> builder.retentionInDays(null));
    return DeleteRetentionPolicyResponse.builder().build();
  }

  private AssociateKmsKeyResponse associateKmsKey(AssociateKmsKeyRequest request) {
    String key = keyArn(CHECK.required(request.kmsKeyId(), "kmsKeyId"));
    group(request.logGroupName()).update(builder -> builder.kmsKeyId(key));
    return AssociateKmsKeyResponse.builder().build();
  }

  private DisassociateKmsKeyResponse disassociateKmsKey(DisassociateKmsKeyRequest request) {
    group(request.logGroupName()).update(builder -> builder.kmsKeyId(null));
    return DisassociateKmsKeyResponse.builder().build();
  }

  private Stored<LogGroup, LogGroup.Builder> group(@Nullable String name) {
    return groups.required(CHECK.required(name, "logGroupName"));
  }

  /** Unlike other services, this one takes neither ids nor aliases. */
  private static String keyArn(String key) {
    if (!key.matches("arn:[^:]+:kms:[^:]+:\\d{12}:key/.+")) {
      throw new Fault(
          "InvalidParameterException",
          "The specified KMS key does not exist or is not allowed to be used: " + key);
    }
    return key;
  }
}

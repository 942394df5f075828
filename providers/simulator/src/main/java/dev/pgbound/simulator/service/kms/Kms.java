package dev.pgbound.simulator.service.kms;

import dev.pgbound.simulator.service.Constraints;
import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;

/** KMS: symmetric keys, their aliases and tags. Nothing is encrypted with them. */
public final class Kms {

  private static final Constraints CHECK = new Constraints("ValidationException");
  private static final Pattern ALIAS_NAME = Pattern.compile("^alias/[a-zA-Z0-9/_-]+$");
  private static final int USUAL_WINDOW = 30;
  private static final int USUAL_PAGE = 50;

  private final Keys keys;

  /** KMS in {@code world}. */
  public Kms(World world) {
    this.keys = new Keys(world);
  }

  /** What the service answers to. */
  public Operations operations() {
    return new Operations("kms", new JsonProtocol())
        .on("CreateKey", CreateKeyRequest::builder, this::createKey)
        .on("DescribeKey", DescribeKeyRequest::builder, this::describeKey)
        .on("ScheduleKeyDeletion", ScheduleKeyDeletionRequest::builder, this::scheduleKeyDeletion)
        .on("CancelKeyDeletion", CancelKeyDeletionRequest::builder, this::cancelKeyDeletion)
        .on("CreateAlias", CreateAliasRequest::builder, this::createAlias)
        .on("DeleteAlias", DeleteAliasRequest::builder, this::deleteAlias)
        .on("ListAliases", ListAliasesRequest::builder, this::listAliases)
        .on("TagResource", TagResourceRequest::builder, this::tagResource)
        .on("UntagResource", UntagResourceRequest::builder, this::untagResource)
        .on("ListResourceTags", ListResourceTagsRequest::builder, this::listResourceTags);
  }

  private CreateKeyResponse createKey(CreateKeyRequest request) {
    if (request.keySpec() != null && !request.keySpecAsString().equals("SYMMETRIC_DEFAULT")) {
      throw new Fault(
          "UnsupportedOperationException",
          "KeySpec " + request.keySpecAsString() + " is not simulated");
    }
    String id = keys.world().ids().uuid("kms/key");
    KeyMetadata.Builder key = keys.metadata(id);
    if (request.description() != null) {
      key.description(request.description());
    }
    Stored<KeyMetadata, KeyMetadata.Builder> stored =
        keys.keys()
            .add(id, keys.world().arn("kms", "key/" + id), key.build(), tags(request.tags()));
    return CreateKeyResponse.builder().keyMetadata(stored.model()).build();
  }

  private DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    return DescribeKeyResponse.builder().keyMetadata(key(request.keyId()).model()).build();
  }

  private ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request) {
    CHECK.range(request.pendingWindowInDays(), "pendingWindowInDays", 7, 30);
    Stored<KeyMetadata, KeyMetadata.Builder> key = usable(request.keyId());
    int days = request.pendingWindowInDays() == null ? USUAL_WINDOW : request.pendingWindowInDays();
    Instant end = keys.world().now().plus(Duration.ofDays(days));
    key.update(k -> k.keyState(KeyState.PENDING_DELETION).enabled(false).deletionDate(end));
    key.removeAfter(Duration.ofDays(days));
    return ScheduleKeyDeletionResponse.builder()
        .keyId(key.arn())
        .keyState(KeyState.PENDING_DELETION)
        .deletionDate(end)
        .pendingWindowInDays(days)
        .build();
  }

  private CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request) {
    Stored<KeyMetadata, KeyMetadata.Builder> key = key(request.keyId());
    if (key.model().keyState() != KeyState.PENDING_DELETION) {
      throw new Fault("KMSInvalidStateException", key.arn() + " is not pending deletion.");
    }
    key.cancel();
    key.update(k -> k.keyState(KeyState.DISABLED).deletionDate(null));
    return CancelKeyDeletionResponse.builder().keyId(key.arn()).build();
  }

  private CreateAliasResponse createAlias(CreateAliasRequest request) {
    String name = CHECK.matching(request.aliasName(), "aliasName", ALIAS_NAME);
    if (name.startsWith(Keys.MANAGED_ALIAS)) {
      throw new Fault("NotAuthorizedException", "Aliases that begin with alias/aws are reserved");
    }
    if (keys.aliases().find(name).isPresent()) {
      throw new Fault(
          "AlreadyExistsException",
          "An alias with the name " + keys.world().arn("kms", name) + " already exists");
    }
    keys.addAlias(name, usable(request.targetKeyId()).key());
    return CreateAliasResponse.builder().build();
  }

  private DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    String name = CHECK.required(request.aliasName(), "aliasName");
    keys.aliases()
        .find(name)
        .orElseThrow(
            () ->
                new Fault(
                    "NotFoundException",
                    "Alias " + keys.world().arn("kms", name) + " is not found."))
        .remove();
    return DeleteAliasResponse.builder().build();
  }

  /** Aliases of keys that AWS manages are listed before their key exists, then without a target. */
  private ListAliasesResponse listAliases(ListAliasesRequest request) {
    SortedMap<String, AliasListEntry> all = new TreeMap<>();
    Keys.MANAGED.stream()
        .map(service -> Keys.MANAGED_ALIAS + service)
        .map(
            name ->
                AliasListEntry.builder().aliasName(name).aliasArn(keys.world().arn("kms", name)))
        .map(AliasListEntry.Builder::build)
        .forEach(alias -> all.put(alias.aliasName(), alias));
    keys.aliases().all().forEach(alias -> all.put(alias.key(), alias.model()));
    Stream<AliasListEntry> wanted = all.values().stream();
    if (request.keyId() != null) {
      String id = key(request.keyId()).key();
      wanted = wanted.filter(alias -> id.equals(alias.targetKeyId()));
    }
    Page<AliasListEntry> page =
        Page.of(
            wanted.toList(),
            request.limit(),
            request.marker(),
            USUAL_PAGE,
            "InvalidMarkerException");
    return ListAliasesResponse.builder()
        .aliases(page.items())
        .nextMarker(page.next())
        .truncated(page.next() != null)
        .build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    usable(request.keyId()).tag(tags(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    usable(request.keyId()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListResourceTagsResponse listResourceTags(ListResourceTagsRequest request) {
    List<Tag> tags =
        key(request.keyId()).tags().entrySet().stream()
            .map(tag -> Tag.builder().tagKey(tag.getKey()).tagValue(tag.getValue()).build())
            .toList();
    Page<Tag> page =
        Page.of(tags, request.limit(), request.marker(), USUAL_PAGE, "InvalidMarkerException");
    return ListResourceTagsResponse.builder()
        .tags(page.items())
        .nextMarker(page.next())
        .truncated(page.next() != null)
        .build();
  }

  private Stored<KeyMetadata, KeyMetadata.Builder> key(@Nullable String id) {
    return keys.required(CHECK.required(id, "keyId"));
  }

  /** A key that its owner may change. */
  private Stored<KeyMetadata, KeyMetadata.Builder> usable(@Nullable String id) {
    Stored<KeyMetadata, KeyMetadata.Builder> key = key(id);
    if (key.model().keyManager() == KeyManagerType.AWS) {
      throw new Fault("AccessDeniedException", key.arn() + " is managed by AWS");
    }
    if (key.model().keyState() == KeyState.PENDING_DELETION) {
      throw new Fault("KMSInvalidStateException", key.arn() + " is pending deletion.");
    }
    return key;
  }

  private static Map<String, String> tags(List<Tag> tags) {
    SortedMap<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.tagKey(), tag.tagValue()));
    return map;
  }
}

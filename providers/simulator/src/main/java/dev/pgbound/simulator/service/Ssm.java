package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Systems Manager: the latest version of each parameter. */
public final class Ssm {

  private static final Kind<ParameterMetadata, ParameterMetadata.Builder> PARAMETER =
      Kind.regional("ssm/parameter", ParameterMetadata::builder);

  private static final Constraints CHECK = new Constraints("ValidationException");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+|(/[a-zA-Z0-9_.-]+)+");
  private static final String VALUE = "Value";
  private static final int LONGEST_STANDARD_VALUE = 4096;
  private static final int USUAL_PAGE = 50;

  private final World world;
  private final Table<ParameterMetadata, ParameterMetadata.Builder> parameters;

  /** Systems Manager in {@code world}. */
  public Ssm(World world) {
    this.world = world;
    this.parameters = world.table(PARAMETER);
  }

  /** What the service answers to. */
  public Operations operations() {
    return new Operations("ssm", new JsonProtocol())
        .on("PutParameter", PutParameterRequest::builder, this::putParameter)
        .on("GetParameter", GetParameterRequest::builder, this::getParameter)
        .on("DeleteParameter", DeleteParameterRequest::builder, this::deleteParameter)
        .on("DescribeParameters", DescribeParametersRequest::builder, this::describeParameters)
        .on("AddTagsToResource", AddTagsToResourceRequest::builder, this::addTagsToResource)
        .on(
            "RemoveTagsFromResource",
            RemoveTagsFromResourceRequest::builder,
            this::removeTagsFromResource)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::listTagsForResource);
  }

  private PutParameterResponse putParameter(PutParameterRequest request) {
    String name = CHECK.matching(request.name(), "name", NAME);
    String value = CHECK.sized(request.value(), "value", 1, LONGEST_STANDARD_VALUE);
    Optional<Stored<ParameterMetadata, ParameterMetadata.Builder>> before = parameters.find(name);
    if (before.isPresent() && !Boolean.TRUE.equals(request.overwrite())) {
      throw new Fault(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    if (Boolean.TRUE.equals(request.overwrite()) && request.hasTags()) {
      throw new Fault(
          "ValidationException",
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    String pattern = Objects.requireNonNullElse(request.allowedPattern(), "");
    if (!pattern.isEmpty() && !value.matches(pattern)) {
      throw new Fault(
          "ParameterPatternMismatchException",
          "Parameter value, cannot be validated against allowedPattern: " + pattern);
    }
    Stored<ParameterMetadata, ParameterMetadata.Builder> parameter =
        before.orElseGet(() -> addParameter(request));
    parameter.hide(VALUE, value);
    parameter.update(builder -> change(builder, request));
    return PutParameterResponse.builder()
        .version(parameter.model().version())
        .tier(parameter.model().tier())
        .build();
  }

  private Stored<ParameterMetadata, ParameterMetadata.Builder> addParameter(
      PutParameterRequest request) {
    if (request.type() == null) {
      throw new Fault(
          "ValidationException", "A parameter type is required when you create a parameter.");
    }
    String name = request.name();
    String arn = world.arn("ssm", "parameter" + (name.startsWith("/") ? name : '/' + name));
    ParameterMetadata parameter =
        ParameterMetadata.builder()
            .name(name)
            .arn(arn)
            .version(0L)
            .tier(ParameterTier.STANDARD)
            .dataType("text")
            .policies(List.of())
            .build();
    return parameters.add(name, arn, parameter, Tags.read(request.tags()));
  }

  private void change(ParameterMetadata.Builder parameter, PutParameterRequest request) {
    long version = parameter.build().version() + 1;
    // the members of the request that describe a parameter have the same names there
    ModelJson.STATE.decode(ModelJson.STATE.encode(request.copy(r -> r.policies(null))), parameter);
    if (request.tier() == ParameterTier.INTELLIGENT_TIERING) {
      parameter.tier(ParameterTier.STANDARD);
    }
    parameter.version(version).lastModifiedDate(world.now()).lastModifiedUser(Sts.CALLER);
  }

  private GetParameterResponse getParameter(GetParameterRequest request) {
    Stored<ParameterMetadata, ParameterMetadata.Builder> stored = parameter(request.name());
    ParameterMetadata parameter = stored.model();
    String value = stored.hidden(VALUE).orElse("");
    boolean isEncrypted =
        parameter.type() == ParameterType.SECURE_STRING
            && !Boolean.TRUE.equals(request.withDecryption());
    return GetParameterResponse.builder()
        .parameter(
            Parameter.builder()
                .name(parameter.name())
                .arn(parameter.arn())
                .type(parameter.type())
                .value(isEncrypted ? encrypted(value) : value)
                .version(parameter.version())
                .lastModifiedDate(parameter.lastModifiedDate())
                .dataType(parameter.dataType())
                .build())
        .build();
  }

  /** Nobody can read it, and it changes with the value: all that one can tell of a ciphertext. */
  private static String encrypted(String value) {
    return UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
    parameter(request.name()).remove();
    return DeleteParameterResponse.builder().build();
  }

  private DescribeParametersResponse describeParameters(DescribeParametersRequest request) {
    CHECK.range(request.maxResults(), "maxResults", 1, USUAL_PAGE);
    if (request.hasFilters()) {
      throw new Fault("ValidationException", "Filters is not simulated: use ParameterFilters");
    }
    List<ParameterMetadata> found =
        parameters.all().stream()
            .filter(each -> request.parameterFilters().stream().allMatch(f -> matches(each, f)))
            .map(Stored::model)
            .toList();
    Page<ParameterMetadata> page =
        Page.of(found, request.maxResults(), request.nextToken(), USUAL_PAGE, "InvalidNextToken");
    return DescribeParametersResponse.builder()
        .parameters(page.items())
        .nextToken(page.next())
        .build();
  }

  private static boolean matches(
      Stored<ParameterMetadata, ParameterMetadata.Builder> stored, ParameterStringFilter filter) {
    ParameterMetadata parameter = stored.model();
    String value =
        switch (filter.key()) {
          case "Name" -> parameter.name();
          case "Type" -> parameter.typeAsString();
          case "Tier" -> parameter.tierAsString();
          case "DataType" -> parameter.dataType();
          default -> {
            if (!filter.key().startsWith("tag:")) {
              throw new Fault("InvalidFilterKey", "The filter key is not valid: " + filter.key());
            }
            yield stored.tags().get(filter.key().substring("tag:".length()));
          }
        };
    return value != null
        && filter.values().stream().anyMatch(wanted -> matches(value, wanted, filter.option()));
  }

  private static boolean matches(String value, String wanted, @Nullable String option) {
    return switch (Objects.requireNonNullElse(option, "Equals")) {
      case "Equals" -> value.equals(wanted);
      case "BeginsWith" -> value.startsWith(wanted);
      case "Contains" -> value.contains(wanted);
      default ->
          throw new Fault("InvalidFilterOption", "The filter option is not valid: " + option);
    };
  }

  private AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
    tagged(request.resourceId()).tag(Tags.read(request.tags()));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse removeTagsFromResource(
      RemoveTagsFromResourceRequest request) {
    tagged(request.resourceId()).untag(request.tagKeys());
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tagList(Tags.write(tagged(request.resourceId()).tags(), Tag::builder))
        .build();
  }

  /** The parameter that a request names by name or ARN. */
  private Stored<ParameterMetadata, ParameterMetadata.Builder> parameter(@Nullable String name) {
    return find(CHECK.required(name, "name"))
        .orElseThrow(() -> new Fault("ParameterNotFound", "Parameter " + name + " not found."));
  }

  private Optional<Stored<ParameterMetadata, ParameterMetadata.Builder>> find(String name) {
    return parameters.all().stream()
        .filter(each -> each.key().equals(name) || each.arn().equals(name))
        .findFirst();
  }

  private Stored<ParameterMetadata, ParameterMetadata.Builder> tagged(@Nullable String id) {
    return find(CHECK.required(id, "resourceId"))
        .orElseThrow(
            () ->
                new Fault(
                    "InvalidResourceId",
                    "The resource ID is not valid. Verify that you entered the correct ID and try"
                        + " again."));
  }
}

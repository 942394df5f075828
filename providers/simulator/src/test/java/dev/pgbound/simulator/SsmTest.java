package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

class SsmTest {

  private static final PutParameterRequest LOCK =
      PutParameterRequest.builder()
          .name("/pgbound/hr/lock")
          .type(ParameterType.STRING)
          .value("me")
          .description("who")
          .build();

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final SsmClient ssm = Clients.client(SsmClient.builder(), aws);

  @Test
  void letsOneCallerCreateAParameter() {
    assertThat(ssm.putParameter(LOCK).version()).isEqualTo(1);
    assertRefused(
        "ParameterAlreadyExists",
        "set the overwrite option in the request to true",
        () -> ssm.putParameter(LOCK.copy(r -> r.value("you"))));

    assertThat(get(LOCK.name()).value()).isEqualTo("me");
    assertThat(get(LOCK.name()).arn())
        .isEqualTo("arn:aws:ssm:us-east-1:123456789012:parameter/pgbound/hr/lock");
    assertThat(get(get(LOCK.name()).arn())).isEqualTo(get(LOCK.name()));

    ssm.deleteParameter(r -> r.name(LOCK.name()));

    assertRefused("ParameterNotFound", () -> get(LOCK.name()));
    assertRefused("ParameterNotFound", () -> ssm.deleteParameter(r -> r.name(LOCK.name())));
    assertThat(ssm.putParameter(LOCK).version()).isEqualTo(1);
  }

  @Test
  void overwritesOnRequest() {
    ssm.putParameter(LOCK);

    assertThat(ssm.putParameter(r -> r.name(LOCK.name()).value("you").overwrite(true)).version())
        .isEqualTo(2);

    assertThat(get(LOCK.name()).value()).isEqualTo("you");
    ParameterMetadata parameter = ssm.describeParameters().parameters().get(0);
    assertThat(parameter.description()).isEqualTo("who");
    assertThat(parameter.type()).isEqualTo(ParameterType.STRING);
    assertThat(parameter.tier()).isEqualTo(ParameterTier.STANDARD);
    assertThat(parameter.dataType()).isEqualTo("text");
    assertThat(parameter.version()).isEqualTo(2);
    assertThat(parameter.lastModifiedUser()).startsWith("arn:aws:iam::123456789012:user/");
    assertThat(parameter.lastModifiedDate()).isEqualTo(aws.timeline().now());
  }

  @Test
  void showsASecureStringOnlyDecrypted() {
    ssm.putParameter(LOCK.copy(r -> r.type(ParameterType.SECURE_STRING).value("secret")));

    assertThat(get(LOCK.name()).value()).doesNotContain("secret").isNotEmpty();
    assertThat(ssm.getParameter(r -> r.name(LOCK.name()).withDecryption(true)).parameter().value())
        .isEqualTo("secret");
  }

  @Test
  void refusesWhatSsmRefuses() {
    assertRefused(
        "ValidationException",
        "A parameter type is required",
        () -> ssm.putParameter(LOCK.copy(r -> r.type((String) null))));
    assertRefused(
        "ValidationException", "'name'", () -> ssm.putParameter(LOCK.copy(r -> r.name("a/b"))));
    assertRefused(
        "ValidationException",
        "4096",
        () -> ssm.putParameter(LOCK.copy(r -> r.value("x".repeat(4097)))));
    assertRefused(
        "ValidationException",
        "tags and overwrite",
        () -> ssm.putParameter(LOCK.copy(r -> r.overwrite(true).tags(tag("a")))));
    assertRefused(
        "ParameterPatternMismatchException",
        "[0-9]+",
        () -> ssm.putParameter(LOCK.copy(r -> r.allowedPattern("[0-9]+"))));
    assertThat(ssm.describeParameters().parameters()).isEmpty();
    assertThat(ssm.putParameter(LOCK.copy(r -> r.allowedPattern(""))).version()).isEqualTo(1);
  }

  @Test
  void findsByFilter() {
    ssm.putParameter(LOCK.copy(r -> r.tags(tag("team"))));
    ssm.putParameter(LOCK.copy(r -> r.name("other").type(ParameterType.STRING_LIST)));

    assertThat(find("Name", "Equals", "other")).containsExactly("other");
    assertThat(find("Name", "BeginsWith", "/pgbound/")).containsExactly(LOCK.name());
    assertThat(find("Name", "Contains", "the", "hr")).containsExactly(LOCK.name(), "other");
    assertThat(find("Type", "Equals", "StringList")).containsExactly("other");
    assertThat(find("tag:team", "Equals", "value")).containsExactly(LOCK.name());
    assertRefused("InvalidFilterKey", "Colour", () -> find("Colour", "Equals", "red"));
    assertRefused("InvalidFilterOption", "Like", () -> find("Name", "Like", "x"));
  }

  @Test
  void listsInPages() {
    List<String> names = List.of("a", "b", "c", "d", "e");
    names.forEach(name -> ssm.putParameter(LOCK.copy(r -> r.name(name))));

    assertThat(ssm.describeParametersPaginator(r -> r.maxResults(2)).stream())
        .flatExtracting(page -> page.parameters())
        .extracting(ParameterMetadata::name)
        .containsExactlyElementsOf(names);
    assertRefused("InvalidNextToken", () -> ssm.describeParameters(r -> r.nextToken("nonsense")));
  }

  @Test
  void changesTags() {
    ssm.putParameter(LOCK.copy(r -> r.tags(tag("a"))));
    ssm.addTagsToResource(
        r ->
            r.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(LOCK.name())
                .tags(tag("b")));
    ssm.removeTagsFromResource(
        r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(LOCK.name()).tagKeys("a"));

    assertThat(
            ssm.listTagsForResource(
                    r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(LOCK.name()))
                .tagList())
        .containsExactly(tag("b"));
    assertRefused(
        "InvalidResourceId",
        () ->
            ssm.listTagsForResource(
                r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("none")));
  }

  @Test
  void remembersParametersAcrossProcesses(@TempDir Path folder) throws Exception {
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      Clients.client(SsmClient.builder(), first).putParameter(LOCK);
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      SsmClient client = Clients.client(SsmClient.builder(), second);
      assertRefused("ParameterAlreadyExists", () -> client.putParameter(LOCK));
      assertThat(client.getParameter(r -> r.name(LOCK.name())).parameter().value()).isEqualTo("me");
    }
  }

  private Parameter get(String name) {
    return ssm.getParameter(r -> r.name(name)).parameter();
  }

  private List<String> find(String key, String option, String... values) {
    return ssm
        .describeParameters(
            r ->
                r.parameterFilters(
                    ParameterStringFilter.builder().key(key).option(option).values(values).build()))
        .parameters()
        .stream()
        .map(ParameterMetadata::name)
        .toList();
  }

  private static Tag tag(String key) {
    return Tag.builder().key(key).value("value").build();
  }
}

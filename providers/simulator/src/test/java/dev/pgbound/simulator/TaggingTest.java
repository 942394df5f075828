package dev.pgbound.simulator;

import static dev.pgbound.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

class TaggingTest {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Ec2Client ec2 = Clients.client(Ec2Client.builder(), aws);
  private final ResourceGroupsTaggingApiClient tagging =
      Clients.client(ResourceGroupsTaggingApiClient.builder(), aws);
  private String vpc = "";
  private String gateway = "";

  @BeforeEach
  void tagTwoObjectsOfThree() {
    vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.createInternetGateway();
    ec2.createTags(r -> r.resources(vpc, gateway).tags(tag("app", "hr")));
    ec2.createTags(r -> r.resources(gateway).tags(tag("tier", "edge")));
  }

  @Test
  void findsTaggedObjectsOnly() {
    assertThat(found(r -> {})).containsExactlyInAnyOrder(arn("vpc", vpc), gatewayArn());
  }

  @Test
  void findsByTagTypeAndArn() {
    assertThat(found(r -> r.tagFilters(key("app", "pay", "hr")))).hasSize(2);
    assertThat(found(r -> r.tagFilters(key("app", "pay")))).isEmpty();
    assertThat(found(r -> r.tagFilters(key("app"), key("tier")))).containsExactly(gatewayArn());
    assertThat(found(r -> r.resourceTypeFilters("ec2:internet-gateway", "rds")))
        .containsExactly(gatewayArn());
    assertThat(found(r -> r.resourceTypeFilters("ec2"))).hasSize(2);
    assertThat(found(r -> r.resourceTypeFilters("ec2:vp"))).isEmpty();
    assertThat(found(r -> r.resourceARNList(arn("vpc", vpc)))).containsExactly(arn("vpc", vpc));
  }

  @Test
  void refusesArnsTogetherWithFilters() {
    assertRefused(
        "InvalidParameterException",
        () -> found(r -> r.resourceARNList(gatewayArn()).tagFilters(key("app"))));
  }

  @Test
  void showsTheTagsAndPages() {
    List<ResourceTagMapping> all =
        tagging.getResourcesPaginator(r -> r.resourcesPerPage(1)).resourceTagMappingList().stream()
            .toList();

    assertThat(all).hasSize(2);
    assertThat(aws.calls().count("tagging", "GetResources")).isEqualTo(2);
    assertThat(all.get(0).tags().toString()).contains("Key=app, Value=hr", "Key=tier, Value=edge");
  }

  private List<String> found(Consumer<GetResourcesRequest.Builder> request) {
    return tagging.getResources(request).resourceTagMappingList().stream()
        .map(ResourceTagMapping::resourceARN)
        .toList();
  }

  private static TagFilter key(String key, String... values) {
    return TagFilter.builder().key(key).values(values).build();
  }

  private String gatewayArn() {
    return arn("internet-gateway", gateway);
  }

  private static String arn(String type, String id) {
    return "arn:aws:ec2:us-east-1:123456789012:" + type + "/" + id;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}

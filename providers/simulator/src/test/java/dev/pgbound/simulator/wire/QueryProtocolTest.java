package dev.pgbound.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;

/** Forms of requests that other clients than the SDK for Java send. */
class QueryProtocolTest {

  @Test
  void readsListsInAllTheirForms() {
    for (String form :
        new String[] {
          "AvailabilityZones.AvailabilityZone.", "AvailabilityZones.member.", "AvailabilityZones."
        }) {
      assertThat(cluster(form + "2=b&" + form + "10=c&" + form + "1=a").availabilityZones())
          .as(form)
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void tellsAnEmptyListFromAMissingOne() {
    assertThat(cluster("VpcSecurityGroupIds=").hasVpcSecurityGroupIds()).isTrue();
    assertThat(cluster("VpcSecurityGroupIds=").vpcSecurityGroupIds()).isEmpty();
    assertThat(cluster("Engine=x").hasVpcSecurityGroupIds()).isFalse();
  }

  @Test
  void readsMaps() {
    CreateTopicRequest.Builder topic = CreateTopicRequest.builder();

    QueryProtocol.QUERY.decode(
        form("Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=DMS%20%26%20more"),
        topic);

    assertThat(topic.build().attributes()).containsEntry("DisplayName", "DMS & more").hasSize(1);
  }

  @Test
  void readsEc2FiltersFromTheQueryString() {
    DescribeVpcsRequest.Builder vpcs = DescribeVpcsRequest.builder();
    WireRequest get =
        new WireRequest(
            "ec2.us-east-1.amazonaws.com",
            "Action=DescribeVpcs&Filter.1.Name=tag%3Aapp&Filter.1.Value.1=hr&MaxResults=5",
            new TreeMap<>(),
            "");

    QueryProtocol.EC2.decode(get, vpcs);

    assertThat(QueryProtocol.EC2.operation(get)).isEqualTo("DescribeVpcs");
    assertThat(vpcs.build().filters())
        .singleElement()
        .matches(filter -> filter.name().equals("tag:app") && filter.values().contains("hr"));
    assertThat(vpcs.build().maxResults()).isEqualTo(5);
  }

  @Test
  void readsMomentsWithAnyOffset() {
    for (String moment :
        new String[] {"2026-01-01T02:00:00%2B02:00", "2026-01-01T00:00:00.000Z", "1767225600"}) {
      GetMetricStatisticsRequest.Builder statistics = GetMetricStatisticsRequest.builder();
      QueryProtocol.QUERY.decode(form("StartTime=" + moment), statistics);
      assertThat(statistics.build().startTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThatThrownBy(() -> cluster("Port=many"))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo("MalformedInput"));
  }

  @Test
  void takesServiceAndRegionFromTheSignature() {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/monitoring/aws4_request, "
            + "SignedHeaders=host, Signature=0");
    WireRequest signed = new WireRequest("127.0.0.1", "", headers, "");
    WireRequest anonymous = new WireRequest("sts.amazonaws.com", "", new TreeMap<>(), "");

    assertThat(signed.service()).isEqualTo("monitoring");
    assertThat(signed.region()).isEqualTo("eu-west-1");
    assertThat(anonymous.service()).isEqualTo("sts");
    assertThat(anonymous.region()).isEqualTo("us-east-1");
  }

  private static CreateDbClusterRequest cluster(String parameters) {
    CreateDbClusterRequest.Builder cluster = CreateDbClusterRequest.builder();
    QueryProtocol.QUERY.decode(form(parameters), cluster);
    return cluster.build();
  }

  private static WireRequest form(String parameters) {
    return new WireRequest("localhost", "", new TreeMap<>(), parameters);
  }
}

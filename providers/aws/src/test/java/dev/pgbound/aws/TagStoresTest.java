package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tag calls of all services, on the wire. */
final class TagStoresTest {

  private static final String ARN = "arn:aws:x:eu-central-1:123456789012:y:hr";
  private static final Map<String, String> TAGS = Map.of("pgbound:migration", "hr");

  private final CannedAws aws = new CannedAws();
  private final AwsClients clients = new AwsClients(aws.settings(), List.of());
  private final TagStores tags = new TagStores(clients);

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void readsManyObjectsOfDmsWithOneCall() {
    aws.answer(
        "ListTagsForResource",
        """
        {"TagList":[{"Key":"a","Value":"1","ResourceArn":"arn:1"},
                    {"Key":"aws:cloudformation:stack-name","Value":"s","ResourceArn":"arn:1"},
                    {"Key":"b","ResourceArn":"arn:2"}]}
        """);

    assertThat(tags.dms().read(List.of("arn:1", "arn:2", "arn:3")))
        .isEqualTo(Map.of("arn:1", Map.of("a", "1"), "arn:2", Map.of("b", ""), "arn:3", Map.of()));
    assertThat(aws.lastBody("ListTagsForResource")).contains("[\"arn:1\",\"arn:2\",\"arn:3\"]");
  }

  @Test
  void knowsTheCallsOfRds() {
    aws.answer(
            "ListTagsForResource",
            "<ListTagsForResourceResponse><ListTagsForResourceResult><TagList><Tag>"
                + "<Key>pgbound:migration</Key><Value>hr</Value></Tag></TagList>"
                + "</ListTagsForResourceResult></ListTagsForResourceResponse>")
        .answer("AddTagsToResource", "<AddTagsToResourceResponse/>");

    tags.rds().add(ARN, TAGS);

    assertThat(tags.rds().read(List.of(ARN))).isEqualTo(Map.of(ARN, TAGS));
    assertThat(aws.lastBody("AddTagsToResource"))
        .contains("ResourceName=" + ARN)
        .contains("Key=pgbound:migration");
  }

  @Test
  void knowsTheCallsOfIam() {
    aws.answer(
            "ListRoleTags",
            "<ListRoleTagsResponse><ListRoleTagsResult><Tags><member>"
                + "<Key>pgbound:migration</Key><Value>hr</Value></member></Tags>"
                + "<IsTruncated>false</IsTruncated></ListRoleTagsResult></ListRoleTagsResponse>")
        .answer("TagRole", "<TagRoleResponse/>");

    tags.iamRoles().add("dms-vpc-role", TAGS);

    assertThat(tags.iamRoles().read(List.of("dms-vpc-role")))
        .isEqualTo(Map.of("dms-vpc-role", TAGS));
    assertThat(aws.lastBody("TagRole")).contains("RoleName=dms-vpc-role");
  }

  @Test
  void knowsTheCallsOfSecretsManager() {
    aws.answer("DescribeSecret", "{\"Tags\":[{\"Key\":\"pgbound:migration\",\"Value\":\"hr\"}]}")
        .answer("TagResource", "{}");

    tags.secretsManager().add(ARN, TAGS);

    assertThat(tags.secretsManager().read(List.of(ARN))).isEqualTo(Map.of(ARN, TAGS));
    assertThat(aws.lastBody("TagResource")).contains("\"SecretId\":\"" + ARN + "\"");
  }

  @Test
  void knowsTheCallsOfSns() {
    aws.answer(
            "ListTagsForResource",
            "<ListTagsForResourceResponse><ListTagsForResourceResult><Tags><member>"
                + "<Key>pgbound:migration</Key><Value>hr</Value></member></Tags>"
                + "</ListTagsForResourceResult></ListTagsForResourceResponse>")
        .answer("TagResource", "<TagResourceResponse/>");

    tags.sns().add(ARN, TAGS);

    assertThat(tags.sns().read(List.of(ARN))).isEqualTo(Map.of(ARN, TAGS));
    assertThat(aws.lastBody("TagResource")).contains("ResourceArn=" + ARN);
  }

  @Test
  void knowsTheCallsOfCloudWatchLogs() {
    aws.answer("ListTagsForResource", "{\"tags\":{\"pgbound:migration\":\"hr\",\"aws:x\":\"y\"}}")
        .answer("TagResource", "{}");

    tags.logs().add(ARN, TAGS);

    assertThat(tags.logs().read(List.of(ARN))).isEqualTo(Map.of(ARN, TAGS));
    assertThat(aws.lastBody("TagResource")).contains("{\"pgbound:migration\":\"hr\"}");
  }

  @Test
  void knowsTheCallsOfEc2() {
    aws.answer(
            "DescribeTags",
            "<DescribeTagsResponse><tagSet><item><resourceId>vpc-1</resourceId>"
                + "<key>pgbound:migration</key><value>hr</value></item></tagSet>"
                + "</DescribeTagsResponse>")
        .answer("CreateTags", "<CreateTagsResponse/>");

    tags.ec2().add("vpc-1", TAGS);

    assertThat(tags.ec2().read(List.of("vpc-1", "vpc-2")))
        .isEqualTo(Map.of("vpc-1", TAGS, "vpc-2", Map.of()));
    assertThat(aws.lastBody("CreateTags")).contains("ResourceId.1=vpc-1");
  }
}

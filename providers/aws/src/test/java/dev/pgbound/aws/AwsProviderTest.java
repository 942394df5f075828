package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Context.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AwsProviderTest {

  private final CannedAws aws = new CannedAws();
  private final AwsProvider provider = new AwsProvider(aws.settings(), CallListener.NONE);

  @AfterEach
  void stop() {
    provider.close();
    aws.close();
  }

  @Test
  void tellsAccountRegionAndPartition() {
    aws.answer(
        "GetCallerIdentity",
        """
        <GetCallerIdentityResponse><GetCallerIdentityResult>
          <Arn>arn:aws-cn:sts::123456789012:assumed-role/dba/ann</Arn>
          <Account>123456789012</Account>
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """);

    Account account = provider.account();

    assertThat(account).isEqualTo(new Account("123456789012", "eu-central-1", "aws-cn"));
    assertThat(account.arn("dms", "subgrp:hr"))
        .isEqualTo("arn:aws-cn:dms:eu-central-1:123456789012:subgrp:hr");
  }

  @Test
  void tellsTypesByArnAndNotByTag() {
    aws.answer(
        "GetResources",
        """
        {"ResourceTagMappingList":[
          {"ResourceARN":"arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1",
           "Tags":[{"Key":"pgbound:address","Value":"vpc.main"}]},
          {"ResourceARN":"arn:aws:dms:eu-central-1:123456789012:endpoint:abc",
           "Tags":[{"Key":"pgbound:address","Value":"dms-subnet-group.main"}]}]}
        """);

    assertThat(provider.ownedTypes("hr")).contains("vpc").doesNotContain("dms-subnet-group");
    assertThat(aws.lastBody("GetResources"))
        .contains("{\"Key\":\"pgbound:migration\",\"Values\":[\"hr\"]}");
  }

  @Test
  void readsAllPagesOfTheIndex() {
    aws.answer(
            "GetResources",
            """
            {"PaginationToken":"more","ResourceTagMappingList":[
              {"ResourceARN":"arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1","Tags":[]}]}
            """)
        .answer(
            "GetResources",
            """
            {"PaginationToken":"","ResourceTagMappingList":[
              {"ResourceARN":"arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-1","Tags":[]}]}
            """);

    assertThat(provider.ownedTypes("hr")).contains("vpc", "subnet");
  }
}

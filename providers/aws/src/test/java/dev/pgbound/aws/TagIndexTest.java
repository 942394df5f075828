package dev.pgbound.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TagIndexTest {

  private final CannedAws aws = new CannedAws();
  private final WriteCounter writes = new WriteCounter();
  private final AwsClients clients = new AwsClients(aws.settings(), List.of(writes));
  private final TagIndex index = new TagIndex(clients, writes);

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void isAskedOncePerDiscovery() {
    aws.answer("GetResources", "{\"ResourceTagMappingList\":[]}");

    index.owned("hr");
    index.owned("hr");
    assertThat(aws.operations()).containsExactly("GetResources");

    index.refresh("hr");
    index.owned("finance");
    assertThat(aws.operations()).hasSize(3);
  }

  @Test
  void isAskedAgainAfterAChange() {
    aws.answer("GetResources", "{\"ResourceTagMappingList\":[]}");
    aws.answer("AddTagsToResource", "{}");

    index.owned("hr");
    clients.dms().addTagsToResource(r -> r.resourceArn("arn:aws:dms:x:1:rep:a"));
    index.owned("hr");

    assertThat(aws.operations())
        .containsExactly("GetResources", "AddTagsToResource", "GetResources");
  }
}

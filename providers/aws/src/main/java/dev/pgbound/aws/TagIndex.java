package dev.pgbound.aws;

import dev.pgbound.spi.Live;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * All objects that carry a migration's tag, with their tags, from one paged call of the tagging
 * API. It spares the look-ups of tags per object in services whose describe calls return none.
 *
 * <p>The tagging API lags behind the services by seconds up to minutes: absence here proves
 * nothing, see {@link Discovery}. IAM roles are not in it.
 *
 * <p>The answer is kept for the rest of a discovery, that is until this process changes something
 * or {@link #refresh} begins the next one.
 */
final class TagIndex {

  /** See {@link #look()}. */
  record Look(long refreshes, long writes) {}

  private record Answer(String migration, long writes, Map<String, Map<String, String>> tags) {}

  private final AwsClients clients;
  private final WriteCounter writes;
  private Answer last = new Answer("", -1, Map.of());
  private long refreshes;

  TagIndex(AwsClients clients, WriteCounter writes) {
    this.clients = clients;
    this.writes = writes;
  }

  /** The tags of the migration's objects by ARN. */
  synchronized Map<String, Map<String, String>> owned(String migration) {
    boolean current = last.migration().equals(migration) && last.writes() == writes.count();
    return current ? last.tags() : refresh(migration);
  }

  /** Which look at the account this is: another one after a refresh and after every write. */
  synchronized Look look() {
    return new Look(refreshes, writes.count());
  }

  /** As {@link #owned}, asked anew. */
  synchronized Map<String, Map<String, String>> refresh(String migration) {
    refreshes++;
    long before = writes.count();
    Map<String, Map<String, String>> tags = new TreeMap<>();
    GetResourcesRequest request =
        GetResourcesRequest.builder()
            .tagFilters(TagFilter.builder().key(Live.MIGRATION_TAG).values(migration).build())
            .build();
    for (ResourceTagMapping mapping :
        clients.tagging().getResourcesPaginator(request).resourceTagMappingList()) {
      tags.put(mapping.resourceARN(), Tags.read(mapping.tags()));
    }
    last = new Answer(migration, before, tags);
    return tags;
  }
}

package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import java.util.List;
import software.amazon.awssdk.services.databasemigration.model.AccountQuota;
import software.amazon.awssdk.services.databasemigration.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.databasemigration.model.ReplicationInstance;

/** How many objects an account may have in a region, and how many it has. */
final class AccountQuotas {

  private final DmsStore store;

  AccountQuotas(DmsStore store) {
    this.store = store;
  }

  void register(Operations operations) {
    operations.on(
        "DescribeAccountAttributes", DescribeAccountAttributesRequest::builder, this::describe);
  }

  private DescribeAccountAttributesResponse describe(DescribeAccountAttributesRequest request) {
    return DescribeAccountAttributesResponse.builder()
        .accountQuotas(
            List.of(
                quota("ReplicationInstances", store.instances(), 60),
                quota("AllocatedStorage", allocatedStorage(), 30_000),
                quota("Endpoints", store.endpoints(), 1_000),
                quota("Tasks", store.tasks(), 600),
                quota("Certificates", store.certificates(), 100),
                quota("SubnetGroups", store.subnetGroups(), 60),
                quota("EventSubscriptions", store.eventSubscriptions(), 60)))
        .uniqueAccountIdentifier("simulated123")
        .build();
  }

  private long allocatedStorage() {
    return store.instances().all().stream()
        .map(instance -> instance.model())
        .mapToLong(ReplicationInstance::allocatedStorage)
        .sum();
  }

  private static AccountQuota quota(String name, DmsObjects<?, ?> objects, long most) {
    return quota(name, objects.all().size(), most);
  }

  private static AccountQuota quota(String name, long used, long most) {
    return AccountQuota.builder().accountQuotaName(name).used(used).max(most).build();
  }
}

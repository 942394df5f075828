package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.PrefixList;

/** AWS's own prefix lists: the addresses of the services that gateway endpoints lead to. */
final class PrefixLists {

  private static final int USUAL_PAGE = 1000;

  private final World world;

  PrefixLists(World world) {
    this.world = world;
  }

  void register(Operations operations) {
    operations.on("DescribePrefixLists", DescribePrefixListsRequest::builder, this::describe);
  }

  /**
   * The id of a service's list.
   *
   * @throws Fault when the service has none, and so no gateway endpoint either
   */
  String id(String serviceName) {
    return all().stream()
        .filter(list -> list.prefixListName().equals(serviceName))
        .map(PrefixList::prefixListId)
        .findFirst()
        .orElseThrow(
            () ->
                new Fault(
                    "InvalidServiceName",
                    "The Vpc Endpoint Service '" + serviceName + "' does not exist"));
  }

  private List<PrefixList> all() {
    return List.of(
        list("s3", "pl-63a5400a", "54.231.0.0/16", "52.216.0.0/15"),
        list("dynamodb", "pl-02cd2c6b", "52.94.0.0/22"));
  }

  private PrefixList list(String service, String id, String... cidrs) {
    return PrefixList.builder()
        .prefixListId(id)
        .prefixListName("com.amazonaws." + world.region() + "." + service)
        .cidrs(cidrs)
        .build();
  }

  private DescribePrefixListsResponse describe(DescribePrefixListsRequest request) {
    List<PrefixList> asked =
        all().stream()
            .filter(
                list ->
                    !request.hasPrefixListIds()
                        || request.prefixListIds().contains(list.prefixListId()))
            .toList();
    Page<PrefixList> page =
        Page.of(
            Filters.apply(request.filters(), asked),
            request.maxResults(),
            request.nextToken(),
            USUAL_PAGE);
    return DescribePrefixListsResponse.builder()
        .prefixLists(page.items())
        .nextToken(page.next())
        .build();
  }
}

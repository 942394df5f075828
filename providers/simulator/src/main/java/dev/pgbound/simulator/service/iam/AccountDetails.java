package dev.pgbound.simulator.service.iam;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.util.List;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Everything about every role, in as few calls as possible. Policies are left out. */
final class AccountDetails {

  private final Roles roles;

  AccountDetails(Roles roles) {
    this.roles = roles;
  }

  void register(Operations operations) {
    operations.on(
        "GetAccountAuthorizationDetails",
        GetAccountAuthorizationDetailsRequest::builder,
        this::getAccountAuthorizationDetails);
  }

  private GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(
      GetAccountAuthorizationDetailsRequest request) {
    boolean areRolesWanted = !request.hasFilter() || request.filter().contains(EntityType.ROLE);
    List<RoleDetail> found =
        areRolesWanted ? roles.all().stream().map(AccountDetails::encoded).toList() : List.of();
    Page<RoleDetail> page = Faults.page(found, request.maxItems(), request.marker());
    return GetAccountAuthorizationDetailsResponse.builder()
        .userDetailList(List.of())
        .groupDetailList(List.of())
        .roleDetailList(page.items())
        .policies(List.of())
        .marker(page.next())
        .isTruncated(page.next() != null)
        .build();
  }

  private static RoleDetail encoded(Stored<RoleDetail, RoleDetail.Builder> stored) {
    RoleDetail role = stored.view();
    List<PolicyDetail> inline =
        role.rolePolicyList().stream()
            .map(p -> p.copy(b -> b.policyDocument(SdkHttpUtils.urlEncode(p.policyDocument()))))
            .toList();
    return role.toBuilder()
        .assumeRolePolicyDocument(SdkHttpUtils.urlEncode(role.assumeRolePolicyDocument()))
        .rolePolicyList(inline)
        .roleLastUsed(used -> {})
        .build();
  }
}

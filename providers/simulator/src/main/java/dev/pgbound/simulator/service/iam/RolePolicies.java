package dev.pgbound.simulator.service.iam;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** What a role may do: attached policies, inline policies, and its permissions boundary. */
final class RolePolicies {

  private static final int MOST_ATTACHED = 10;

  private final Roles roles;
  private final ManagedPolicies policies;

  RolePolicies(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  void register(Operations operations) {
    operations
        .on("AttachRolePolicy", AttachRolePolicyRequest::builder, this::attachRolePolicy)
        .on("DetachRolePolicy", DetachRolePolicyRequest::builder, this::detachRolePolicy)
        .on(
            "ListAttachedRolePolicies",
            ListAttachedRolePoliciesRequest::builder,
            this::listAttachedRolePolicies)
        .on("PutRolePolicy", PutRolePolicyRequest::builder, this::putRolePolicy)
        .on("GetRolePolicy", GetRolePolicyRequest::builder, this::getRolePolicy)
        .on("DeleteRolePolicy", DeleteRolePolicyRequest::builder, this::deleteRolePolicy)
        .on("ListRolePolicies", ListRolePoliciesRequest::builder, this::listRolePolicies)
        .on(
            "PutRolePermissionsBoundary",
            PutRolePermissionsBoundaryRequest::builder,
            this::putRolePermissionsBoundary)
        .on(
            "DeleteRolePermissionsBoundary",
            DeleteRolePermissionsBoundaryRequest::builder,
            this::deleteRolePermissionsBoundary);
  }

  private AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    String arn = request.policyArn();
    ManagedPolicies.checkArn(arn);
    if (policies.find(arn).isEmpty()) {
      throw Faults.noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
    }
    List<AttachedPolicy> attached = role.model().attachedManagedPolicies();
    if (attached.stream().noneMatch(policy -> policy.policyArn().equals(arn))) {
      if (attached.size() >= MOST_ATTACHED) {
        throw new Fault(
            "LimitExceeded", 409, "Cannot exceed quota for PoliciesPerRole: " + MOST_ATTACHED);
      }
      AttachedPolicy added =
          AttachedPolicy.builder()
              .policyArn(arn)
              .policyName(arn.substring(arn.lastIndexOf('/') + 1))
              .build();
      roles.change(
          role,
          builder ->
              builder.attachedManagedPolicies(
                  Stream.concat(attached.stream(), Stream.of(added))
                      .sorted(Comparator.comparing(AttachedPolicy::policyName))
                      .toList()));
    }
    return AttachRolePolicyResponse.builder().build();
  }

  private DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    List<AttachedPolicy> attached = role.model().attachedManagedPolicies();
    List<AttachedPolicy> rest =
        attached.stream().filter(p -> !p.policyArn().equals(request.policyArn())).toList();
    if (rest.size() == attached.size()) {
      throw Faults.noSuchEntity("Policy " + request.policyArn() + " was not found.");
    }
    roles.change(role, builder -> builder.attachedManagedPolicies(rest));
    return DetachRolePolicyResponse.builder().build();
  }

  private ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    String prefix = requireNonNullElse(request.pathPrefix(), "/");
    List<AttachedPolicy> attached =
        roles.get(request.roleName()).model().attachedManagedPolicies().stream()
            .filter(policy -> ManagedPolicies.path(policy.policyArn()).startsWith(prefix))
            .toList();
    Page<AttachedPolicy> page = Faults.page(attached, request.maxItems(), request.marker());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .marker(page.next())
        .isTruncated(page.next() != null)
        .build();
  }

  private PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    Faults.checkName("policyName", request.policyName(), 128);
    PolicyDocument.checkPermissions(request.policyDocument());
    PolicyDetail put =
        PolicyDetail.builder()
            .policyName(request.policyName())
            .policyDocument(request.policyDocument())
            .build();
    roles.change(
        role,
        builder ->
            builder.rolePolicyList(
                Stream.concat(others(role, request.policyName()).stream(), Stream.of(put))
                    .sorted(Comparator.comparing(PolicyDetail::policyName))
                    .toList()));
    return PutRolePolicyResponse.builder().build();
  }

  private GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    PolicyDetail policy = inline(roles.get(request.roleName()), request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(request.roleName())
        .policyName(policy.policyName())
        .policyDocument(SdkHttpUtils.urlEncode(policy.policyDocument()))
        .build();
  }

  private DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    PolicyDetail policy = inline(role, request.policyName());
    roles.change(role, builder -> builder.rolePolicyList(others(role, policy.policyName())));
    return DeleteRolePolicyResponse.builder().build();
  }

  private ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    List<String> names =
        roles.get(request.roleName()).model().rolePolicyList().stream()
            .map(PolicyDetail::policyName)
            .toList();
    Page<String> page = Faults.page(names, request.maxItems(), request.marker());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .marker(page.next())
        .isTruncated(page.next() != null)
        .build();
  }

  private PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
      PutRolePermissionsBoundaryRequest request) {
    AttachedPermissionsBoundary boundary = boundary(request.permissionsBoundary());
    roles.change(roles.get(request.roleName()), role -> role.permissionsBoundary(boundary));
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  private DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    AttachedPermissionsBoundary none = null;
    roles.change(roles.get(request.roleName()), role -> role.permissionsBoundary(none));
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  /** A boundary; whether its policy exists is not asked, as it has no effect here. */
  static AttachedPermissionsBoundary boundary(String policyArn) {
    ManagedPolicies.checkArn(policyArn);
    return AttachedPermissionsBoundary.builder()
        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
        .permissionsBoundaryArn(policyArn)
        .build();
  }

  private static PolicyDetail inline(Stored<RoleDetail, RoleDetail.Builder> role, String name) {
    return role.model().rolePolicyList().stream()
        .filter(policy -> policy.policyName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Faults.noSuchEntity("The role policy with name " + name + " cannot be found."));
  }

  private static List<PolicyDetail> others(
      Stored<RoleDetail, RoleDetail.Builder> role, String name) {
    return role.model().rolePolicyList().stream()
        .filter(policy -> !policy.policyName().equals(name))
        .toList();
  }
}

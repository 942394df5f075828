package dev.pgbound.simulator.service.iam;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Tags;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Roles without their policies: what they are called, whom they trust, how they are tagged. */
final class RoleOperations {

  // RoleDetail has no member for these two
  private static final String DESCRIPTION = "description";
  private static final String MAX_SESSION = "max-session-duration";

  private final Roles roles;

  RoleOperations(Roles roles) {
    this.roles = roles;
  }

  void register(Operations operations) {
    operations
        .on("CreateRole", CreateRoleRequest::builder, this::createRole)
        .on("GetRole", GetRoleRequest::builder, this::getRole)
        .on("ListRoles", ListRolesRequest::builder, this::listRoles)
        .on("UpdateRole", UpdateRoleRequest::builder, this::updateRole)
        .on(
            "UpdateRoleDescription",
            UpdateRoleDescriptionRequest::builder,
            this::updateRoleDescription)
        .on(
            "UpdateAssumeRolePolicy",
            UpdateAssumeRolePolicyRequest::builder,
            this::updateAssumeRolePolicy)
        .on("DeleteRole", DeleteRoleRequest::builder, this::deleteRole)
        .on("TagRole", TagRoleRequest::builder, this::tagRole)
        .on("UntagRole", UntagRoleRequest::builder, this::untagRole)
        .on("ListRoleTags", ListRoleTagsRequest::builder, this::listRoleTags)
        .on(
            "ListInstanceProfilesForRole",
            ListInstanceProfilesForRoleRequest::builder,
            this::listInstanceProfilesForRole);
  }

  private CreateRoleResponse createRole(CreateRoleRequest request) {
    String path = requireNonNullElse(request.path(), "/");
    Faults.checkName("roleName", request.roleName(), 64);
    Faults.checkPath(path);
    checkMaxSession(request.maxSessionDuration());
    PolicyDocument.checkTrust(request.assumeRolePolicyDocument(), roles::exists);
    RoleDetail.Builder role =
        RoleDetail.builder()
            .path(path)
            .roleName(request.roleName())
            .roleId("AROA" + roles.ids().letters("AROA", 17))
            .arn(Roles.arn(path, request.roleName()))
            .createDate(roles.now())
            .assumeRolePolicyDocument(request.assumeRolePolicyDocument())
            .instanceProfileList(List.of())
            .rolePolicyList(List.of())
            .attachedManagedPolicies(List.of());
    if (request.permissionsBoundary() != null) {
      role.permissionsBoundary(RolePolicies.boundary(request.permissionsBoundary()));
    }
    Stored<RoleDetail, RoleDetail.Builder> stored =
        roles.create(role.build(), Faults.checkedTags(request.tags(), Map.of()));
    stored.hide(DESCRIPTION, requireNonNullElse(request.description(), ""));
    stored.hide(MAX_SESSION, requireNonNullElse(request.maxSessionDuration(), 3600).toString());
    return CreateRoleResponse.builder().role(role(stored)).build();
  }

  private GetRoleResponse getRole(GetRoleRequest request) {
    Role.Builder role = role(roles.get(request.roleName())).toBuilder();
    return GetRoleResponse.builder()
        .role(role.roleLastUsed(RoleLastUsed.builder().build()).build())
        .build();
  }

  private ListRolesResponse listRoles(ListRolesRequest request) {
    String prefix = requireNonNullElse(request.pathPrefix(), "/");
    List<Role> found =
        roles.all().stream()
            .filter(role -> role.model().path().startsWith(prefix))
            .map(RoleOperations::role)
            .map(RoleOperations::listed)
            .toList();
    Page<Role> page = Faults.page(found, request.maxItems(), request.marker());
    return ListRolesResponse.builder()
        .roles(page.items())
        .marker(page.next())
        .isTruncated(page.next() != null)
        .build();
  }

  private UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    checkMaxSession(request.maxSessionDuration());
    if (request.description() != null) {
      role.hide(DESCRIPTION, request.description());
    }
    if (request.maxSessionDuration() != null) {
      role.hide(MAX_SESSION, request.maxSessionDuration().toString());
    }
    return UpdateRoleResponse.builder().build();
  }

  private UpdateRoleDescriptionResponse updateRoleDescription(
      UpdateRoleDescriptionRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    role.hide(DESCRIPTION, requireNonNullElse(request.description(), ""));
    return UpdateRoleDescriptionResponse.builder().role(role(role)).build();
  }

  private UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    PolicyDocument.checkTrust(request.policyDocument(), roles::exists);
    roles.change(role, builder -> builder.assumeRolePolicyDocument(request.policyDocument()));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  private DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    if (!role.model().attachedManagedPolicies().isEmpty()) {
      throw Faults.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!role.model().rolePolicyList().isEmpty()) {
      throw Faults.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    roles.delete(role);
    return DeleteRoleResponse.builder().build();
  }

  private TagRoleResponse tagRole(TagRoleRequest request) {
    Stored<RoleDetail, RoleDetail.Builder> role = roles.get(request.roleName());
    role.tag(Faults.checkedTags(request.tags(), role.tags()));
    return TagRoleResponse.builder().build();
  }

  private UntagRoleResponse untagRole(UntagRoleRequest request) {
    roles.get(request.roleName()).untag(request.tagKeys());
    return UntagRoleResponse.builder().build();
  }

  private ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    List<Tag> tags = Tags.write(roles.get(request.roleName()).tags(), Tag::builder);
    Page<Tag> page = Faults.page(tags, request.maxItems(), request.marker());
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .marker(page.next())
        .isTruncated(page.next() != null)
        .build();
  }

  /** There are no instance profiles, but whoever deletes a role asks for them first. */
  private ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(roles.get(request.roleName()).model().instanceProfileList())
        .isTruncated(false)
        .build();
  }

  private static void checkMaxSession(@Nullable Integer seconds) {
    Faults.CONSTRAINTS.range(seconds, "maxSessionDuration", 3600, 43200);
  }

  /** A list says less of a role than GetRole does. */
  private static Role listed(Role role) {
    AttachedPermissionsBoundary noBoundary = null;
    List<Tag> noTags = null;
    return role.toBuilder().permissionsBoundary(noBoundary).tags(noTags).build();
  }

  private static Role role(Stored<RoleDetail, RoleDetail.Builder> stored) {
    RoleDetail detail = stored.view();
    return Role.builder()
        .path(detail.path())
        .roleName(detail.roleName())
        .roleId(detail.roleId())
        .arn(detail.arn())
        .createDate(detail.createDate())
        .assumeRolePolicyDocument(SdkHttpUtils.urlEncode(detail.assumeRolePolicyDocument()))
        .description(stored.hidden(DESCRIPTION).orElse(""))
        .maxSessionDuration(stored.hidden(MAX_SESSION).map(Integer::valueOf).orElse(3600))
        .permissionsBoundary(detail.permissionsBoundary())
        .tags(detail.tags())
        .build();
  }
}

package dev.pgbound.simulator.service.iam;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.world.Stored;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Managed policies of the account's own; each has the one version it was created with. */
final class PolicyOperations {

  private static final String FIRST_VERSION = "v1";

  private final Roles roles;
  private final ManagedPolicies policies;

  PolicyOperations(Roles roles, ManagedPolicies policies) {
    this.roles = roles;
    this.policies = policies;
  }

  void register(Operations operations) {
    operations
        .on("CreatePolicy", CreatePolicyRequest::builder, this::createPolicy)
        .on("GetPolicy", GetPolicyRequest::builder, this::getPolicy)
        .on("GetPolicyVersion", GetPolicyVersionRequest::builder, this::getPolicyVersion)
        .on("ListPolicyVersions", ListPolicyVersionsRequest::builder, this::listPolicyVersions)
        .on("DeletePolicy", DeletePolicyRequest::builder, this::deletePolicy);
  }

  private CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    String path = requireNonNullElse(request.path(), "/");
    Faults.checkName("policyName", request.policyName(), 128);
    Faults.checkPath(path);
    PolicyDocument.checkPermissions(request.policyDocument());
    Policy policy =
        Policy.builder()
            .policyName(request.policyName())
            .policyId("ANPA" + roles.ids().letters("ANPA", 17))
            .arn(ManagedPolicies.arn(path, request.policyName()))
            .path(path)
            .defaultVersionId(FIRST_VERSION)
            .permissionsBoundaryUsageCount(0)
            .isAttachable(true)
            .description(request.description())
            .createDate(roles.now())
            .updateDate(roles.now())
            .build();
    Stored<Policy, Policy.Builder> stored =
        policies.add(
            policy, request.policyDocument(), Faults.checkedTags(request.tags(), Map.of()));
    return CreatePolicyResponse.builder().policy(counted(stored.view())).build();
  }

  private GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return GetPolicyResponse.builder().policy(counted(policy(request.policyArn()))).build();
  }

  private GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    Policy policy = policy(request.policyArn());
    if (!FIRST_VERSION.equals(request.versionId())) {
      throw Faults.noSuchEntity(
          "Policy "
              + request.policyArn()
              + " version "
              + request.versionId()
              + " does not exist or is not attachable.");
    }
    return GetPolicyVersionResponse.builder()
        .policyVersion(version(policy).copy(v -> v.document(encodedDocument(request.policyArn()))))
        .build();
  }

  private ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    return ListPolicyVersionsResponse.builder()
        .versions(version(policy(request.policyArn())))
        .isTruncated(false)
        .build();
  }

  private DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    Policy policy = policy(request.policyArn());
    if (attachments(policy) > 0) {
      throw Faults.deleteConflict("Cannot delete a policy attached to entities.");
    }
    policies.own().filter(own -> own.arn().equals(policy.arn())).forEach(Stored::remove);
    return DeletePolicyResponse.builder().build();
  }

  private Policy policy(String arn) {
    ManagedPolicies.checkArn(arn);
    return policies
        .find(arn)
        .orElseThrow(() -> Faults.noSuchEntity("Policy " + arn + " was not found."));
  }

  private String encodedDocument(String arn) {
    return SdkHttpUtils.urlEncode(policies.document(arn).orElseThrow());
  }

  private Policy counted(Policy policy) {
    return policy.copy(p -> p.attachmentCount(attachments(policy)));
  }

  private int attachments(Policy policy) {
    return (int)
        roles.all().stream()
            .flatMap(role -> role.model().attachedManagedPolicies().stream())
            .filter(attached -> attached.policyArn().equals(policy.arn()))
            .count();
  }

  private static PolicyVersion version(Policy policy) {
    return PolicyVersion.builder()
        .versionId(FIRST_VERSION)
        .isDefaultVersion(true)
        .createDate(policy.createDate())
        .build();
  }
}

package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;

class IamTest {

  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Principal": {"Service": "dms.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
      """
          .strip();
  private static final String READ =
      """
      {"Version": "2012-10-17",
       "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}
      """
          .strip();
  private static final String VPC_MANAGEMENT =
      "arn:aws:iam::aws:policy/service-role/AmazonDMSVPCManagementRole";

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final IamClient iam = client(aws);

  private static IamClient client(SimulatedAws aws) {
    return Clients.client(IamClient.builder(), aws, Region.AWS_GLOBAL);
  }

  private Role create(String name) {
    return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST)).role();
  }

  private static String decoded(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  @Test
  void fillsInWhatARoleDoesNotSay() {
    create("dms-vpc-role");

    Role role = iam.getRole(r -> r.roleName("dms-vpc-role")).role();

    assertThat(role.arn()).isEqualTo("arn:aws:iam::123456789012:role/dms-vpc-role");
    assertThat(role.path()).isEqualTo("/");
    assertThat(role.roleId()).matches("AROA[A-Z0-9]{17}");
    assertThat(role.description()).isEmpty();
    assertThat(role.maxSessionDuration()).isEqualTo(3600);
    assertThat(role.createDate()).isEqualTo(aws.timeline().now());
    assertThat(role.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%20%22");
    assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
    assertThat(role.roleLastUsed()).isNotNull();
    assertThat(role.hasTags()).isFalse();
  }

  @Test
  void changesARoleInPlace() {
    String trust = TRUST.replace("dms", "rds");
    iam.createRole(
        r ->
            r.roleName("app")
                .path("/team/")
                .assumeRolePolicyDocument(TRUST)
                .permissionsBoundary("arn:aws:iam::aws:policy/ReadOnlyAccess")
                .tags(tag("a", "1"), tag("b", "2")));

    iam.updateRole(r -> r.roleName("app").description("Reads").maxSessionDuration(7200));
    iam.updateAssumeRolePolicy(r -> r.roleName("app").policyDocument(trust));
    iam.tagRole(r -> r.roleName("app").tags(tag("b", "3"), tag("c", "4")));
    iam.untagRole(r -> r.roleName("app").tagKeys("a"));

    Role role = iam.getRole(r -> r.roleName("app")).role();
    assertThat(role.arn()).isEqualTo("arn:aws:iam::123456789012:role/team/app");
    assertThat(role.description()).isEqualTo("Reads");
    assertThat(role.maxSessionDuration()).isEqualTo(7200);
    assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(trust);
    assertThat(role.permissionsBoundary().permissionsBoundaryArn()).endsWith("ReadOnlyAccess");
    assertThat(role.tags()).containsExactly(tag("b", "3"), tag("c", "4"));
    assertThat(iam.listRoleTags(r -> r.roleName("app")).tags()).isEqualTo(role.tags());

    iam.deleteRolePermissionsBoundary(r -> r.roleName("app"));
    iam.updateRoleDescription(r -> r.roleName("app").description("Writes"));
    role = iam.getRole(r -> r.roleName("app")).role();
    assertThat(role.permissionsBoundary()).isNull();
    assertThat(role.description()).isEqualTo("Writes");
  }

  @Test
  void listsLessOfARoleThanItGets() {
    iam.createRole(
        r -> r.roleName("one").path("/team/").assumeRolePolicyDocument(TRUST).tags(tag("a", "1")));
    create("two");

    List<Role> listed = iam.listRoles(r -> r.pathPrefix("/team/")).roles();

    assertThat(listed).extracting(Role::roleName).containsExactly("one");
    assertThat(listed.get(0).hasTags()).isFalse();
    assertThat(listed.get(0).roleLastUsed()).isNull();
  }

  @Test
  void pagesThroughRoles() {
    for (int i = 0; i < 7; i++) {
      create("role-" + i);
    }

    assertThat(iam.listRoles(r -> r.maxItems(3)).isTruncated()).isTrue();
    assertThat(iam.listRolesPaginator(r -> r.maxItems(3)).roles())
        .extracting(Role::roleName)
        .containsExactly("role-0", "role-1", "role-2", "role-3", "role-4", "role-5", "role-6");
    assertThat(
            iam
                .getAccountAuthorizationDetailsPaginator(r -> r.filter(EntityType.ROLE).maxItems(3))
                .stream())
        .hasSize(3);
  }

  @Test
  void keepsAttachedAndInlinePolicies() {
    create("dms-vpc-role");
    iam.attachRolePolicy(r -> r.roleName("dms-vpc-role").policyArn(VPC_MANAGEMENT));
    iam.attachRolePolicy(r -> r.roleName("dms-vpc-role").policyArn(VPC_MANAGEMENT));
    iam.putRolePolicy(r -> r.roleName("dms-vpc-role").policyName("read").policyDocument(READ));

    assertThat(iam.listAttachedRolePolicies(r -> r.roleName("dms-vpc-role")).attachedPolicies())
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.policyName()).isEqualTo("AmazonDMSVPCManagementRole");
              assertThat(policy.policyArn()).isEqualTo(VPC_MANAGEMENT);
            });
    assertThat(iam.listRolePolicies(r -> r.roleName("dms-vpc-role")).policyNames())
        .containsExactly("read");
    String document =
        iam.getRolePolicy(r -> r.roleName("dms-vpc-role").policyName("read")).policyDocument();
    assertThat(decoded(document)).isEqualTo(READ);

    RoleDetail detail =
        iam.getAccountAuthorizationDetails(r -> r.filter(EntityType.ROLE)).roleDetailList().get(0);
    assertThat(decoded(detail.assumeRolePolicyDocument())).isEqualTo(TRUST);
    assertThat(detail.attachedManagedPolicies()).hasSize(1);
    assertThat(detail.rolePolicyList())
        .containsExactly(
            PolicyDetail.builder().policyName("read").policyDocument(document).build());
  }

  @Test
  void deletesARoleOnlyWithoutPolicies() {
    create("busy");
    iam.attachRolePolicy(r -> r.roleName("busy").policyArn(VPC_MANAGEMENT));
    iam.putRolePolicy(r -> r.roleName("busy").policyName("read").policyDocument(READ));

    assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("busy")))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("must detach all policies first");
    iam.detachRolePolicy(r -> r.roleName("busy").policyArn(VPC_MANAGEMENT));
    assertThatThrownBy(() -> iam.deleteRole(r -> r.roleName("busy")))
        .isInstanceOf(DeleteConflictException.class)
        .hasMessageContaining("must delete policies first");
    iam.deleteRolePolicy(r -> r.roleName("busy").policyName("read"));
    iam.deleteRole(r -> r.roleName("busy"));

    assertThatThrownBy(() -> iam.getRole(r -> r.roleName("busy")))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("The role with name busy cannot be found.");
  }

  @Test
  void refusesASecondRoleWhoseNameDiffersInCaseOnly() {
    create("Role");

    assertThatThrownBy(() -> create("ROLE"))
        .isInstanceOf(EntityAlreadyExistsException.class)
        .hasMessageContaining("Role with name ROLE already exists.");
  }

  @Test
  void refusesWhatBreaksTheApisConstraints() {
    create("role");

    assertThatThrownBy(() -> create("no spaces"))
        .isInstanceOf(IamException.class)
        .hasMessageContaining("'roleName'");
    assertThatThrownBy(() -> create("x".repeat(65))).hasMessageContaining("equal to 64");
    assertThatThrownBy(() -> iam.updateRole(r -> r.roleName("role").maxSessionDuration(60)))
        .hasMessageContaining("'maxSessionDuration'");
    assertThatThrownBy(() -> iam.getRole(r -> {})).hasMessageContaining("'roleName'");
    assertThatThrownBy(() -> iam.createRole(r -> r.roleName("x")))
        .hasMessageContaining("Member must not be null");
    assertThatThrownBy(() -> iam.attachRolePolicy(r -> r.roleName("role").policyArn("short")))
        .hasMessageContaining("'policyArn'");
    assertThatThrownBy(() -> iam.listRoles(r -> r.marker("nowhere")))
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> iam.listRoles(r -> r.maxItems(0))).hasMessageContaining("'maxItems'");
    assertThatThrownBy(
            () -> iam.tagRole(r -> r.roleName("role").tags(tag("a", "1"), tag("a", "2"))))
        .isInstanceOf(InvalidInputException.class);
    List<Tag> tooMany = IntStream.range(0, 51).mapToObj(i -> tag("key" + i, "")).toList();
    assertThatThrownBy(() -> iam.tagRole(r -> r.roleName("role").tags(tooMany)))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void refusesPoliciesThatDoNotExist() {
    create("role");

    assertThatThrownBy(
            () -> iam.attachRolePolicy(r -> r.roleName("role").policyArn(VPC_MANAGEMENT + "X")))
        .isInstanceOf(NoSuchEntityException.class)
        .hasMessageContaining("does not exist or is not attachable.");
    assertThatThrownBy(
            () -> iam.attachRolePolicy(r -> r.roleName("role").policyArn("x".repeat(20))))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () -> iam.detachRolePolicy(r -> r.roleName("role").policyArn(VPC_MANAGEMENT)))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(() -> iam.getRolePolicy(r -> r.roleName("role").policyName("none")))
        .isInstanceOf(NoSuchEntityException.class);
    assertThatThrownBy(() -> iam.deleteRolePolicy(r -> r.roleName("role").policyName("none")))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void refusesMalformedDocuments() {
    assertMalformedTrust("{", "This policy contains invalid Json");
    assertMalformedTrust("[]", "This policy contains invalid Json");
    assertMalformedTrust(TRUST.replace("2012", "1999"), "valid version string");
    assertMalformedTrust(TRUST.replace("\"Allow\"", "\"Maybe\""), "Syntax errors in policy.");
    assertMalformedTrust(TRUST.replace("Principal", "NoPrincipal"), "field Principal");
    assertMalformedTrust(TRUST.replace("sts:AssumeRole", "s3:GetObject"), "only specify STS");
    assertMalformedTrust(
        TRUST.replace("dms.amazonaws.com", "dms"),
        "Invalid principal in policy: \"SERVICE\":\"dms");
    String missing = "arn:aws:iam::123456789012:role/missing";
    assertMalformedTrust(
        TRUST.replace("\"Service\": \"dms.amazonaws.com\"", "\"AWS\": \"" + missing + "\""),
        "Invalid principal in policy: \"AWS\":\"" + missing);

    create("role");
    assertMalformedInline("{}", "Syntax errors in policy.");
    assertMalformedInline(READ.replace("Action", "Nothing"), "must contain actions");
    assertMalformedInline(READ.replace("Resource", "Nothing"), "must contain resources");
    assertMalformedInline(READ.replace("s3:Get*", "GetObject"), "must be prefaced by a vendor");
    assertMalformedInline(TRUST, "should not specify a principal");
  }

  private void assertMalformedTrust(String document, String message) {
    assertThatThrownBy(
            () -> iam.createRole(r -> r.roleName("bad").assumeRolePolicyDocument(document)))
        .isInstanceOf(MalformedPolicyDocumentException.class)
        .hasMessageContaining(message);
  }

  private void assertMalformedInline(String document, String message) {
    assertThatThrownBy(
            () ->
                iam.putRolePolicy(
                    r -> r.roleName("role").policyName("bad").policyDocument(document)))
        .isInstanceOf(MalformedPolicyDocumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void keepsPoliciesOfTheAccountsOwn() {
    create("role");
    String arn =
        iam.createPolicy(p -> p.policyName("read").path("/team/").policyDocument(READ))
            .policy()
            .arn();
    assertThat(arn).isEqualTo("arn:aws:iam::123456789012:policy/team/read");
    iam.attachRolePolicy(r -> r.roleName("role").policyArn(arn));

    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount()).isOne();
    assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions()).hasSize(1);
    assertThat(
            iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v1")).policyVersion().document())
        .satisfies(document -> assertThat(decoded(document)).isEqualTo(READ));
    assertThatThrownBy(
            () -> iam.createPolicy(p -> p.policyName("read").path("/team/").policyDocument(READ)))
        .isInstanceOf(EntityAlreadyExistsException.class);
    assertThatThrownBy(() -> iam.deletePolicy(r -> r.policyArn(arn)))
        .isInstanceOf(DeleteConflictException.class);
    iam.detachRolePolicy(r -> r.roleName("role").policyArn(arn));
    iam.deletePolicy(r -> r.policyArn(arn));
    assertThatThrownBy(() -> iam.getPolicy(r -> r.policyArn(arn)))
        .isInstanceOf(NoSuchEntityException.class);
  }

  @Test
  void knowsThePoliciesThatAwsHasMade() {
    for (String name :
        List.of(
            "AmazonDMSVPCManagementRole",
            "AmazonDMSCloudWatchLogsRole",
            "AmazonDMSRedshiftS3Role",
            "AmazonRDSEnhancedMonitoringRole")) {
      String arn = "arn:aws:iam::aws:policy/service-role/" + name;

      assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().policyName()).isEqualTo(name);
      assertThat(
              iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v1"))
                  .policyVersion()
                  .document())
          .contains("%22Action%22");
    }
  }

  @Test
  void showsTheSameRolesInEveryRegionAndAfterReopening(@TempDir Path folder) throws IOException {
    RoleDetail before;
    try (SimulatedAws first = SimulatedAws.open(folder)) {
      IamClient client = client(first);
      client.createRole(
          r -> r.roleName("role").assumeRolePolicyDocument(TRUST).tags(tag("a", "1")));
      client.attachRolePolicy(r -> r.roleName("role").policyArn(VPC_MANAGEMENT));
      before = client.getAccountAuthorizationDetails().roleDetailList().get(0);
    }
    try (SimulatedAws second = SimulatedAws.open(folder)) {
      IamClient client = Clients.client(IamClient.builder(), second, Region.EU_WEST_1);
      assertThat(client.getAccountAuthorizationDetails().roleDetailList()).containsExactly(before);
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}

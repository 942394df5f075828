package dev.pgbound.simulator.service.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.VirtualTime;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;

class VisibleRolesTest {

  private static final String ARN = "arn:aws:iam::123456789012:role/dms-vpc-role";
  private static final String TRUST =
      """
      {"Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
       "Principal": {"Service": ["dms.amazonaws.com", "rds.amazonaws.com"]}}]}
      """;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world = new World(time);
  private final Roles roles = new Roles(world);
  private final VisibleRoles visible = new VisibleRoles(world);

  @BeforeEach
  void begin() {
    world.begin("us-east-1");
  }

  private Stored<RoleDetail, RoleDetail.Builder> create() {
    return roles.create(
        RoleDetail.builder()
            .roleName("dms-vpc-role")
            .arn(ARN)
            .assumeRolePolicyDocument(TRUST)
            .attachedManagedPolicies(List.of())
            .rolePolicyList(List.of())
            .build(),
        Map.of());
  }

  private void pass(Duration duration) throws InterruptedException {
    time.sleep(duration);
    world.begin("eu-west-1");
  }

  @Test
  void showsARoleOnlyAfterAWhile() throws InterruptedException {
    create();

    assertThat(visible.find("dms-vpc-role")).isEmpty();
    assertThat(visible.isAssumableBy(ARN, "dms.amazonaws.com")).isFalse();
    pass(VisibleRoles.DELAY);

    assertThat(visible.find("dms-vpc-role")).map(RoleDetail::arn).hasValue(ARN);
    assertThat(visible.find(ARN)).isPresent();
    assertThat(visible.find("dms")).isEmpty();
    assertThat(visible.isAssumableBy(ARN, "dms.amazonaws.com")).isTrue();
    assertThat(visible.isAssumableBy("dms-vpc-role", "ec2.amazonaws.com")).isFalse();
  }

  @Test
  void showsEveryChangeAWhileAfterItWasMade() throws InterruptedException {
    Stored<RoleDetail, RoleDetail.Builder> role = create();
    pass(Duration.ofSeconds(5));
    roles.change(role, r -> r.attachedManagedPolicies(policy("AmazonDMSVPCManagementRole")));
    pass(Duration.ofSeconds(7));

    assertThat(visible.find(ARN)).isPresent();
    assertThat(visible.permits(ARN, "ec2:CreateNetworkInterface")).isFalse();
    pass(Duration.ofSeconds(5));
    assertThat(visible.permits(ARN, "ec2:CreateNetworkInterface")).isTrue();
    assertThat(visible.permits(ARN, "logs:PutLogEvents")).isFalse();

    roles.change(role, r -> r.assumeRolePolicyDocument(TRUST.replace("dms", "ec2")));
    assertThat(visible.isAssumableBy(ARN, "dms.amazonaws.com")).isTrue();
    pass(VisibleRoles.DELAY);
    assertThat(visible.isAssumableBy(ARN, "dms.amazonaws.com")).isFalse();
  }

  @Test
  void showsADeletedRoleForAWhileAndItsSuccessorAWhileLater() throws InterruptedException {
    Stored<RoleDetail, RoleDetail.Builder> role = create();
    pass(VisibleRoles.DELAY);
    roles.delete(role);
    assertThat(visible.find(ARN)).isPresent();
    pass(Duration.ofSeconds(3));

    create();
    assertThat(visible.find(ARN)).isEmpty();
    pass(VisibleRoles.DELAY);
    assertThat(visible.find(ARN)).isPresent();
    roles.delete(roles.get("dms-vpc-role"));
    pass(VisibleRoles.DELAY);
    assertThat(visible.find(ARN)).isEmpty();
  }

  @Test
  void weighsInlinePoliciesAsTheirLanguageSays() throws InterruptedException {
    Stored<RoleDetail, RoleDetail.Builder> role = create();
    roles.change(
        role,
        r ->
            r.rolePolicyList(
                inline("a", "Allow", "Action", "S3:get*"),
                inline("b", "Deny", "Action", "s3:GetAcl"),
                inline("c", "Allow", "NotAction", "s3:*")));
    pass(VisibleRoles.DELAY);

    assertThat(visible.permits(ARN, "s3:GetObject")).isTrue();
    assertThat(visible.permits(ARN, "s3:GetAcl")).isFalse();
    assertThat(visible.permits(ARN, "s3:PutObject")).isFalse();
    assertThat(visible.permits(ARN, "ec2:DescribeVpcs")).isTrue();
  }

  private static PolicyDetail inline(String name, String effect, String member, String action) {
    String document =
        String.format(
            Locale.ROOT,
            """
        {"Statement": {"Effect": "%s", "%s": "%s", "Resource": "*"}}
        """,
            effect,
            member,
            action);
    return PolicyDetail.builder().policyName(name).policyDocument(document).build();
  }

  private static AttachedPolicy policy(String name) {
    return AttachedPolicy.builder()
        .policyName(name)
        .policyArn("arn:aws:iam::aws:policy/service-role/" + name)
        .build();
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/**
 * Reads IAM roles together with their policies. GetAccountAuthorizationDetails brings everything
 * about all roles but their description and their session length, which ListRoles brings. Policy
 * documents come URL-encoded.
 */
final class Roles {

  /** The most that IAM returns at once. */
  private static final int PAGE = 1000;

  private final IamClient iam;
  private final ResourceSchema schema;

  Roles(IamClient iam, ResourceSchema schema) {
    this.iam = iam;
    this.schema = schema;
  }

  /** All roles of the account, without description and session length. */
  List<Live> all() {
    return iam
        .getAccountAuthorizationDetailsPaginator(r -> r.filter(EntityType.ROLE).maxItems(PAGE))
        .stream()
        .flatMap(page -> page.roleDetailList().stream())
        .map(this::live)
        .toList();
  }

  /** All roles of the account, by name, with description and session length. */
  Map<String, Fields> listed() {
    return iam.listRolesPaginator(r -> r.maxItems(PAGE)).roles().stream()
        .collect(Collectors.toMap(Role::roleName, Shapes::read, (one, other) -> one, TreeMap::new));
  }

  /** The role of this name with everything that IAM knows about it, call by call. */
  Optional<Live> find(String name) {
    List<Role> role = Absence.asEmpty(() -> List.of(get(name)).stream());
    return role.stream().findFirst().map(this::complete);
  }

  /** The names of the inline policies. */
  List<String> inlinePolicies(String name) {
    return iam.listRolePoliciesPaginator(r -> r.roleName(name)).policyNames().stream().toList();
  }

  /** The managed policies that are attached. */
  List<AttachedPolicy> attachedPolicies(String name) {
    return iam.listAttachedRolePoliciesPaginator(r -> r.roleName(name)).attachedPolicies().stream()
        .toList();
  }

  private Role get(String name) {
    return iam.getRole(r -> r.roleName(name)).role();
  }

  private Live complete(Role role) {
    String name = role.roleName();
    Map<String, Value> inline = new TreeMap<>();
    for (String policy : inlinePolicies(name)) {
      var answer = iam.getRolePolicy(r -> r.roleName(name).policyName(policy));
      inline.put(policy, document(answer.policyDocument()));
    }
    return live(Shapes.read(role), attachedPolicies(name), inline, Tags.read(role.tags()));
  }

  private Live live(RoleDetail role) {
    Map<String, Value> inline =
        role.rolePolicyList().stream()
            .collect(
                Collectors.toMap(
                    PolicyDetail::policyName,
                    policy -> document(policy.policyDocument()),
                    (one, other) -> one,
                    TreeMap::new));
    return live(Shapes.read(role), role.attachedManagedPolicies(), inline, Tags.read(role.tags()));
  }

  private Live live(
      Fields role,
      List<AttachedPolicy> attached,
      Map<String, Value> inline,
      Map<String, String> tags) {
    List<String> arns = attached.stream().map(AttachedPolicy::policyArn).sorted().toList();
    Fields read =
        role.without("permissionsBoundary")
            .with("managedPolicyArns", Value.of(arns))
            .with("inlinePolicies", new Fields(inline));
    read =
        with(
            read,
            "assumeRolePolicyDocument",
            role.text("assumeRolePolicyDocument"),
            Roles::document);
    read =
        with(
            read,
            "permissionsBoundary",
            role.fields("permissionsBoundary").text("permissionsBoundaryArn"),
            Value::of);
    return Lives.of(schema, read, tags, Live.Health.READY);
  }

  private static Fields with(
      Fields fields, String name, Optional<String> text, Function<String, Value> form) {
    return text.map(value -> fields.with(name, form.apply(value))).orElse(fields);
  }

  private static Value document(String encoded) {
    String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    return Json.parse(text).orElse(Value.of(text));
  }
}

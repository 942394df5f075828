package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Context;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;

/**
 * A role that a service of AWS works under. Policies that others have attached are left alone: a
 * role may serve a whole account. A role without all its policies is completed by an update.
 */
final class IamRoleType implements AwsType {

  private static final String NAME = "roleName";
  private static final String TRUST = "assumeRolePolicyDocument";
  private static final String MANAGED = "managedPolicyArns";
  private static final String INLINE = "inlinePolicies";
  private static final String BOUNDARY = "permissionsBoundary";

  /** What only ListRoles and GetRole tell. */
  private static final List<String> LISTED = List.of("description", "maxSessionDuration");

  private static final String WEAKENS = "What works under the role may lose permissions.";
  private static final String FORGETS =
      "What works under the role fails until it names the new one.";

  private final Aws aws;
  private final ResourceSchema schema =
      AwsSchema.of("iam-role", "A role that a service of AWS works under.", CreateRoleRequest.class)
          .namedBy(NAME, Normalizers::same)
          .describe(NAME, "Name of the role, unique in the account.")
          .describe("path", "Path of the role; `/` if not declared.")
          .immutable(Impact.INTERRUPTS, FORGETS, NAME, "path")
          .describe(TRUST, "Who may take the role, as a policy document.")
          .type(Type.any(), TRUST)
          .normalized(Normalizers::policy, TRUST)
          .satisfiedBy(Value::equals, TRUST)
          .required(TRUST)
          .describe("description", "What the role is for.")
          .describe("maxSessionDuration", "Seconds that a session may last, 3600 to 43200.")
          .type(Type.integer(3600, 43200), "maxSessionDuration")
          .describe(BOUNDARY, "ARN of the policy that limits the permissions of the role.")
          .inPlace(Impact.NONE, "", "description", "maxSessionDuration")
          .inPlace(Impact.NONE, WEAKENS, TRUST, BOUNDARY)
          .add(
              Attribute.named(
                      MANAGED,
                      Type.keyedPartial(Type.text()),
                      "Managed policies that must be attached; others are left alone.")
                  .impact(Impact.NONE, WEAKENS))
          .add(
              Attribute.named(
                      INLINE,
                      Type.map(Type.any()),
                      "Policy documents of the role itself, by name; others are left alone.")
                  .impact(Impact.NONE, WEAKENS)
                  .normalizedBy(IamRoleType::normalPolicies)
                  .satisfiedBy(IamRoleType::holds))
          .output("arn", "The ARN.")
          .output("roleId", "The unique identifier, which AWS chooses.")
          .deletion(Impact.INTERRUPTS, "What works under the role fails.")
          .build();

  IamRoleType(Aws aws) {
    this.aws = aws;
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  /** The tagging API does not know roles. */
  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.empty();
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    boolean needsList =
        query.wanted().stream().anyMatch(w -> LISTED.stream().anyMatch(w.desired()::has));
    return aws.discovery()
        .tagged(query, schema, name -> name.map(this::named).orElseGet(() -> all(needsList)));
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return Discovery.lookup(
        selector, schema, name -> name.map(this::named).orElseGet(() -> all(false)));
  }

  /** The roles that DMS knows by their names serve the whole account. */
  @Override
  public Fields describe(Live live) {
    Fields said =
        Description.of(schema, live)
            .unless("path", "/")
            .unless("maxSessionDuration", 3600)
            .fields();
    if (!DmsRoleCheck.isOfAccount(live.identifier())) {
      return said;
    }
    Fields shared = Fields.NONE.with("shared", Value.of(true));
    for (Map.Entry<String, Value> entry : said.fields().entrySet()) {
      shared = shared.with(entry.getKey(), entry.getValue());
    }
    return shared;
  }

  @Override
  public Optional<String> objection(Live live, Context context) {
    return live.attributes()
        .text("path")
        .filter(path -> path.startsWith("/aws-service-role/"))
        .map(path -> "a service of AWS makes and deletes it");
  }

  @Override
  public Live create(Fields desired, Context context) {
    String name = desired.text(NAME).orElseThrow();
    Fields request = Tags.forCreation(desired, context).without(MANAGED).without(INLINE);
    retrying(context, () -> iam().createRole(r -> Shapes.fill(r, request)));
    Lifecycle.<Live>visible().awaitReady(context, "iam-role " + name, () -> roles().find(name));
    attach(name, desired, List.of());
    putInline(name, desired);
    return read(name);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String name = prior.identifier();
    Live now = read(name);
    if (changed.contains(TRUST)) {
      Fields trust = Fields.NONE.with("policyDocument", desired.get(TRUST).orElseThrow());
      retrying(
          context, () -> iam().updateAssumeRolePolicy(r -> Shapes.fill(r.roleName(name), trust)));
    }
    if (LISTED.stream().anyMatch(changed::contains)) {
      // the call resets what it is not given
      Fields both = overlaid(now.attributes().only(LISTED), desired.only(LISTED));
      iam().updateRole(r -> Shapes.fill(r.roleName(name), both));
    }
    if (changed.contains(BOUNDARY)) {
      Fields boundary = desired.only(List.of(BOUNDARY));
      iam().putRolePermissionsBoundary(r -> Shapes.fill(r.roleName(name), boundary));
    }
    if (changed.contains(MANAGED)) {
      attach(name, desired, now.attributes().texts(MANAGED));
    }
    if (changed.contains(INLINE)) {
      putInline(name, desired);
    }
    aws.tags().iamRoles().complete(name, prior, desired, context);
    return read(name);
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String name = prior.identifier();
    Removal.retrying(
        context,
        "iam-role " + name,
        AwsErrors.code("ConcurrentModification"),
        () -> {
          for (AttachedPolicy policy : roles().attachedPolicies(name)) {
            Absence.asSuccess(
                () -> iam().detachRolePolicy(r -> r.roleName(name).policyArn(policy.policyArn())));
          }
          for (String policy : roles().inlinePolicies(name)) {
            Absence.asSuccess(
                () -> iam().deleteRolePolicy(r -> r.roleName(name).policyName(policy)));
          }
          iam().deleteRole(r -> r.roleName(name));
        });
  }

  @Override
  public void check(Declared resource, Problems problems) {
    Fields role = resource.attributes();
    role.get(TRUST).ifPresent(document -> checkDocument(TRUST, document, problems));
    role.fields(INLINE)
        .fields()
        .forEach((name, document) -> checkDocument(INLINE + "." + name, document, problems));
    role.text(NAME).ifPresent(name -> DmsRoleCheck.run(name, role, problems));
  }

  private static void checkDocument(String path, Value document, Problems problems) {
    boolean isDocument =
        document instanceof Value.Text text
            ? Json.parse(text.text()).filter(Fields.class::isInstance).isPresent()
            : document instanceof Fields || document.isUnknown();
    if (!isDocument) {
      IamFinding.NOT_A_DOCUMENT.report(problems, path);
    }
  }

  private List<Live> named(String name) {
    return roles().find(name).stream().toList();
  }

  private List<Live> all(boolean needsList) {
    List<Live> all = roles().all();
    if (!needsList) {
      return all;
    }
    Map<String, Fields> listed = roles().listed();
    return all.stream()
        .map(
            role -> {
              Fields more = listed.getOrDefault(role.identifier(), Fields.NONE).only(LISTED);
              return new Live(
                  role.identifier(), overlaid(role.attributes(), more), role.tags(), role.health());
            })
        .toList();
  }

  private Live read(String name) {
    return roles().find(name).orElseThrow(() -> Absence.vanished("iam-role", name));
  }

  private void attach(String name, Fields desired, List<String> attached) {
    for (String arn : desired.texts(MANAGED)) {
      if (!attached.contains(arn)) {
        iam().attachRolePolicy(r -> r.roleName(name).policyArn(arn));
      }
    }
  }

  private void putInline(String name, Fields desired) {
    desired
        .fields(INLINE)
        .fields()
        .forEach(
            (policy, document) -> {
              Fields content = Fields.NONE.with("policyDocument", document);
              iam().putRolePolicy(r -> Shapes.fill(r.roleName(name).policyName(policy), content));
            });
  }

  /** A principal that was made a moment ago is unknown to IAM for a while. */
  private static <T> void retrying(Context context, Supplier<T> call) {
    context.retrying(
        "the principals of the trust policy to become visible to IAM",
        Patience.brief(IamRoleType::passes),
        call);
  }

  private static boolean passes(ResourceException e) {
    return e.code().equals("ConcurrentModification")
        || (e.code().equals("MalformedPolicyDocument")
            && e.getMessage().toLowerCase(Locale.ROOT).contains("invalid principal"));
  }

  private static Fields overlaid(Fields below, Fields above) {
    Map<String, Value> all = new TreeMap<>(below.fields());
    all.putAll(above.fields());
    return new Fields(all);
  }

  private static Value normalPolicies(Value policies) {
    if (!(policies instanceof Fields byName)) {
      return policies;
    }
    Map<String, Value> normal = new TreeMap<>();
    byName.fields().forEach((name, policy) -> normal.put(name, Normalizers.policy(policy)));
    return new Fields(normal);
  }

  /** Whether all declared policies are there, each exactly as declared. */
  private static boolean holds(Value declared, Value live) {
    return declared instanceof Fields wanted
        && live instanceof Fields there
        && there.fields().entrySet().containsAll(wanted.fields().entrySet());
  }

  private Roles roles() {
    return new Roles(iam(), schema);
  }

  private IamClient iam() {
    return aws.clients().iam();
  }
}

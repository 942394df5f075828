package dev.pgbound.aws;

import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.Monitor;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The AWS resource types. */
public final class AwsProvider implements Provider {

  private static final ArnKind SECRET = new ArnKind("secretsmanager", "secret:");

  private final AwsClients clients;
  private final TagIndex index;
  private final List<AwsType> types;

  /**
   * @param listener hears of every API call
   */
  public AwsProvider(AwsSettings settings, CallListener listener) {
    WriteCounter writes = new WriteCounter();
    clients = new AwsClients(settings, List.of(writes, listener));
    index = new TagIndex(clients, writes);
    Discovery discovery = new Discovery(index);
    types =
        types(
            new Aws(
                clients,
                discovery,
                new TagStores(clients),
                new Users(clients, discovery),
                new Keys(clients)));
  }

  /** All types, in the order of the reference. */
  private static List<AwsType> types(Aws aws) {
    DmsTaskType tasks = new DmsTaskType(aws);
    return List.of(
        new VpcType(aws),
        new SubnetType(aws),
        new InternetGatewayType(aws),
        new RouteTableType(aws),
        new SecurityGroupType(aws),
        new VpcEndpointType(aws),
        new DbSubnetGroupType(aws),
        new DbClusterParameterGroupType(aws),
        new DbClusterType(aws),
        new DbInstanceType(aws),
        new IamRoleType(aws),
        new SecretType(aws),
        new DmsSubnetGroupType(aws),
        new DmsInstanceType(aws),
        new DmsEndpointType(aws),
        new DmsConnectionTestType(aws),
        tasks,
        tasks.fullLoad(),
        new DmsServerlessType(aws),
        new DmsCertificateType(aws),
        new DmsEventSubscriptionType(aws),
        new SnsTopicType(aws),
        new CloudWatchAlarmType(aws),
        new LogGroupType(aws));
  }

  @Override
  public List<ResourceType> types() {
    return List.copyOf(types);
  }

  @Override
  public Account account() {
    GetCallerIdentityResponse identity = clients.sts().getCallerIdentity();
    String partition = identity.arn().split(":", 3)[1];
    return new Account(identity.account(), clients.region(), partition);
  }

  /** A secret of Secrets Manager that holds a JSON object, named by its ARN. */
  @Override
  public Optional<Value.Fields> secret(String reference) {
    if (!SECRET.matches(reference)) {
      return Optional.empty();
    }
    String text =
        clients.secretsManager().getSecretValue(r -> r.secretId(reference)).secretString();
    Value value = Json.parse(text == null ? "" : text).orElse(Value.Null.INSTANCE);
    if (!(value instanceof Value.Fields)) {
      throw new ResourceException(
          ResourceException.Kind.INVALID_REQUEST,
          "NotAnObject",
          "The secret " + reference + " does not hold a JSON object with named values.");
    }
    return Optional.of((Value.Fields) value.mapLeaves(leaf -> new Value.Secret(leaf.toString())));
  }

  /**
   * Looks into the tagging API, which begins a new discovery. Tagged types that it does not know
   * are always in the answer.
   */
  @Override
  public Set<String> ownedTypes(String migration) {
    Set<String> owned = new TreeSet<>();
    types.stream()
        .filter(type -> type.arnKind().isEmpty())
        .filter(type -> type.schema().ownership() == Ownership.TAGGED)
        .forEach(type -> owned.add(type.schema().type()));
    index
        .refresh(migration)
        .forEach(
            (arn, tags) ->
                types.stream()
                    .filter(type -> type.arnKind().filter(kind -> kind.matches(arn)).isPresent())
                    .forEach(type -> owned.add(type.schema().type())));
    return owned;
  }

  @Override
  public Optional<LockStore> locks() {
    return Optional.of(new SsmLocks(clients));
  }

  @Override
  public Optional<Monitor> monitor() {
    return Optional.of(new AwsMonitor(clients, index));
  }

  @Override
  public void close() {
    clients.close();
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.ResourceSchema.Ownership;
import dev.pgbound.spi.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The AWS resource types. */
public final class AwsProvider implements Provider {

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
    types =
        types(new Aws(clients, new Discovery(index), new TagStores(clients), new Keys(clients)));
  }

  /** All types, in the order of the reference. */
  private static List<AwsType> types(Aws aws) {
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
        new DmsTaskType(aws),
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
  public void close() {
    clients.close();
  }
}

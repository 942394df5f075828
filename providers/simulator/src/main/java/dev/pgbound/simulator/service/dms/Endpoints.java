package dev.pgbound.simulator.service.dms;

import static java.util.Objects.requireNonNullElse;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.world.Stored;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointResponse;
import software.amazon.awssdk.services.databasemigration.model.DeleteEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.DeleteEndpointResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.databasemigration.model.DmsSslModeValue;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import software.amazon.awssdk.services.databasemigration.model.ModifyEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.ModifyEndpointResponse;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/** Endpoints. They are active as soon as they are created. */
final class Endpoints {

  private static final String ACTIVE = "active";
  private static final String MODIFYING = "modifying";
  private static final String DELETING = "deleting";

  private static final Duration UNTIL_MODIFIED = Duration.ofSeconds(5);
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);

  private static final Set<DmsSslModeValue> NEEDS_CERTIFICATE =
      Set.of(DmsSslModeValue.VERIFY_CA, DmsSslModeValue.VERIFY_FULL);
  private static final Set<DmsSslModeValue> ORACLE_MODES =
      Set.of(DmsSslModeValue.NONE, DmsSslModeValue.VERIFY_CA);

  private static final int LONGEST_IDENTIFIER = 255;

  private final DmsStore store;
  private final ServiceRoles roles;
  private final KeyArns keys;
  private final Connections connections;

  Endpoints(DmsStore store, ServiceRoles roles, KeyArns keys, Connections connections) {
    this.store = store;
    this.roles = roles;
    this.keys = keys;
    this.connections = connections;
  }

  void register(Operations operations) {
    operations
        .on("CreateEndpoint", CreateEndpointRequest::builder, this::create)
        .on("DescribeEndpoints", DescribeEndpointsRequest::builder, this::describe)
        .on("ModifyEndpoint", ModifyEndpointRequest::builder, this::modify)
        .on("DeleteEndpoint", DeleteEndpointRequest::builder, this::delete);
  }

  /** Refuses an endpoint that is about to be gone. */
  static void requireUsable(Endpoint endpoint) {
    if (endpoint.status().equals(DELETING)) {
      throw Refusals.invalidState("Endpoint " + endpoint.endpointArn() + " is being deleted.");
    }
  }

  private CreateEndpointResponse create(CreateEndpointRequest request) {
    EndpointEngine engine =
        EndpointEngine.named(Refusals.required(request.engineName(), "EngineName"));
    String identifier = identifier(request.endpointIdentifier());
    EndpointMembers members = EndpointMembers.sent(engine, request);
    String arn =
        store
            .world()
            .arn(
                "dms",
                "endpoint:"
                    + Identifiers.arnPart(request.resourceIdentifier(), store.world().ids()));
    members
        .set("EndpointArn", arn)
        .set("EndpointIdentifier", identifier)
        .set("EndpointType", type(engine, request.endpointType()))
        .set("EngineDisplayName", engine.displayName())
        .set("Status", ACTIVE)
        .set("SslMode", requireNonNullElse(request.sslModeAsString(), "none"))
        .set("KmsKeyId", key(engine, request.kmsKeyId()));
    members.checkPassword();
    members.check();
    SortedMap<String, String> secrets = members.removeSecrets();
    Stored<Endpoint, Endpoint.Builder> endpoint =
        store.endpoints().add(arn, checked(members), request.tags());
    secrets.forEach(endpoint::hide);
    return CreateEndpointResponse.builder().endpoint(endpoint.view()).build();
  }

  /** The endpoint that these members make, if others in the account let it be one. */
  private Endpoint checked(EndpointMembers members) {
    Endpoint endpoint = Endpoint.builder().applyMutation(members::applyTo).build();
    if (members.usesSecret()) {
      roles.requireTrustOf(members.setting(EndpointMembers.SECRET_ROLE).asString());
    }
    checkEncryption(members.engine(), endpoint);
    return endpoint;
  }

  private void checkEncryption(EndpointEngine engine, Endpoint endpoint) {
    if (!DmsSslModeValue.knownValues().contains(endpoint.sslMode())) {
      throw Refusals.invalidValue("Invalid SSL mode: " + endpoint.sslModeAsString());
    }
    if (engine == EndpointEngine.ORACLE && !ORACLE_MODES.contains(endpoint.sslMode())) {
      throw Refusals.invalidValue(
          "SSL mode " + endpoint.sslModeAsString() + " is not supported for engine oracle.");
    }
    if (NEEDS_CERTIFICATE.contains(endpoint.sslMode()) && endpoint.certificateArn() == null) {
      throw Refusals.invalidCombination(
          "A certificate is required for SSL mode " + endpoint.sslModeAsString() + ".");
    }
    if (endpoint.certificateArn() != null) {
      store.certificates().get(endpoint.certificateArn(), "CertificateArn");
    }
  }

  private DescribeEndpointsResponse describe(DescribeEndpointsRequest request) {
    Page<Endpoint> page =
        store
            .endpoints()
            .describe(
                new PageRequest(request.filters(), request.maxRecords(), request.marker()),
                Stored::view);
    return DescribeEndpointsResponse.builder().endpoints(page.items()).marker(page.next()).build();
  }

  private ModifyEndpointResponse modify(ModifyEndpointRequest request) {
    Stored<Endpoint, Endpoint.Builder> endpoint = get(request.endpointArn());
    requireUsable(endpoint.model());
    refuseWhileRunning(endpoint.arn());
    EndpointMembers live = EndpointMembers.live(endpoint.model());
    EndpointEngine engine =
        request.engineName() == null ? live.engine() : EndpointEngine.named(request.engineName());
    EndpointMembers sent = EndpointMembers.sent(engine, request);
    if (renames(request, endpoint.model())) {
      sent.set("EndpointIdentifier", identifier(request.endpointIdentifier()));
    } else {
      sent.remove("EndpointIdentifier");
    }
    if (request.endpointType() != null) {
      sent.set("EndpointType", type(engine, request.endpointType()));
    }
    sent.set("EngineDisplayName", engine.displayName()).set("Status", MODIFYING);
    EndpointMembers changed =
        live.changedBy(sent, requireNonNullElse(request.exactSettings(), false));
    if (live.usesSecret()) {
      changed.checkPassword();
    }
    changed.check();
    changed.removeSecrets().forEach(endpoint::hide);
    checked(changed);
    endpoint.update(changed::applyTo);
    endpoint.after(UNTIL_MODIFIED, builder -> builder.status(ACTIVE));
    connections.retest(endpoint);
    return ModifyEndpointResponse.builder().endpoint(endpoint.view()).build();
  }

  private DeleteEndpointResponse delete(DeleteEndpointRequest request) {
    Stored<Endpoint, Endpoint.Builder> endpoint = get(request.endpointArn());
    requireUsable(endpoint.model());
    if (store.tasks().any(task -> uses(task, endpoint.arn()))) {
      throw Refusals.invalidState(
          "Endpoint " + endpoint.arn() + " is part of one or more ReplicationTasks.");
    }
    if (store.replicationConfigs().any(config -> uses(config, endpoint.arn()))) {
      throw Refusals.invalidState(
          "Endpoint " + endpoint.arn() + " is part of one or more ReplicationConfigs.");
    }
    endpoint.cancel();
    endpoint.update(builder -> builder.status(DELETING));
    endpoint.removeAfter(UNTIL_GONE);
    connections.removeAfter(UNTIL_GONE, endpoint);
    return DeleteEndpointResponse.builder().endpoint(endpoint.view()).build();
  }

  /** Refuses an endpoint that cannot be that end of a task. */
  static void require(DmsStore store, String arn, ReplicationEndpointTypeValue type) {
    Endpoint endpoint = store.endpoints().get(arn, type + "EndpointArn").model();
    requireUsable(endpoint);
    if (!endpoint.endpointTypeAsString().equalsIgnoreCase(type.toString())) {
      throw Refusals.invalidValue(
          "ReplicationEngineType [name=%s, externalName=%s] endpoint must be of type %s",
          endpoint.engineName(), endpoint.engineDisplayName(), type.name());
    }
  }

  private void refuseWhileRunning(String arn) {
    if (store.tasks().any(task -> uses(task, arn) && TaskStatus.of(task).isActive())) {
      throw Refusals.invalidState(
          "Endpoint " + arn + " cannot be modified while a replication task that uses it runs.");
    }
    if (store
        .replications()
        .any(each -> uses(each, arn) && ReplicationStatus.of(each).isActive())) {
      throw Refusals.invalidState(
          "Endpoint " + arn + " cannot be modified while a replication that uses it runs.");
    }
  }

  private static boolean uses(ReplicationConfig config, String arn) {
    return config.sourceEndpointArn().equals(arn) || config.targetEndpointArn().equals(arn);
  }

  private static boolean uses(Replication replication, String arn) {
    return replication.sourceEndpointArn().equals(arn)
        || replication.targetEndpointArn().equals(arn);
  }

  private static boolean uses(ReplicationTask task, String arn) {
    return task.sourceEndpointArn().equals(arn) || task.targetEndpointArn().equals(arn);
  }

  private String identifier(String sent) {
    String identifier = Identifiers.lowerCase(sent, "EndpointIdentifier", LONGEST_IDENTIFIER);
    store.endpoints().refuseSecond(e -> e.endpointIdentifier().equals(identifier), identifier);
    return identifier;
  }

  private static boolean renames(ModifyEndpointRequest request, Endpoint live) {
    String wanted = request.endpointIdentifier();
    return wanted != null && !wanted.equalsIgnoreCase(live.endpointIdentifier());
  }

  /** Requests have the type in lower case, answers in upper case. */
  private static String type(EndpointEngine engine, @Nullable ReplicationEndpointTypeValue sent) {
    ReplicationEndpointTypeValue type = Refusals.required(sent, "EndpointType");
    if (!engine.ends().contains(type)) {
      throw Refusals.invalidValue("Engine %s cannot be a %s.", engine.engineName(), type);
    }
    return type.toString().toUpperCase(Locale.ROOT);
  }

  private @Nullable String key(EndpointEngine engine, @Nullable String sent) {
    return engine == EndpointEngine.S3 && sent == null ? null : keys.resolve(sent);
  }

  private Stored<Endpoint, Endpoint.Builder> get(String arn) {
    return store.endpoints().get(arn, "EndpointArn");
  }
}

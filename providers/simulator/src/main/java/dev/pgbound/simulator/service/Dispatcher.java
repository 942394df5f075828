package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.JsonProtocol;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.wire.Models;
import dev.pgbound.simulator.wire.Protocol;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import dev.pgbound.simulator.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.node.ObjectNode;

/** Finds the operation that a request calls and has it answered; one request at a time. */
public final class Dispatcher {

  /** Services without a name of the operation in their requests, and with XML in their answers. */
  private static final Set<String> REST_XML = Set.of("s3", "route53", "cloudfront");

  private final World world;
  private final SortedMap<String, Operations> services = new TreeMap<>();
  private final JsonProtocol json = new JsonProtocol();
  private final List<CallHook> hooks = new ArrayList<>();
  private final SortedMap<String, Integer> missing = new TreeMap<>();

  /** Answers for these services. */
  public Dispatcher(World world, List<Operations> services) {
    this.world = world;
    services.forEach(service -> this.services.put(service.service(), service));
  }

  /** The services by signing name. */
  public Collection<Operations> services() {
    return Collections.unmodifiableCollection(services.values());
  }

  /** Has {@code hook} see every call from now on; hooks run in the order they were added. */
  public synchronized void add(CallHook hook) {
    hooks.add(hook);
  }

  /**
   * Answers a request; a refusal is an answer, too.
   *
   * @throws CallLost when a hook wants no answer
   */
  public synchronized WireResponse answer(WireRequest request) {
    world.begin(request.region());
    Protocol protocol = protocol(request);
    Call call = callOf(request);
    world.ids().deriveFrom(world.now() + " " + call);
    try {
      return protocol.encode(request, answer(request, call), world.ids().requestId());
    } catch (Fault fault) {
      return protocol.encode(fault, world.ids().requestId());
    } catch (CallTroubled troubled) {
      Fault fault = protocol.trouble(troubled.trouble(), call.action());
      return protocol.encode(fault, world.ids().requestId());
    } finally {
      world.end();
    }
  }

  /** What a request calls, whether there is such an operation or not. */
  public Call callOf(WireRequest request) {
    String operation = protocol(request).operation(request);
    return new Call(
        request.service(), operation.isEmpty() ? request.line() : operation, request.region());
  }

  /**
   * Calls an operation without a wire in between.
   *
   * @param request the operation's own request model, built
   * @throws Fault when the service refuses
   */
  public synchronized SdkPojo call(Call call, SdkPojo request) {
    world.begin(call.region());
    try {
      return answer(operation(call).orElseThrow(), call, request);
    } finally {
      world.end();
    }
  }

  /** How often each operation was called that no service has, by its action. */
  public synchronized SortedMap<String, Integer> missing() {
    return new TreeMap<>(missing);
  }

  private SdkPojo answer(WireRequest request, Call call) {
    Protocol protocol = protocol(request);
    Operations.Operation operation = operation(call).orElseThrow(() -> unknown(call, protocol));
    SdkPojo builder = operation.request().get();
    protocol.decode(request, builder);
    return answer(operation, call, Models.build(builder));
  }

  private Fault unknown(Call call, Protocol protocol) {
    missing.merge(call.action(), 1, Integer::sum);
    return protocol.unknownOperation(call.service(), call.operation());
  }

  private SdkPojo answer(Operations.Operation operation, Call call, SdkPojo request) {
    world.ids().deriveFrom(world.now() + " " + call + " " + content(request));
    hooks.forEach(hook -> hook.before(call));
    SdkPojo response = handle(operation, request);
    hooks.forEach(hook -> hook.after(call));
    return response;
  }

  private Optional<Operations.Operation> operation(Call call) {
    return Optional.ofNullable(services.get(call.service()))
        .flatMap(service -> service.find(call.operation()));
  }

  private SdkPojo handle(Operations.Operation operation, SdkPojo request) {
    try {
      return operation.answer().apply(request);
    } catch (RuntimeException failure) {
      world.rollback();
      throw failure;
    }
  }

  /**
   * The protocol that the client speaks: newer ones of CloudWatch have turned from Query to JSON,
   * and a service that is not simulated is refused in words that its client understands.
   */
  private Protocol protocol(WireRequest request) {
    if (request.header("X-Amz-Target").isPresent()) {
      return json;
    }
    Operations service = services.get(request.service());
    if (service != null) {
      return service.protocol();
    }
    boolean isJson =
        !REST_XML.contains(request.service()) && !request.parameters().containsKey("Action");
    return isJson ? json : QueryProtocol.QUERY;
  }

  /** What the request says, without the tokens that clients invent anew for every call. */
  private static ObjectNode content(SdkPojo request) {
    ObjectNode content = ModelJson.STATE.encode(request);
    content.remove(content.propertyNames().stream().filter(n -> n.endsWith("Token")).toList());
    return content;
  }
}

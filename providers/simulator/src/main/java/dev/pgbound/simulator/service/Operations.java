package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Protocol;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The operations of one service: which SDK request each takes and what answers it. */
public final class Operations {

  private final String service;
  private final Protocol protocol;
  private final SortedMap<String, Operation> operations = new TreeMap<>();

  /**
   * A service without operations yet.
   *
   * @param service its signing name, such as {@code ec2} or {@code monitoring}
   */
  public Operations(String service, Protocol protocol) {
    this.service = service;
    this.protocol = protocol;
  }

  /** Adds an operation. */
  public <Q, B extends SdkPojo & SdkBuilder<B, Q>> Operations on(
      String name, Supplier<B> request, Function<Q, ? extends SdkPojo> handler) {
    Function<SdkPojo, SdkPojo> answer =
        built -> {
          @SuppressWarnings("unchecked") // it was built by this operation's own builder
          Q typed = (Q) built;
          return handler.apply(typed);
        };
    if (operations.put(name, new Operation(name, request::get, answer)) != null) {
      throw new IllegalStateException(service + " has " + name + " twice");
    }
    return this;
  }

  /** The service's signing name. */
  public String service() {
    return service;
  }

  /** How the service's messages are written. */
  public Protocol protocol() {
    return protocol;
  }

  /** The operation of this name. */
  public Optional<Operation> find(String name) {
    return Optional.ofNullable(operations.get(name));
  }

  /** All operations by name. */
  public Collection<Operation> all() {
    return Collections.unmodifiableCollection(operations.values());
  }

  /**
   * One operation.
   *
   * @param request gives an empty builder of its SDK request
   * @param answer takes the built request and gives the SDK response
   */
  public record Operation(
      String name, Supplier<SdkPojo> request, Function<SdkPojo, SdkPojo> answer) {}
}

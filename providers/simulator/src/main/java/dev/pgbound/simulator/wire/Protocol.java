package dev.pgbound.simulator.wire;

import software.amazon.awssdk.core.SdkPojo;

/** How one family of AWS services writes requests, responses and errors into HTTP messages. */
public interface Protocol {

  /** The operation that the request calls; empty when it names none. */
  String operation(WireRequest request);

  /** Sets the members of an SDK request builder from the request. */
  void decode(WireRequest request, SdkPojo builder);

  /** The response of a successful call. */
  WireResponse encode(WireRequest request, SdkPojo response, String requestId);

  /** The response of a refused call. */
  WireResponse encode(Fault fault, String requestId);

  /** The refusal of an operation that the service does not have. */
  Fault unknownOperation(String service, String operation);

  /**
   * How the protocol's services say that they are in trouble.
   *
   * @param action the call, such as {@code dms:CreateEndpoint}
   */
  Fault trouble(Trouble trouble, String action);

  /** AWS's sentence for a call that no policy allows. */
  static String denial(String action) {
    return "User: arn:aws:iam::123456789012:user/simulated is not authorized to perform: "
        + action
        + " because no identity-based policy allows the "
        + action
        + " action";
  }
}

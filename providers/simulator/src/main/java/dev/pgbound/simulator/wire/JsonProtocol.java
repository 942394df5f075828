package dev.pgbound.simulator.wire;

import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** AWS JSON 1.1: the operation in a header, JSON both ways. */
public final class JsonProtocol implements Protocol {

  private static final String JSON = "application/x-amz-json-1.1";

  private final JsonMapper mapper = new JsonMapper();

  @Override
  public String operation(WireRequest request) {
    String target = request.header("X-Amz-Target").orElse("");
    return target.substring(target.lastIndexOf('.') + 1);
  }

  @Override
  public void decode(WireRequest request, SdkPojo builder) {
    ModelJson.WIRE.decode(parse(request.body()), builder);
  }

  private ObjectNode parse(String body) {
    if (body.isBlank()) {
      return mapper.createObjectNode();
    }
    try {
      JsonNode node = mapper.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new Fault("SerializationException", "The request body is not JSON");
    }
    throw new Fault("SerializationException", "The request body is not a JSON object");
  }

  @Override
  public WireResponse encode(WireRequest request, SdkPojo response, String requestId) {
    return WireResponse.of(200, JSON, requestId, ModelJson.WIRE.encode(response).toString());
  }

  @Override
  public WireResponse encode(Fault fault, String requestId) {
    String body =
        mapper
            .createObjectNode()
            .put("__type", fault.code())
            .put("message", fault.text())
            .toString();
    return WireResponse.of(fault.status(), JSON, requestId, body)
        .with("x-amzn-ErrorType", fault.code());
  }

  @Override
  public Fault unknownOperation(String service, String operation) {
    return new Fault(
        "UnknownOperationException",
        "The operation " + service + ":" + operation + " is not simulated");
  }

  @Override
  public Fault trouble(Trouble trouble, String action) {
    return switch (trouble) {
      case THROTTLED -> new Fault("ThrottlingException", "Rate exceeded");
      case BROKEN ->
          new Fault("InternalFailure", 500, "The request processing has failed: internal error.");
      case DENIED -> new Fault("AccessDeniedException", Protocol.denial(action));
    };
  }
}

package dev.pgbound.simulator.wire;

import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The protocols with form parameters as request and XML as answer: EC2's own and AWS Query. */
public enum QueryProtocol implements Protocol {
  /** EC2: answers without a result element, members under their own answer names. */
  EC2 {
    @Override
    String name(SdkField<?> field) {
      return field.unmarshallLocationName();
    }

    @Override
    void writeAnswer(XmlDocument xml, String operation, SdkPojo response, String requestId) {
      xml.element("requestId", requestId).members(response);
    }

    @Override
    String writeFault(XmlDocument xml, Fault fault, String requestId) {
      xml.open("Response").open("Errors").open("Error");
      xml.element("Code", fault.code()).element("Message", fault.text());
      xml.close().close().element("RequestID", requestId).close();
      return xml.finish();
    }

    @Override
    public Fault trouble(Trouble trouble, String action) {
      return switch (trouble) {
        case THROTTLED -> new Fault("RequestLimitExceeded", 503, "Request limit exceeded.");
        case BROKEN -> new Fault("InternalError", 500, "An internal error has occurred");
        case DENIED ->
            new Fault(
                "UnauthorizedOperation",
                403,
                "You are not authorized to perform this operation. " + Protocol.denial(action));
      };
    }
  },

  /** AWS Query: IAM, RDS, SNS, STS, CloudWatch. */
  QUERY {
    @Override
    String name(SdkField<?> field) {
      return field.locationName();
    }

    @Override
    void writeAnswer(XmlDocument xml, String operation, SdkPojo response, String requestId) {
      xml.open(operation + "Result").members(response).close();
      xml.open("ResponseMetadata").element("RequestId", requestId).close();
    }

    @Override
    String writeFault(XmlDocument xml, Fault fault, String requestId) {
      xml.open("ErrorResponse").open("Error");
      xml.element("Type", fault.status() < 500 ? "Sender" : "Receiver");
      xml.element("Code", fault.code()).element("Message", fault.text());
      xml.close().element("RequestId", requestId).close();
      return xml.finish();
    }

    @Override
    public Fault trouble(Trouble trouble, String action) {
      return switch (trouble) {
        case THROTTLED -> new Fault("Throttling", "Rate exceeded");
        case BROKEN ->
            new Fault("InternalFailure", 500, "The request processing has failed: internal error.");
        case DENIED -> new Fault("AccessDenied", 403, Protocol.denial(action));
      };
    }
  };

  private static final String XML = "text/xml;charset=UTF-8";

  /** What a member is called in an answer. */
  abstract String name(SdkField<?> field);

  abstract void writeAnswer(XmlDocument xml, String operation, SdkPojo response, String requestId);

  abstract String writeFault(XmlDocument xml, Fault fault, String requestId);

  @Override
  public String operation(WireRequest request) {
    return request.parameters().getOrDefault("Action", "");
  }

  @Override
  public void decode(WireRequest request, SdkPojo builder) {
    QueryParameters.of(request.parameters()).decodeInto(builder);
  }

  @Override
  public WireResponse encode(WireRequest request, SdkPojo response, String requestId) {
    Map<String, String> parameters = request.parameters();
    String operation = parameters.getOrDefault("Action", "");
    XmlDocument xml = new XmlDocument(this::name);
    xml.open(operation + "Response");
    xml.namespace(
        "http://"
            + request.service()
            + ".amazonaws.com/doc/"
            + parameters.getOrDefault("Version", "latest")
            + "/");
    writeAnswer(xml, operation, response, requestId);
    return WireResponse.of(200, XML, requestId, xml.close().finish());
  }

  @Override
  public WireResponse encode(Fault fault, String requestId) {
    String body = writeFault(new XmlDocument(this::name), fault, requestId);
    return WireResponse.of(fault.status(), XML, requestId, body);
  }

  @Override
  public Fault unknownOperation(String service, String operation) {
    return new Fault(
        "InvalidAction",
        "The action "
            + operation
            + " is not valid: "
            + service
            + ":"
            + operation
            + " is not simulated");
  }
}

package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.WireRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Sends every member of every registered operation through the SDK's own marshallers: what its
 * client writes must be what the codec reads, and the other way round.
 */
class WireFormatTest {

  private static final String REQUEST_ID = "00000000-0000-0000-0000-000000000001";

  @TestFactory
  Stream<DynamicTest> readsEveryMemberOfEveryRequest() {
    return everyOperation(WireFormatTest::readsRequest);
  }

  @TestFactory
  Stream<DynamicTest> writesEveryMemberOfEveryResponse() {
    return everyOperation(WireFormatTest::writesResponse);
  }

  @TestFactory
  Stream<DynamicTest> writesFaultsThatTheClientUnderstands() {
    return everyOperation(WireFormatTest::writesFault);
  }

  private interface Check {
    void run(Operations service, Operations.Operation operation) throws Exception;
  }

  private static Stream<DynamicTest> everyOperation(Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operations service : SimulatedAws.inMemory().services()) {
      for (Operations.Operation operation : service.all()) {
        tests.add(
            dynamicTest(
                service.service() + " " + operation.name(), () -> check.run(service, operation)));
      }
    }
    return tests.stream();
  }

  private static void readsRequest(Operations service, Operations.Operation operation)
      throws Exception {
    SdkPojo sent = SamplePojo.fill(operation.request().get());
    List<WireRequest> requests = new ArrayList<>();
    SdkHttpClient http =
        new InProcessHttpClient(
            request -> {
              requests.add(request);
              SdkPojo empty = SamplePojo.fill(responseBuilder(sent));
              return service.protocol().encode(request, empty, REQUEST_ID);
            });
    call(sent, http);

    assertThat(requests).hasSize(1);
    WireRequest request = requests.get(0);
    assertThat(request.service()).isEqualTo(service.service());
    assertThat(request.region()).isEqualTo("us-east-1");
    assertThat(service.protocol().operation(request)).isEqualTo(operation.name());
    SdkPojo builder = operation.request().get();
    service.protocol().decode(request, builder);
    assertThat(((SdkBuilder<?, ?>) builder).build()).isEqualTo(sent);
  }

  private static void writesResponse(Operations service, Operations.Operation operation)
      throws Exception {
    SdkPojo sent = SamplePojo.fill(operation.request().get());
    SdkPojo answered = SamplePojo.fill(responseBuilder(sent));
    SdkHttpClient http =
        new InProcessHttpClient(
            request -> service.protocol().encode(request, answered, REQUEST_ID));

    SdkPojo received = call(sent, http);

    assertThat(received.equalsBySdkFields(answered))
        .as("received %s%nanswered %s", received, answered)
        .isTrue();
  }

  private static void writesFault(Operations service, Operations.Operation operation)
      throws Exception {
    SdkPojo sent = SamplePojo.fill(operation.request().get());
    SdkHttpClient http =
        new InProcessHttpClient(
            request ->
                service.protocol().encode(new Fault("Sample.Code", "Not <now>."), REQUEST_ID));

    assertThatThrownBy(() -> call(sent, http))
        .cause()
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("Sample.Code");
              assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Not <now>.");
              assertThat(refusal.statusCode()).isEqualTo(400);
              assertThat(refusal.requestId()).isEqualTo(REQUEST_ID);
            });
  }

  private static SdkPojo call(SdkPojo request, SdkHttpClient http) throws Exception {
    Method method = clientMethod(request.getClass());
    Object client = Clients.client(method.getDeclaringClass(), http);
    return (SdkPojo) method.invoke(client, request);
  }

  private static SdkPojo responseBuilder(SdkPojo request) {
    try {
      Method builder = clientMethod(request.getClass()).getReturnType().getMethod("builder");
      return (SdkPojo) builder.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** {@code Ec2Client.createVpc} for {@code CreateVpcRequest}, which is an {@code Ec2Request}. */
  private static Method clientMethod(Class<?> request) throws ReflectiveOperationException {
    String service = request.getSuperclass().getSimpleName().replaceFirst("Request$", "Client");
    String services = request.getPackageName().replaceFirst("\\.model$", "");
    return Stream.of(Class.forName(services + "." + service).getMethods())
        .filter(method -> List.of(method.getParameterTypes()).equals(List.of(request)))
        .filter(method -> SdkPojo.class.isAssignableFrom(method.getReturnType()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No client method takes " + request));
  }
}

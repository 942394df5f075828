package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.Models;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Requests that lack what an operation needs are refused in the service's words. */
class IncompleteRequestTest {

  @Test
  void everyOperationAnswersARequestWithoutMembers() {
    assertThat(failures(false)).isEmpty();
  }

  /** One member at a time: what belongs together is missing. */
  @Test
  void everyOperationAnswersARequestWithOneMember() {
    assertThat(failures(true)).isEmpty();
  }

  private static List<String> failures(boolean oneMember) {
    List<String> failures = new ArrayList<>();
    for (Operations service : SimulatedAws.inMemory().services()) {
      for (Operations.Operation operation : service.all()) {
        List<SdkPojo> requests = new ArrayList<>();
        if (oneMember) {
          for (SdkField<?> field : operation.request().get().sdkFields()) {
            if (field.marshallingType() == MarshallingType.STRING) {
              SdkPojo builder = operation.request().get();
              field.set(builder, "x");
              requests.add(builder);
            }
          }
        } else {
          requests.add(operation.request().get());
        }
        for (SdkPojo request : requests) {
          try {
            assertThat(operation.answer().apply(Models.build(request))).isNotNull();
          } catch (Fault e) {
            assertThat(e.getMessage()).isNotBlank();
          } catch (RuntimeException e) {
            failures.add(
                service.service()
                    + " "
                    + Models.build(request)
                    + ": "
                    + e
                    + " "
                    + e.getStackTrace()[1]
                    + " "
                    + e.getStackTrace()[2]);
          }
        }
      }
    }
    return failures;
  }
}

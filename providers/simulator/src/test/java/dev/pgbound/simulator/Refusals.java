package dev.pgbound.simulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a service refuses, by the error code that callers tell refusals apart with. */
final class Refusals {

  private Refusals() {}

  static void assertRefused(String code, ThrowingCallable call) {
    assertRefused(code, "", call);
  }

  static void assertRefused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(AwsServiceException.class)
        .hasMessageContaining(message)
        .extracting(refusal -> ((AwsServiceException) refusal).awsErrorDetails().errorCode())
        .isEqualTo(code);
  }
}

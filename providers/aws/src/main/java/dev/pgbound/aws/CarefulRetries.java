package dev.pgbound.aws;

import dev.pgbound.aws.CallListener.Call;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Repeats what the SDK would repeat, but no call that writes and may have had its effect: a lost
 * answer does not say whether there is a VPC now, and a second call would make a second one.
 * Whoever made the call looks first. A call that was throttled was not carried out and is repeated.
 */
final class CarefulRetries implements RetryStrategy {

  private final RetryStrategy sdk;
  private final Supplier<@Nullable Call> current;

  /**
   * @param current the call that this thread is making
   */
  CarefulRetries(RetryStrategy sdk, Supplier<@Nullable Call> current) {
    this.sdk = sdk;
    this.current = current;
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return sdk.acquireInitialToken(request);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Call call = current.get();
    if (call != null && !mayRepeat(call) && !isThrottled(request.failure())) {
      throw new TokenAcquisitionFailedException(
          call + " may have had its effect", request.token(), request.failure());
    }
    return sdk.refreshRetryToken(request);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return sdk.recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return sdk.maxAttempts();
  }

  @Override
  public boolean useClientDefaults() {
    return sdk.useClientDefaults();
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return sdk.toBuilder();
  }

  /** The lock, which is all that lies in Systems Manager, knows its own writing. */
  private static boolean mayRepeat(Call call) {
    return call.isRead() || call.service().equals("ssm");
  }

  private static boolean isThrottled(Throwable failure) {
    return failure instanceof AwsServiceException refusal && refusal.isThrottlingException();
  }
}

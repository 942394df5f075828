package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import java.util.Optional;

/**
 * Hears of every API call, on the thread that makes it. A call that the SDK repeats is one call.
 * Each {@link #before} is followed by one {@link #after} on the same thread.
 */
public interface CallListener {

  /** Hears nothing. */
  CallListener NONE =
      new CallListener() {
        @Override
        public void before(Call call) {}

        @Override
        public void after(Call call, Optional<ResourceException> failure) {}
      };

  /** The call is about to be made. */
  void before(Call call);

  /** The call was answered or has failed. */
  void after(Call call, Optional<ResourceException> failure);

  /**
   * An API call.
   *
   * @param service the service's prefix in IAM actions, such as {@code dms}
   * @param operation the operation, such as {@code CreateEndpoint}
   */
  record Call(String service, String operation) {

    /** Whether the operation only reads. */
    public boolean isRead() {
      return operation.startsWith("Describe")
          || operation.startsWith("List")
          || operation.startsWith("Get");
    }

    /** The IAM action that allows the call, such as {@code dms:CreateEndpoint}. */
    @Override
    public String toString() {
      return service + ":" + operation;
    }
  }
}

package dev.pgbound.spi;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the engine lends to a call of a resource type. */
public interface Context {

  String migration();

  /** Whose account this is. */
  Account account();

  /** The tags that the object must carry; empty for shared and for existing objects. */
  Map<String, String> ownershipTags();

  /**
   * The values that a secret of another provider holds, such as user and password of a database,
   * each as a {@link Value.Secret}.
   *
   * @param reference what that provider calls the secret: its ARN
   * @throws ResourceException when no provider has it, or it cannot be read
   */
  Value.Fields secret(String reference);

  /** How long the operation at hand may go on without any progress. */
  Duration limit();

  /**
   * Repeats {@code probe} with growing pauses until it is done. A look that the service does not
   * answer for a while is repeated, too.
   *
   * @param what what is waited for, in words: "dms-instance hr to become available"
   * @throws ResourceException when the probe says failed, or when for {@link #limit()} it had no
   *     phase to report that it had not reported before
   */
  <T> T await(String what, Supplier<Poll<T>> probe);

  /** Says what an operation is doing, in the service's words. */
  void progress(String phase);

  /**
   * Repeats {@code call} while it fails in the way that {@code passing} describes: a conflict that
   * is known to pass, such as a role that is not visible yet.
   */
  default <T> T retrying(String what, Predicate<ResourceException> passing, Supplier<T> call) {
    return await(
        what,
        () -> {
          try {
            return Poll.done(call.get());
          } catch (ResourceException e) {
            return passing.test(e) ? Poll.pending(e.getMessage()) : Poll.broken(e);
          }
        });
  }

  /** Account, region and partition ({@code aws}, {@code aws-cn}) that the credentials lead to. */
  record Account(String id, String region, String partition) {
    /** The ARN of something in this account and region. */
    public String arn(String service, String resource) {
      return String.join(":", "arn", partition, service, region, id, resource);
    }
  }
}

package dev.pgbound.aws;

import dev.pgbound.aws.CallListener.Call;
import dev.pgbound.spi.ResourceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Sits around every call of one client: tells the listeners, and turns what the SDK throws into
 * {@link ResourceException}.
 */
final class CallInterceptor implements ExecutionInterceptor {

  private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();

  private final String service;
  private final List<CallListener> listeners;

  /** {@code service} is the prefix of the service's IAM actions. */
  CallInterceptor(String service, List<CallListener> listeners) {
    this.service = service;
    this.listeners = List.copyOf(listeners);
  }

  /** The call that this thread is making; null when it makes none. */
  static @Nullable Call current() {
    return CURRENT.get();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    Call call = call(attributes);
    CURRENT.set(call);
    listeners.forEach(listener -> listener.before(call));
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Call call = call(attributes);
    CURRENT.remove();
    listeners.forEach(listener -> listener.after(call, Optional.empty()));
  }

  /**
   * Throws instead of returning, because the SDK accepts only an exception of the same class in
   * return but lets one that is thrown here pass to the caller.
   */
  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    CURRENT.remove();
    if (!(context.exception() instanceof SdkException failure)) {
      return context.exception();
    }
    Call call = call(attributes);
    ResourceException translated =
        AwsErrors.translate(failure, call, words -> Discretion.clean(words, context.request()));
    listeners.forEach(listener -> listener.after(call, Optional.of(translated)));
    throw translated;
  }

  private Call call(ExecutionAttributes attributes) {
    return new Call(service, attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}

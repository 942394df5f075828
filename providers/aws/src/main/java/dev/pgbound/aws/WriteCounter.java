package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that changed something, so that what was read before them is not reused. */
final class WriteCounter implements CallListener {

  private final AtomicLong writes = new AtomicLong();

  long count() {
    return writes.get();
  }

  @Override
  public void before(Call call) {}

  @Override
  public void after(Call call, Optional<ResourceException> failure) {
    if (!call.isRead()) {
      writes.incrementAndGet();
    }
  }
}

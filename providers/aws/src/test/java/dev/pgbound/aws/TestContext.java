package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Poll;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A context that does not wait between two looks and gives up after twenty. */
final class TestContext implements Context {

  private static final int LOOKS = 20;

  private final Map<String, String> ownershipTags;
  private final List<String> phases = new ArrayList<>();

  private TestContext(Map<String, String> ownershipTags) {
    this.ownershipTags = new TreeMap<>(ownershipTags);
  }

  /** For a step of the resource {@code address} of the migration {@code hr}. */
  static TestContext step(String address) {
    return new TestContext(
        Map.of(
            "pgbound:migration", "hr", "pgbound:address", address, "pgbound:digest", "digest-1"));
  }

  static TestContext discovery() {
    return new TestContext(Map.of());
  }

  /** What was waited for, in the words of the service. */
  List<String> phases() {
    return phases;
  }

  @Override
  public String migration() {
    return "hr";
  }

  @Override
  public Account account() {
    return new Account("123456789012", "eu-central-1", "aws");
  }

  @Override
  public Map<String, String> ownershipTags() {
    return ownershipTags;
  }

  @Override
  public Value.Fields secret(String reference) {
    throw new IllegalStateException("no type of this provider asks for " + reference);
  }

  @Override
  public Duration limit() {
    return Duration.ofMinutes(1);
  }

  @Override
  public <T> T await(String what, Supplier<Poll<T>> probe) {
    for (int look = 0; look < LOOKS; look++) {
      Poll<T> poll = probe.get();
      if (poll instanceof Poll.Done<T> done) {
        return done.result();
      }
      if (poll instanceof Poll.Broken<T> broken) {
        throw broken.failure();
      }
      if (poll instanceof Poll.Failed<T> failed) {
        throw new ResourceException(
            ResourceException.Kind.NOT_STABILIZED, "NotStabilized", what + ": " + failed.reason());
      }
      phases.add(((Poll.Pending<T>) poll).phase());
    }
    throw new ResourceException(ResourceException.Kind.TIMED_OUT, "TimedOut", what);
  }

  @Override
  public void progress(String phase) {
    phases.add(phase);
  }
}

package dev.pgbound.engine.plan;

import dev.pgbound.spi.Address;
import java.time.Duration;

/**
 * One thing that apply does.
 *
 * @param typical how long it usually takes
 */
public record Step(Address address, Kind kind, Duration typical) {

  /** What a step does. */
  public enum Kind {
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete"),
    /** A running task is stopped so that something can be changed under it. */
    PAUSE("stop"),
    /** What was stopped goes on; also when the change in between failed. */
    RESUME("resume");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    public String verb() {
      return verb;
    }
  }

  /** Unique within a plan, and readable: {@code create vpc.main}. */
  public String id() {
    return kind.verb() + " " + address;
  }

  @Override
  public String toString() {
    return id();
  }
}

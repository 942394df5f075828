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
    RESUME("resume"),
    /** What stands begins to run, because the file says so. */
    START("start"),
    /** As {@link #RESUME} or {@link #START}, but everything is loaded again. */
    RELOAD("reload");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    /** The {@link Step#id} of a step of this kind. */
    public String of(Address address) {
      return verb + " " + address;
    }

    /** Whether something runs after it. */
    public boolean setsGoing() {
      return switch (this) {
        case CREATE, UPDATE, DELETE, PAUSE -> false;
        case RESUME, START, RELOAD -> true;
      };
    }

    public String verb() {
      return verb;
    }
  }

  /** Unique within a plan, and readable: {@code create vpc.main}. */
  public String id() {
    return kind.of(address);
  }

  @Override
  public String toString() {
    return id();
  }
}

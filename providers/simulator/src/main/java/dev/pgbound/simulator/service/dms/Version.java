package dev.pgbound.simulator.service.dms;

import java.util.Arrays;

/** The version of a replication engine, ordered by its numbers. */
record Version(String text) implements Comparable<Version> {

  @Override
  public int compareTo(Version other) {
    return Arrays.compare(numbers(), other.numbers());
  }

  boolean isAtLeast(String other) {
    return compareTo(new Version(other)) >= 0;
  }

  private int[] numbers() {
    return Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}

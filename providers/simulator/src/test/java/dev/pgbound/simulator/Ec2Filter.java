package dev.pgbound.simulator;

import software.amazon.awssdk.services.ec2.model.Filter;

/** Filters in one line: the SDK's own short form needs unchecked arrays. */
final class Ec2Filter {

  private Ec2Filter() {}

  static Filter by(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }
}

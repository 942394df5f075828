package dev.pgbound.aws;

import dev.pgbound.spi.Address;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceType;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Optional;

/** One resource type of the provider against canned answers. */
final class TypeFixture implements AutoCloseable {

  final CannedAws aws = new CannedAws();
  final ResourceType type;
  private final AwsProvider provider;

  TypeFixture(String name) {
    provider = new AwsProvider(aws.settings(), CallListener.NONE);
    type =
        provider.types().stream()
            .filter(candidate -> candidate.schema().type().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /** The discovery of a plan in which {@code address} is the only resource of the type. */
  static Query plan(String address, Value.Fields desired) {
    return new Query("hr", List.of(wanted(address, desired)), Query.Scope.PLAN);
  }

  /** The discovery of a plan that has no resource of the type. */
  static Query planWithout() {
    return new Query("hr", List.of(), Query.Scope.PLAN);
  }

  static Query object(String address, Value.Fields desired) {
    return new Query("hr", List.of(wanted(address, desired)), Query.Scope.OBJECT);
  }

  private static Query.Wanted wanted(String address, Value.Fields desired) {
    return new Query.Wanted(Address.parse(address).orElseThrow(), Optional.empty(), desired);
  }

  @Override
  public void close() {
    provider.close();
    aws.close();
  }
}

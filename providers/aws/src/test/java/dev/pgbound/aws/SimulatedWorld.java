package dev.pgbound.aws;

import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.spi.Provider;
import dev.pgbound.spi.Timeline;
import dev.pgbound.testkit.ResourceTypeContract;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An empty simulated account and the provider that works in it. */
final class SimulatedWorld implements ResourceTypeContract.World {

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final AwsProvider provider = new AwsProvider(settings(aws), CallListener.NONE);

  /** Settings that lead into a simulated account. */
  static AwsSettings settings(SimulatedAws aws) {
    return new AwsSettings(
        Optional.of(aws.httpClient()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("us-east-1"),
        Optional.of(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("simulated", "none"))),
        true);
  }

  /** Clients with which a test does what somebody else would do in the account. */
  AwsClients clients() {
    return new AwsClients(settings(aws), List.of());
  }

  SimulatedAws aws() {
    return aws;
  }

  @Override
  public Provider provider() {
    return provider;
  }

  @Override
  public Timeline timeline() {
    return aws.timeline();
  }

  @Override
  public void close() {
    provider.close();
  }
}

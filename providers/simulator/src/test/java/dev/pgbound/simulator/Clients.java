package dev.pgbound.simulator;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Real SDK clients whose HTTP requests stay in this process. */
final class Clients {

  private Clients() {}

  static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
      B builder, SimulatedAws aws) {
    return client(builder, aws, Region.US_EAST_1);
  }

  static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
      B builder, SimulatedAws aws, Region region) {
    return configured(builder.httpClient(aws.httpClient()), region).build();
  }

  /** A client that talks to a server over the network, as everybody else's does. */
  static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C overTcp(
      B builder, URI server) {
    builder.httpClient(UrlConnectionHttpClient.create()).endpointOverride(server);
    return configured(builder, Region.US_EAST_1).build();
  }

  /** A client that shows every answer: it repeats no call. */
  static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C once(
      B builder, SimulatedAws aws) {
    builder.overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    return client(builder, aws);
  }

  /** A client of which only the interface is known. */
  static Object client(Class<?> type, SdkHttpClient http) throws ReflectiveOperationException {
    Object builder = type.getMethod("builder").invoke(null);
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(http);
    return configured((AwsClientBuilder<?, ?>) builder, Region.US_EAST_1).build();
  }

  private static <C, B extends AwsClientBuilder<B, C>> B configured(
      AwsClientBuilder<B, C> builder, Region region) {
    return builder
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
  }
}

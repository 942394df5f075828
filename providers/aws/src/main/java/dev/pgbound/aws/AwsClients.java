package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK clients: built when first used, configured alike, over one HTTP client. Their calls throw
 * {@link ResourceException} and nothing else. The SDK itself repeats what was throttled, and reads
 * that were not answered; every other repetition is the engine's.
 */
final class AwsClients implements AutoCloseable {

  /** A host that is not reached is given up after about two seconds. */
  private static final int ATTEMPTS = 6;

  private final AwsSettings settings;
  private final List<CallListener> listeners;
  private final Lazy<SdkHttpClient> ownHttp;
  private final Lazy<String> region;
  private final Lazy<AwsCredentialsProvider> credentials;
  private final List<Lazy<? extends AutoCloseable>> made = new ArrayList<>();

  // lambdas, because a method reference would load the client's class here and now
  private final Lazy<Ec2Client> ec2 = client("ec2", () -> Ec2Client.builder());
  private final Lazy<RdsClient> rds = client("rds", () -> RdsClient.builder());
  private final Lazy<DatabaseMigrationClient> dms =
      client("dms", () -> DatabaseMigrationClient.builder());
  private final Lazy<IamClient> iam = client("iam", () -> IamClient.builder());
  private final Lazy<KmsClient> kms = client("kms", () -> KmsClient.builder());
  private final Lazy<StsClient> sts = client("sts", () -> StsClient.builder());
  private final Lazy<SecretsManagerClient> secretsManager =
      client("secretsmanager", () -> SecretsManagerClient.builder());
  private final Lazy<SnsClient> sns = client("sns", () -> SnsClient.builder());
  private final Lazy<CloudWatchClient> cloudWatch =
      client("cloudwatch", () -> CloudWatchClient.builder());
  private final Lazy<CloudWatchLogsClient> logs =
      client("logs", () -> CloudWatchLogsClient.builder());
  private final Lazy<ResourceGroupsTaggingApiClient> tagging =
      client("tag", () -> ResourceGroupsTaggingApiClient.builder());

  private final Lazy<SsmClient> ssm = client("ssm", () -> SsmClient.builder());

  AwsClients(AwsSettings settings, List<CallListener> listeners) {
    this.settings = settings;
    this.listeners = List.copyOf(listeners);
    ownHttp = new Lazy<>(AwsClients::defaultHttp);
    region = new Lazy<>(() -> settings.region().orElseGet(this::configuredRegion));
    credentials = new Lazy<>(() -> settings.credentials().orElseGet(this::configuredCredentials));
    made.add(ownHttp);
  }

  /** The region of the settings, or of the environment and the AWS configuration files. */
  String region() {
    return region.get();
  }

  Ec2Client ec2() {
    return ec2.get();
  }

  RdsClient rds() {
    return rds.get();
  }

  DatabaseMigrationClient dms() {
    return dms.get();
  }

  IamClient iam() {
    return iam.get();
  }

  KmsClient kms() {
    return kms.get();
  }

  StsClient sts() {
    return sts.get();
  }

  SecretsManagerClient secretsManager() {
    return secretsManager.get();
  }

  SnsClient sns() {
    return sns.get();
  }

  CloudWatchClient cloudWatch() {
    return cloudWatch.get();
  }

  CloudWatchLogsClient logs() {
    return logs.get();
  }

  ResourceGroupsTaggingApiClient tagging() {
    return tagging.get();
  }

  SsmClient ssm() {
    return ssm.get();
  }

  /** Closes what was opened here; an HTTP client of the settings stays open. */
  @Override
  public void close() {
    for (Lazy<? extends AutoCloseable> closeable : made) {
      closeable.made().ifPresent(AwsClients::close);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing " + closeable, e);
    }
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      Lazy<C> client(String service, Supplier<B> builder) {
    Lazy<C> client = new Lazy<>(() -> build(service, builder.get()));
    made.add(client);
    return client;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      String service, B builder) {
    ClientOverrideConfiguration.Builder configuration =
        ClientOverrideConfiguration.builder()
            .addExecutionInterceptor(new CallInterceptor(service, listeners))
            .retryStrategy(retries())
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "pgbound");
    if (settings.rehearsal()) {
      configuration.addExecutionInterceptor(new RepeatableTokens());
    }
    builder
        .httpClient(settings.httpClient().orElseGet(ownHttp))
        .region(Region.of(region()))
        .credentialsProvider(this::resolveCredentials)
        .overrideConfiguration(configuration.build());
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private RetryStrategy retries() {
    StandardRetryStrategy.Builder retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS);
    if (settings.rehearsal()) {
      retries
          .backoffStrategy(BackoffStrategy.retryImmediately())
          .throttlingBackoffStrategy(BackoffStrategy.retryImmediately());
    }
    return new CarefulRetries(retries.build(), CallInterceptor::current);
  }

  private static SdkHttpClient defaultHttp() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(Duration.ofSeconds(10))
        .socketTimeout(Duration.ofSeconds(60))
        .build();
  }

  private String configuredRegion() {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    settings.profile().ifPresent(chain::profileName);
    try {
      return chain.build().getRegion().id();
    } catch (SdkClientException e) {
      throw new ResourceException(
          Kind.UNAVAILABLE,
          "NoRegion",
          "No AWS region is configured. Set `region` in the migration file or AWS_REGION.",
          e);
    }
  }

  private AwsCredentialsProvider configuredCredentials() {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(chain::profileName);
    return chain.build();
  }

  /** Runs before a call is set up, where no interceptor could translate what goes wrong. */
  private AwsCredentials resolveCredentials() {
    try {
      return credentials.get().resolveCredentials();
    } catch (SdkClientException e) {
      throw new ResourceException(
          Kind.UNAVAILABLE,
          "NoCredentials",
          "No AWS credentials were found. Set AWS_PROFILE, or sign in with `aws sso login`.",
          e);
    }
  }
}

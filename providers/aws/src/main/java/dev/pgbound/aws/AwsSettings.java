package dev.pgbound.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * How AWS is reached.
 *
 * @param httpClient what requests go through; empty for the JDK's own. It stays open when the
 *     provider is closed
 * @param endpoint one address for all services, such as a simulator's; empty for the real ones
 * @param profile the profile of the AWS configuration files; empty for the default chain
 * @param region empty for the region of the environment or the profile
 * @param credentials empty for the profile or the default chain
 * @param rehearsal whether this is a rehearsal on a simulated clock: the SDK repeats a throttled
 *     call without a pause, and draws no lots
 */
public record AwsSettings(
    Optional<SdkHttpClient> httpClient,
    Optional<URI> endpoint,
    Optional<String> profile,
    Optional<String> region,
    Optional<AwsCredentialsProvider> credentials,
    boolean rehearsal) {

  /** The real AWS, as the environment and the AWS configuration files say. */
  public static AwsSettings fromEnvironment() {
    return new AwsSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}

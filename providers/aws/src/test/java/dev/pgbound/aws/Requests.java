package dev.pgbound.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands between the SDK and the simulated AWS: reads requests, and takes members out of them. */
final class Requests implements SdkHttpClient {

  /** A request of a service with a JSON protocol. */
  record Request(String operation, JsonNode body) {}

  private final SdkHttpClient aws;
  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private volatile Optional<String> ignored = Optional.empty();

  Requests(SdkHttpClient aws) {
    this.aws = aws;
  }

  /** From now on AWS accepts this member, a number, and does nothing with it. */
  void ignore(String member) {
    ignored = Optional.of(",?\"" + member + "\":\\d+");
  }

  /** The last request of an operation. */
  JsonNode last(String operation) {
    return seen.stream()
        .filter(request -> request.operation().equals(operation))
        .reduce((first, second) -> second)
        .orElseThrow()
        .body();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Optional<String> target = request.httpRequest().firstMatchingHeader("X-Amz-Target");
    if (target.isEmpty()) {
      return aws.prepareRequest(request);
    }
    String operation = target.get().substring(target.get().indexOf('.') + 1);
    String body = body(request);
    seen.add(new Request(operation, JsonMapper.shared().readTree(body)));
    String passed = ignored.map(member -> body.replaceAll(member, "")).orElse(body);
    return aws.prepareRequest(
        HttpExecuteRequest.builder()
            .request(request.httpRequest())
            .contentStreamProvider(() -> new ByteArrayInputStream(passed.getBytes(UTF_8)))
            .build());
  }

  private static String body(HttpExecuteRequest request) {
    try (InputStream stream = request.contentStreamProvider().orElseThrow().newStream()) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String clientName() {
    return aws.clientName();
  }

  @Override
  public void close() {
    aws.close();
  }
}

package dev.pgbound.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Carries the SDK's HTTP requests to whoever answers them in this process. */
final class InProcessHttpClient implements SdkHttpClient {

  private final Server server;

  /** Whoever answers. */
  interface Server {
    WireResponse answer(WireRequest request) throws IOException;
  }

  InProcessHttpClient(Server server) {
    this.server = server;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return toSdk(server.answer(fromSdk(request)));
      }

      @Override
      public void abort() {
        // an answer is never on its way: call() has it or has not begun
      }
    };
  }

  @Override
  public String clientName() {
    return "Simulated";
  }

  @Override
  public void close() {
    // the simulated AWS outlives its clients
  }

  private static WireRequest fromSdk(HttpExecuteRequest execute) throws IOException {
    SdkHttpRequest request = execute.httpRequest();
    SortedMap<String, String> headers = new TreeMap<>();
    request.forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
    String body = "";
    if (execute.contentStreamProvider().isPresent()) {
      try (InputStream stream = execute.contentStreamProvider().get().newStream()) {
        body = new String(stream.readAllBytes(), UTF_8);
      }
    }
    String query = request.encodedQueryParameters().orElse("");
    String line = request.method() + " " + request.encodedPath();
    return new WireRequest(line, request.host(), query, headers, body);
  }

  private static HttpExecuteResponse toSdk(WireResponse response) {
    SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(response.status());
    response.headers().forEach(http::putHeader);
    return HttpExecuteResponse.builder()
        .response(http.build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(response.body().getBytes(UTF_8))))
        .build();
  }
}

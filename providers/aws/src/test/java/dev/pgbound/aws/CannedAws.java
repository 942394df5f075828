package dev.pgbound.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A server on the loopback interface that gives canned answers to API calls, so that the real SDK
 * clients, marshallers and error parsers run.
 */
final class CannedAws implements AutoCloseable {

  /** A request as it arrived: the operation and the decoded body. */
  record Received(String operation, String body) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Received> received = new ArrayList<>();

  CannedAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * The next call of {@code operation} is answered so; the last answer is given again and again.
   */
  CannedAws answer(String operation, String body) {
    return answer(operation, 200, body);
  }

  synchronized CannedAws answer(String operation, int status, String body) {
    answers.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /** From now on {@code operation} is answered so, whatever was said about it before. */
  CannedAws instead(String operation, String body) {
    forget(operation);
    return answer(operation, body);
  }

  /** Takes back what was said about {@code operation}. */
  synchronized void forget(String operation) {
    answers.remove(operation);
  }

  /** An error as EC2 words it. */
  CannedAws refuseEc2(String operation, int status, String code, String message) {
    return answer(
        operation,
        status,
        String.format(
            Locale.ROOT,
            "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>",
            code,
            message));
  }

  /** An error of a service with a JSON protocol. */
  CannedAws refuseJson(String operation, String code, String message) {
    return answer(
        operation,
        400,
        String.format(Locale.ROOT, "{\"__type\":\"%s\",\"message\":\"%s\"}", code, message));
  }

  synchronized List<Received> received() {
    return List.copyOf(received);
  }

  List<String> operations() {
    return received().stream().map(Received::operation).toList();
  }

  /** The body of the last call of {@code operation}. */
  String lastBody(String operation) {
    return received().stream()
        .filter(request -> request.operation().equals(operation))
        .reduce((first, second) -> second)
        .orElseThrow()
        .body();
  }

  AwsSettings settings() {
    return new AwsSettings(
        Optional.empty(),
        Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
        Optional.empty(),
        Optional.of("eu-central-1"),
        Optional.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))),
        true);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String decoded = target == null ? URLDecoder.decode(body, StandardCharsets.UTF_8) : body;
    String operation =
        target == null
            ? decoded.replaceAll("(?s).*Action=(\\w+).*", "$1")
            : target.substring(target.indexOf('.') + 1);
    byte[] answer;
    int status;
    synchronized (this) {
      received.add(new Received(operation, decoded));
      Deque<Answer> queue = answers.getOrDefault(operation, new ArrayDeque<>());
      Answer next = queue.size() > 1 ? queue.remove() : queue.peek();
      status = next == null ? 501 : next.status();
      answer = (next == null ? "" : next.body()).getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}

package dev.pgbound.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pgbound.aws.AwsProvider;
import dev.pgbound.aws.AwsSettings;
import dev.pgbound.aws.CallListener;
import dev.pgbound.simulator.SimulatedAws;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.service.CallHook;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import dev.pgbound.testkit.Bench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * One simulated account that several processes use at the same time. Half a minute passes with
 * every call, so that nobody has to wait for what is being created. A call can be held on its way
 * in, so that a test does something while a process is in the middle of it.
 */
final class ServedAws implements AutoCloseable {

  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
  private static final long PATIENCE_SECONDS = 120;

  /** A call that is held: the first one of its operation has come, and may go on. */
  private record Gate(CountDownLatch come, CountDownLatch open, AtomicBoolean discards) {}

  private final SimulatedAws aws = SimulatedAws.inMemory();
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ThreadLocal<String> body = ThreadLocal.withInitial(() -> "");
  private final List<String> repeated = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ServedAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  SimulatedAws aws() {
    return aws;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** An engine that works in the account directly, for what a test needs to be there already. */
  Bench bench() {
    AwsSettings settings =
        new AwsSettings(
            Optional.of(aws.httpClient()),
            Optional.empty(),
            Optional.empty(),
            Optional.of("us-east-1"),
            Optional.of(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("simulated", "none"))),
            true);
    return new Bench(new AwsProvider(settings, CallListener.NONE), aws.timeline());
  }

  /** Holds the calls of an operation from now on; {@code count} of them have to come. */
  void hold(String operation, int count) {
    gates.put(
        operation, new Gate(new CountDownLatch(count), new CountDownLatch(1), new AtomicBoolean()));
  }

  /** Waits until as many calls as were asked for are held. */
  void awaitHeld(String operation) {
    await(gate(operation).come(), operation + " to be called");
  }

  /** Lets the held calls and all later ones go on. */
  void release(String operation) {
    gate(operation).open().countDown();
  }

  /** Loses the held calls, as if they had never been sent; later ones come through. */
  void discard(String operation) {
    Gate gate = gate(operation);
    gates.remove(operation);
    gate.discards().set(true);
    gate.open().countDown();
  }

  /** Refuses an operation from now on, in words that hold the whole request. */
  void repeatRequests(String operation) {
    aws.add(
        new CallHook() {
          @Override
          public void before(Call call) {
            if (call.operation().equals(operation)) {
              repeated.add(body.get());
              throw new Fault("InvalidParameterValue", "Not valid: " + body.get());
            }
          }
        });
  }

  /** The requests that were repeated. */
  List<String> repeated() {
    return repeated;
  }

  private Gate gate(String operation) {
    return Optional.ofNullable(gates.get(operation)).orElseThrow();
  }

  private static void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain for " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    WireRequest request = new WireRequest("127.0.0.1", "", new TreeMap<>(headers), body);
    Gate gate = gates.get(operation(request));
    if (gate != null) {
      gate.come().countDown();
      await(gate.open(), "the release of " + operation(request));
      if (gate.discards().get()) {
        exchange.close();
        return;
      }
    }
    this.body.set(body);
    WireResponse response = aws.answer(request);
    pass();
    byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void pass() {
    try {
      aws.timeline().sleep(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String operation(WireRequest request) {
    Optional<String> target = request.header("X-Amz-Target");
    if (target.isPresent()) {
      return target.get().substring(target.get().indexOf('.') + 1);
    }
    Matcher action = ACTION.matcher(request.body());
    return action.find() ? action.group(1) : "";
  }

  @Override
  public void close() {
    gates.values().forEach(gate -> gate.open().countDown());
    server.stop(0);
    threads.shutdownNow();
  }
}

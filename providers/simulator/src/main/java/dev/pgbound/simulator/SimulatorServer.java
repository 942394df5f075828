package dev.pgbound.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pgbound.simulator.service.Call;
import dev.pgbound.simulator.wire.WireRequest;
import dev.pgbound.simulator.wire.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a simulated AWS to any client on this machine, all services at one address. It answers
 * until it is closed; the account stays open.
 */
public final class SimulatorServer implements AutoCloseable {

  private static final int THREADS = 16;
  private static final int GRACE_SECONDS = 1;

  private final HttpServer http;
  private final ExecutorService threads;

  /** Told of every request. */
  public interface RequestLog {

    /** A log that keeps nothing. */
    RequestLog NONE =
        new RequestLog() {
          @Override
          public void answered(Call call, int status) {
            // nobody wants to know
          }

          @Override
          public void failed(Call call, RuntimeException bug) {
            // the client has seen it
          }
        };

    /**
     * A request was answered.
     *
     * @param status the HTTP status; 0 when the connection was lost
     */
    void answered(Call call, int status);

    /** A request could not be answered, which is a mistake of the simulated AWS. */
    void failed(Call call, RuntimeException bug);
  }

  private SimulatorServer(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * Starts to serve on 127.0.0.1.
   *
   * @param port where; 0 for any that is free
   * @throws IOException when the port cannot be had
   */
  public static SimulatorServer start(SimulatedAws aws, int port, RequestLog log)
      throws IOException {
    // Read by the JDK's server when its first one is made: without it, every answer waits 40 ms for
    // the client's acknowledgement of its first half.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(here, port), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "simulator");
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(threads);
    http.createContext("/", exchange -> answer(exchange, aws, log));
    http.start();
    return new SimulatorServer(http, threads);
  }

  /** Where clients find it. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Answers what has been asked so far and nothing more. */
  @Override
  public void close() {
    http.stop(GRACE_SECONDS);
    threads.shutdown();
  }

  /** Closing an exchange that has no answer closes its connection, which is what a fault wants. */
  private static void answer(HttpExchange exchange, SimulatedAws aws, RequestLog log)
      throws IOException {
    try (exchange) {
      WireRequest request = request(exchange);
      Call call = aws.callOf(request);
      WireResponse response;
      try {
        response = aws.answer(request);
      } catch (IOException e) {
        log.answered(call, 0);
        return;
      } catch (RuntimeException e) {
        log.failed(call, e);
        send(exchange, 500, new TreeMap<>(), "Internal error of the simulator: " + e);
        return;
      }
      // before the client has the answer, so that it finds in the log what it has seen
      log.answered(call, response.status());
      send(exchange, response.status(), response.headers(), response.body());
    }
  }

  private static WireRequest request(HttpExchange exchange) throws IOException {
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(",", values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    return new WireRequest(line, headers.getOrDefault("Host", ""), query, headers, body);
  }

  private static void send(
      HttpExchange exchange, int status, SortedMap<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}

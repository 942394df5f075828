package dev.pgbound.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The comments of one pull request, as far as GitHub's REST API is needed to write one. */
final class FakeGitHub implements AutoCloseable {

  record Comment(int id, String author, String body) {}

  static final String TOKEN = "ghs_only-for-tests";
  private static final String REPOSITORY = "/repos/acme/shop/issues";
  private static final JsonMapper JSON = new JsonMapper();

  final List<Comment> comments = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers every writing request so; 0 for none. */
  volatile int refusal;

  private final HttpServer server;

  FakeGitHub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return String.format(Locale.ROOT, "http://127.0.0.1:%d", server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().toString();
    String request = exchange.getRequestMethod() + " " + path;
    requests.add(request);
    boolean knows =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!knows) {
      answer(exchange, 401, "{\"message\": \"Bad credentials\"}");
    } else if (request.startsWith("GET " + REPOSITORY + "/7/comments?per_page=100&page=")) {
      answer(exchange, 200, page(Integer.parseInt(path.replaceFirst(".*&page=", ""))));
    } else if (refusal != 0) {
      answer(exchange, refusal, "{\"message\": \"Resource not accessible by integration\"}");
    } else if (request.equals("POST " + REPOSITORY + "/7/comments")) {
      comments.add(new Comment(comments.size() + 1, "github-actions[bot]", text(body)));
      answer(exchange, 201, "{}");
    } else if (request.matches("PATCH " + REPOSITORY + "/comments/[0-9]+")) {
      int id = Integer.parseInt(path.replaceFirst(".*/", ""));
      comments.set(id - 1, new Comment(id, comments.get(id - 1).author(), text(body)));
      answer(exchange, 200, "{}");
    } else {
      answer(exchange, 404, "{\"message\": \"Not Found\"}");
    }
  }

  private String page(int number) {
    ArrayNode page = JSON.createArrayNode();
    List<Comment> all = new ArrayList<>(comments);
    int from = Math.min(all.size(), (number - 1) * 100);
    for (Comment comment : all.subList(from, Math.min(all.size(), number * 100))) {
      ObjectNode one = page.addObject().put("id", comment.id()).put("body", comment.body());
      one.putObject("user").put("login", comment.author());
    }
    return page.toString();
  }

  private static String text(String body) {
    return JSON.readTree(body).path("body").asString();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

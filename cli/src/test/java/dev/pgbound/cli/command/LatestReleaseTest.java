package dev.pgbound.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatestReleaseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void namesANewerRelease() throws IOException {
    assertThat(answer(200, "{\"id\": 1, \"tag_name\": \"v1.2.0\"}").comparedWith("1.1.0"))
        .isEqualTo(
            "The latest release is 1.2.0: https://github.com/pgbound/pgbound/releases/tag/v1.2.0");
  }

  @Test
  void saysThatThisIsTheLatestOne() throws IOException {
    assertThat(answer(200, "{\"tag_name\":\"v1.2.0\"}").comparedWith("1.2.0"))
        .isEqualTo("This is the latest release.");
  }

  @Test
  void saysWhatKeptItFromLooking() throws IOException {
    assertThat(answer(404, "{}").comparedWith("1.2.0"))
        .isEqualTo("Could not look for a newer version: 127.0.0.1 answered 404.");
    assertThat(answer(200, "<html>").comparedWith("1.2.0")).contains("named no version");
    assertThat(answer(200, "{\"tag_name\":\"v1.2.0\\u001b[31m\"}").comparedWith("1.2.0"))
        .contains("named no version");
  }

  @Test
  void doesNotHangWhenNobodyAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(LatestRelease.ask(uri, Duration.ofMillis(50)).comparedWith("1.2.0"))
          .startsWith("Could not look for a newer version: ");
    }
  }

  private static LatestRelease answer(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      return LatestRelease.ask(
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()), PATIENCE);
    } finally {
      server.stop(0);
    }
  }
}

package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.plan.DiscoveryException;
import dev.pgbound.simulator.postgres.EmbeddedPostgres;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a connection trusts, and what the user is told when there is none. */
final class SessionsTest {

  private static final String SCHEMA = "schema.hr: {name: hr}";

  private static ResourceException failure(Rig rig) {
    try {
      rig.plan(SCHEMA);
      throw new AssertionError("nothing failed");
    } catch (DiscoveryException e) {
      assertThat(e.failures().values())
          .allSatisfy(one -> assertThat(one.getMessage()).doesNotContain("canary"));
      return e.failures().values().iterator().next();
    }
  }

  private static PostgresSettings at(Reach reach, Path certificates) {
    return new PostgresSettings(Path.of(""), certificates, reach);
  }

  @Test
  void aWrongPasswordIsNotShown() {
    try (Rig rig = new Rig()) {
      rig.world.secret("secret:master", "canary-that-is-wrong");

      assertThat(failure(rig))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
          .hasMessageContaining("No login to hr on " + Server.HOST + ":5432 as dbadmin")
          .hasMessageContaining("(SQLSTATE 28P01)");
    }
  }

  @Test
  void aSecretThatIsRotatedInBetweenIsReadAgain() {
    try (Rig rig = new Rig()) {
      rig.converge(SCHEMA);
      rig.server.run("alter role dbadmin password 'rotated-password'");
      rig.world.secret("secret:master", "rotated-password");
      rig.server.run(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgbound'");
      try {
        assertThat(rig.plan(SCHEMA).hasChanges()).isFalse();
      } finally {
        rig.server.run("alter role dbadmin password '" + Server.PASSWORD + "'");
      }
    }
  }

  @Test
  void saysWhereToRunWhenTheDatabaseCannotBeReached() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Reach nowhere = (host, port) -> new Reach.Way("127.0.0.1", closed, false);
    try (Rig rig = new Rig(new PostgresWorld(at(nowhere, Path.of("none"))))) {
      assertThat(failure(rig))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("inside the VPC, or over a VPN or a tunnel");
    }
  }

  /** A server with a certificate for its host name, and a file with that certificate. */
  @Test
  void trustsOnlyAServerThatProvesWhoItIs(@TempDir Path folder) throws Exception {
    EmbeddedPostgres server = new EmbeddedPostgres(folder.resolve("server"), CACHE);
    int port = server.start();
    try {
      Path certificate = folder.resolve("root.crt");
      enableTls(server, folder, certificate);
      Reach.Way way = new Reach.Way("localhost", port, false);
      Reach.Way otherName = new Reach.Way("127.0.0.1", port, false);

      assertThat(failure((host, p) -> way, folder.resolve("missing.crt")))
          .contains("cannot prove who it is", "missing.crt", "global-bundle.pem");
      assertThat(failure((host, p) -> otherName, certificate)).contains("cannot prove who it is");
      // The certificate is right: what is left is the login.
      assertThat(failure((host, p) -> way, certificate))
          .contains("No login to", "password authentication failed");
    } finally {
      server.delete();
    }
  }

  private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "pgbound");

  private static String failure(Reach reach, Path certificates) {
    try (Rig rig = new Rig(new PostgresWorld(at(reach, certificates)))) {
      return failure(rig).getMessage();
    }
  }

  private static void enableTls(EmbeddedPostgres server, Path folder, Path certificate)
      throws Exception {
    Path keys = folder.resolve("keys.p12");
    List<String> keytool =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-alias",
            "db",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost",
            "-ext",
            "bc:c=ca:true",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            keys.toString());
    assertThat(new ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "changeit".toCharArray());
    }
    String pem = pem("CERTIFICATE", store.getCertificate("db").getEncoded());
    Files.writeString(certificate, pem);
    String key = pem("PRIVATE KEY", store.getKey("db", "changeit".toCharArray()).getEncoded());
    try (var admin = server.superuser("postgres")) {
      // The server itself writes the files, as the user that it runs as.
      for (Map.Entry<String, String> file : Map.of("c.crt", pem, "c.key", key).entrySet()) {
        Sql.run(
            admin,
            String.format(
                Locale.ROOT,
                "copy (select unnest(string_to_array(%s, E'\\n'))) to program 'umask 077; cat > %s'",
                Sql.text(file.getValue().strip()),
                file.getKey()));
      }
      Sql.run(admin, "alter system set ssl_cert_file = 'c.crt'");
      Sql.run(admin, "alter system set ssl_key_file = 'c.key'");
      Sql.run(admin, "alter system set ssl = on");
      Sql.run(admin, "select pg_reload_conf()");
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  @Test
  void withoutASecretThePasswordFileIsRead() {
    try (Rig rig = new Rig()) {
      String file = Rig.file(SCHEMA).replace(", secretArn: \"secret:master\"", "");

      assertThatThrownBy(() -> rig.bench.plan(file))
          .isInstanceOf(DiscoveryException.class)
          .satisfies(
              e ->
                  assertThat(((DiscoveryException) e).failures().values())
                      .allSatisfy(one -> assertThat(one).hasMessageContaining("password")));
    }
  }
}

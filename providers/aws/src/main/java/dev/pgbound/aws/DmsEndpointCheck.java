package dev.pgbound.aws;

import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is wrong with a declared endpoint: here what holds for every engine, the rest in the
 * checks of the engines.
 */
final class DmsEndpointCheck {

  private static final String SECRET = "secretsManagerSecretId";
  private static final String ATTRIBUTES = "extraConnectionAttributes";
  private static final List<String> FROM_SECRET =
      List.of("serverName", "port", "username", "password");
  private static final Set<String> SECRETS =
      Set.of("password", "asmPassword", "securityDbEncryption");

  private final Value.Fields endpoint;
  private final String engine;
  private final boolean oracle;
  private final DmsSettingsCheck settings;
  private final Problems problems;

  private DmsEndpointCheck(Value.Fields endpoint, String engine, Problems problems) {
    this.endpoint = endpoint;
    this.engine = engine;
    this.problems = problems;
    oracle = engine.equalsIgnoreCase("oracle");
    String name = oracle ? DmsEndpointSettings.ORACLE : DmsEndpointSettings.POSTGRESQL;
    settings = new DmsSettingsCheck(name, endpoint.fields(name), problems);
  }

  /** Without an engine, which the schema demands, there is nothing to be said. */
  static void run(Value.Fields declared, Problems problems) {
    Value.Fields endpoint = withoutNulls(declared);
    endpoint
        .text("engineName")
        .ifPresent(engine -> new DmsEndpointCheck(endpoint, engine, problems).run());
  }

  private void run() {
    // a tag may be empty
    texts("", endpoint.without("tags"));
    otherEngine();
    connection();
    tls();
    attributes();
    DmsFinding.checkKey(endpoint, problems);
    if (oracle) {
      new OracleEndpointCheck(endpoint, settings).run();
    } else {
      new PostgresEndpointCheck(endpoint, settings).run();
    }
  }

  /** The declared values; {@code key:} without a value declares none. */
  private static Value.Fields withoutNulls(Value.Fields declared) {
    Map<String, Value> values = new LinkedHashMap<>();
    declared
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Fields nested) {
                values.put(name, withoutNulls(nested));
              } else if (!(value instanceof Value.Null)) {
                values.put(name, value);
              }
            });
    return new Value.Fields(values);
  }

  private void texts(String path, Value.Fields values) {
    values
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Fields nested) {
                texts(path + name + ".", nested);
              } else if (value instanceof Value.Text text && text.text().isBlank()) {
                DmsFinding.EMPTY_TEXT.at(path + name, problems);
              }
            });
  }

  private void otherEngine() {
    String other = oracle ? DmsEndpointSettings.POSTGRESQL : DmsEndpointSettings.ORACLE;
    if (endpoint.has(other)) {
      DmsFinding.OTHER_ENGINE.at(
          other,
          problems,
          String.format(
              Locale.ROOT, "The engine is %s; its settings are %s.", engine, settings.name()));
    }
  }

  private void connection() {
    settings.secretAndRole(SECRET, "secretsManagerAccessRoleArn");
    if (settings.has(SECRET)) {
      FROM_SECRET.forEach(this::besideSecret);
      secretOfRds();
    } else {
      complete();
      FROM_SECRET.forEach(this::twice);
    }
    twice("databaseName");
    settings.address("serverName", endpoint.text("serverName"));
    settings.address(settings.path("serverName"), settings.settings().text("serverName"));
  }

  private void besideSecret(String name) {
    if (endpoint.has(name)) {
      DmsFinding.SECRET_AND_CONNECTION.at(name, problems);
    }
    if (settings.has(name)) {
      settings.report(DmsFinding.SECRET_AND_CONNECTION, name);
    }
  }

  private void twice(String name) {
    if (endpoint.has(name) && settings.has(name)) {
      settings.report(DmsFinding.SAID_TWICE, name);
    }
  }

  /** By its name, or by the output of a cluster that is not known yet. */
  private void secretOfRds() {
    Optional<Value> secret = settings.settings().get(SECRET);
    boolean named = secret.filter(value -> value.toString().contains("rds!")).isPresent();
    boolean referred =
        secret
            .filter(Value.Unknown.class::isInstance)
            .filter(value -> ((Value.Unknown) value).expression().contains("masterUserSecretArn"))
            .isPresent();
    if (named || referred) {
      settings.report(DmsFinding.SECRET_OF_RDS, SECRET);
    }
  }

  private void complete() {
    List<String> missing =
        List.of("serverName", "port", "username", "password", "databaseName").stream()
            .filter(name -> !endpoint.has(name) && !settings.has(name))
            .filter(name -> !isReplacedByMethod(name))
            .toList();
    if (!missing.isEmpty()) {
      DmsFinding.INCOMPLETE_CONNECTION.at(
          missing.get(0),
          problems,
          "Without a secret it lacks " + String.join(", ", missing) + ".");
    }
  }

  /** With Kerberos nobody signs in by name, with IAM nobody by password. */
  private boolean isReplacedByMethod(String name) {
    if (settings.is("authenticationMethod", "kerberos")) {
      return name.equals("username") || name.equals("password");
    }
    return settings.is("authenticationMethod", "iam") && name.equals("password");
  }

  private void tls() {
    String mode = endpoint.text("sslMode").orElse("none");
    if (oracle && List.of("require", "verify-full").contains(mode)) {
      DmsFinding.SSL_MODE_OF_ORACLE.at("sslMode", problems);
    } else if (mode.startsWith("verify-") && !endpoint.has("certificateArn")) {
      DmsFinding.CERTIFICATE_MISSING.at("sslMode", problems);
    }
  }

  private void attributes() {
    ConnectionAttributes extra = ConnectionAttributes.parse(endpoint.text(ATTRIBUTES).orElse(""));
    for (String part : extra.malformed()) {
      DmsFinding.MALFORMED_ATTRIBUTES.at(
          ATTRIBUTES, problems, "\"" + part + "\" is not of the form key=value.");
    }
    for (String setting : DmsEndpointSettings.names(settings.name())) {
      if (extra.values().containsKey(ConnectionAttributes.key(setting))) {
        twofold(setting).at(ATTRIBUTES, problems, setting + " is " + settings.path(setting) + ".");
      }
    }
  }

  /** What to say of a connection attribute that is a setting as well. */
  private DmsFinding twofold(String setting) {
    if (SECRETS.contains(setting)) {
      return DmsFinding.SECRET_IN_ATTRIBUTES;
    }
    return settings.has(setting) ? DmsFinding.SETTING_TWICE : DmsFinding.SETTING_IN_ATTRIBUTES;
  }
}

package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Type;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What DMS answers about an endpoint, made whole. DMS keeps some values in one place and returns
 * them in another: host, port, user and database in the settings or beside them, and settings among
 * the extra connection attributes. A declared value is found wherever it stands.
 */
final class DmsEndpointAnswer {

  /** What stands both in the settings and beside them. */
  static final List<String> CONNECTION = List.of("serverName", "port", "username", "databaseName");

  private static final String ATTRIBUTES = "extraConnectionAttributes";

  private DmsEndpointAnswer() {}

  /**
   * @param read an endpoint as it was returned, in attribute names
   */
  static Value.Fields complete(Value.Fields read, ResourceSchema schema) {
    boolean oracle = read.text("engineName").equals(Optional.of("oracle"));
    String name = oracle ? DmsEndpointSettings.ORACLE : DmsEndpointSettings.POSTGRESQL;
    Value.Fields endpoint = read;
    Value.Fields settings = withAttributes(read.fields(name), read, members(schema, name));
    for (String key : CONNECTION) {
      Optional<Value> beside = read.get(key);
      Optional<Value> inside = settings.get(key);
      if (beside.isPresent() && inside.isEmpty()) {
        settings = settings.with(key, beside.get());
      } else if (inside.isPresent() && beside.isEmpty()) {
        endpoint = endpoint.with(key, inside.get());
      }
    }
    return endpoint.with(name, settings);
  }

  /** What a file says about an endpoint: every value once, and none beside a secret. */
  static Value.Fields described(Description said, Live live) {
    Value.Fields endpoint = live.attributes();
    boolean oracle = endpoint.text("engineName").equals(Optional.of("oracle"));
    String name = oracle ? DmsEndpointSettings.ORACLE : DmsEndpointSettings.POSTGRESQL;
    said.without(oracle ? DmsEndpointSettings.POSTGRESQL : DmsEndpointSettings.ORACLE);
    Value.Fields settings = endpoint.fields(name);
    boolean hasSecret = settings.has("secretsManagerSecretId");
    for (String key : CONNECTION) {
      settings = settings.without(key);
      if (hasSecret && !key.equals("databaseName")) {
        said.without(key);
      }
    }
    said.with(name, settings);
    if (settings.fields().isEmpty()) {
      said.without(name);
    }
    String extra = ConnectionAttributes.without(text(endpoint), DmsEndpointSettings.names(name));
    said.with(ATTRIBUTES, Value.of(extra)).unless(ATTRIBUTES, "");
    endpoint
        .text("endpointType")
        .ifPresent(type -> said.with("endpointType", Normalizers.lowerCase(Value.of(type))));
    boolean isPassword =
        settings.text("authenticationMethod").orElse("password").equals("password");
    if (!hasSecret && isPassword) {
      said.with("password", Description.secret(live.identifier(), "PASSWORD"));
    }
    return said.fields();
  }

  private static String text(Value.Fields endpoint) {
    return endpoint.text(ATTRIBUTES).orElse("");
  }

  private static Value.Fields withAttributes(
      Value.Fields settings, Value.Fields read, List<Attribute> members) {
    Map<String, String> extra = ConnectionAttributes.parse(text(read)).values();
    Value.Fields completed = settings;
    for (Attribute member : members) {
      String text = extra.get(ConnectionAttributes.key(member.name()));
      if (text != null && !settings.has(member.name())) {
        completed = completed.with(member.name(), text);
      }
    }
    return completed;
  }

  private static List<Attribute> members(ResourceSchema schema, String settings) {
    return schema
        .attribute(settings)
        .map(Attribute::type)
        .filter(Type.ObjectType.class::isInstance)
        .map(type -> ((Type.ObjectType) type).attributes())
        .orElseThrow();
  }
}

package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.wire.ModelJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of an endpoint that requests set, as one JSON tree whatever the engine. Where the
 * database is and who logs in stands both at the top and in the engine's settings; either way of
 * sending it is read both ways.
 */
final class EndpointMembers {

  static final String SECRET = "SecretsManagerSecretId";
  static final String SECRET_ROLE = "SecretsManagerAccessRoleArn";

  static final String PASSWORD = "Password";
  private static final String DATABASE = "DatabaseName";
  private static final List<String> LOGIN = List.of("ServerName", "Port", "Username", PASSWORD);

  /** A secret whose name does not tell. */
  private static final String TDE_PASSWORD = "SecurityDbEncryption";

  private final EndpointEngine engine;
  private final ObjectNode tree;

  private EndpointMembers(EndpointEngine engine, ObjectNode tree) {
    this.engine = engine;
    this.tree = tree;
  }

  /** What a request sets. Settings of other engines are ignored, as DMS does. */
  static EndpointMembers sent(EndpointEngine engine, SdkPojo request) {
    ObjectNode tree = ModelJson.STATE.encode(request);
    tree.remove(
        tree.propertyNames().stream()
            .filter(name -> name.endsWith("Settings") && !name.equals(engine.settings()))
            .toList());
    EndpointMembers members = new EndpointMembers(engine, tree);
    members.mirror();
    return members;
  }

  /** What an endpoint has; its secrets are not part of it. */
  static EndpointMembers live(Endpoint endpoint) {
    return new EndpointMembers(
        EndpointEngine.named(endpoint.engineName()), ModelJson.STATE.encode(endpoint));
  }

  /**
   * These members changed by what was sent.
   *
   * @param isExact whether sent settings take the place of all settings instead of being merged
   */
  EndpointMembers changedBy(EndpointMembers sent, boolean isExact) {
    ObjectNode changed = tree.deepCopy();
    if (isExact && sent.tree.has(sent.engine.settings())) {
      changed.remove(sent.engine.settings());
    }
    if (engine.settings().equals(sent.engine.settings())) {
      sent.forget(changed);
    } else {
      changed.remove(engine.settings());
    }
    merge(changed, sent.tree);
    EndpointMembers members = new EndpointMembers(sent.engine, changed);
    members.mirror();
    return members;
  }

  /** A login takes the place of a secret, and the other way round. */
  private void forget(ObjectNode changed) {
    ObjectNode settings = changed.withObject(engine.settings());
    if (usesSecret()) {
      changed.remove(LOGIN);
      settings.remove(LOGIN);
    } else if (LOGIN.stream().anyMatch(tree::hasNonNull)) {
      settings.remove(List.of(SECRET, SECRET_ROLE));
    }
    if (settings.isEmpty()) {
      changed.remove(engine.settings());
    }
  }

  private static void merge(ObjectNode live, ObjectNode sent) {
    for (Map.Entry<String, JsonNode> each : sent.properties()) {
      if (each.getValue() instanceof ObjectNode members
          && live.get(each.getKey()) instanceof ObjectNode there) {
        merge(there, members);
      } else {
        live.set(each.getKey(), each.getValue());
      }
    }
  }

  private void mirror() {
    List<String> shared = new ArrayList<>(LOGIN);
    shared.add(DATABASE);
    for (SdkField<?> field : engine.settingsBuilder().sdkFields()) {
      String name = field.memberName();
      if (shared.contains(name) && setting(name).isMissingNode() && tree.hasNonNull(name)) {
        tree.withObject(engine.settings()).set(name, tree.get(name));
      } else if (shared.contains(name) && !setting(name).isMissingNode()) {
        tree.set(name, setting(name));
      }
    }
  }

  EndpointEngine engine() {
    return engine;
  }

  /** Sets a member at the top. */
  EndpointMembers set(String name, @Nullable String value) {
    tree.put(name, value);
    return this;
  }

  /** Takes a member at the top away. */
  void remove(String name) {
    tree.remove(name);
  }

  /** A member of the engine's settings. */
  JsonNode setting(String name) {
    return tree.path(engine.settings()).path(name);
  }

  boolean usesSecret() {
    return setting(SECRET).isString();
  }

  static boolean isSecret(String member) {
    return member.endsWith(PASSWORD) || member.equals(TDE_PASSWORD);
  }

  /** Takes the secrets out; DMS keeps them and never shows them. */
  SortedMap<String, String> removeSecrets() {
    SortedMap<String, String> secrets = new TreeMap<>();
    tree.remove(names(tree, secrets, ""));
    if (tree.get(engine.settings()) instanceof ObjectNode settings) {
      settings.remove(names(settings, secrets, engine.settings() + "."));
    }
    return secrets;
  }

  private static List<String> names(
      ObjectNode node, SortedMap<String, String> secrets, String prefix) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      if (isSecret(each.getKey())) {
        secrets.put(prefix + each.getKey(), each.getValue().asString());
        names.add(each.getKey());
      }
    }
    return names;
  }

  /** Refuses members that do not make an endpoint. */
  void check() {
    if (usesSecret()) {
      if (LOGIN.stream().anyMatch(tree::hasNonNull)) {
        throw Refusals.invalidCombination(
            "Specify either SecretsManagerSecretId and SecretsManagerAccessRoleArn or clear-text"
                + " values for UserName, Password, ServerName, and Port, not both.");
      }
      Refusals.required(setting(SECRET_ROLE).asString(""), SECRET_ROLE);
    } else if (engine.isDatabase()) {
      LOGIN.stream()
          .filter(name -> !name.equals(PASSWORD)) // not part of an endpoint that is there
          .forEach(name -> Refusals.required(tree.path(name).asString(""), name));
    }
  }

  /** Refuses a new endpoint without a password that it would need. */
  void checkPassword() {
    boolean logsInByPassword =
        setting("AuthenticationMethod").asString("password").equals("password");
    if (engine.isDatabase() && !usesSecret() && logsInByPassword) {
      Refusals.required(tree.path(PASSWORD).asString(""), PASSWORD);
    }
  }

  /** Gives an endpoint these members and no others. */
  void applyTo(Endpoint.Builder builder) {
    builder.sdkFields().forEach(field -> field.set(builder, null));
    ModelJson.STATE.decode(tree, builder);
  }
}

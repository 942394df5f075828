package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.dms.Reachability.ConnectionFailure;
import dev.pgbound.simulator.service.dms.Reachability.Login;
import dev.pgbound.simulator.service.secrets.Secrets;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.util.List;
import software.amazon.awssdk.services.databasemigration.model.Endpoint;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How DMS logs in to the databases behind endpoints: as they say, or as their secrets do. */
public final class Logins {

  private static final List<String> SECRET_KEYS = List.of("host", "port", "username", "password");

  private final ServiceRoles roles;
  private final Secrets secrets;

  /** The logins of the endpoints in {@code world}. */
  public Logins(World world) {
    this.roles = new ServiceRoles(world);
    this.secrets = new Secrets(world);
  }

  /**
   * The login for an endpoint of a database.
   *
   * @throws ConnectionFailure when its secret cannot be read or does not say all
   */
  public Login of(Stored<Endpoint, Endpoint.Builder> endpoint) throws ConnectionFailure {
    EndpointMembers members = EndpointMembers.live(endpoint.model());
    return members.usesSecret()
        ? fromSecret(members)
        : new Login(
            endpoint.model().serverName(),
            endpoint.model().port(),
            endpoint.model().username(),
            endpoint.hidden(EndpointMembers.PASSWORD).orElse(""));
  }

  private Login fromSecret(EndpointMembers members) throws ConnectionFailure {
    String secret = members.setting(EndpointMembers.SECRET).asString();
    String role = members.setting(EndpointMembers.SECRET_ROLE).asString();
    if (!roles.canReadSecretsWith(role)) {
      throw unreadable("Unable to read AWS Secrets Manager secret with role '" + role + "'");
    }
    JsonNode login = json(secret);
    List<String> missing =
        SECRET_KEYS.stream().filter(key -> login.path(key).asString("").isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw unreadable("The secret '" + secret + "' lacks the keys " + missing);
    }
    return new Login(
        login.path("host").asString(),
        login.path("port").asInt(0),
        login.path("username").asString(),
        login.path("password").asString());
  }

  private JsonNode json(String secret) throws ConnectionFailure {
    String text = secrets.currentString(secret).orElse(null);
    if (text == null) {
      throw unreadable("Unable to find AWS Secrets Manager secret Arn '" + secret + "'");
    }
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw unreadable("The secret '" + secret + "' is not JSON");
    }
  }

  private static ConnectionFailure unreadable(String why) {
    return new ConnectionFailure(
        "Failed to build connection string Unable to find Secrets Manager secret",
        "Failed to retrieve secret. " + why);
  }
}

package dev.pgbound.simulator.service.rds;

import dev.pgbound.simulator.service.secrets.Secrets;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.World;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;
import tools.jackson.databind.json.JsonMapper;

/** The master user of a cluster, whose password is given or kept by RDS in a secret of its own. */
final class MasterUser {

  /** The password that was given, among what a cluster hides. */
  static final String PASSWORD = "master-user-password";

  static final String SECRET_ACTIVE = "active";

  private static final String SECRET_CREATING = "creating";
  private static final String SECRET_ROTATING = "rotating";

  /** Words of the engine that no master user may have as name. */
  private static final Set<String> RESERVED =
      Set.of("admin", "rdsadmin", "rds_superuser", "rdsrepladmin", "rdstopmgr", "public", "user");

  private final Secrets secrets;
  private final EncryptionKeys keys;

  MasterUser(World world) {
    this.secrets = new Secrets(world);
    this.keys = new EncryptionKeys(world);
  }

  static String checkedName(@Nullable String name) {
    String given = Arguments.required("MasterUsername", name);
    if (RESERVED.contains(given.toLowerCase(Locale.ROOT))) {
      throw RdsFaults.invalidValue(
          "MasterUsername "
              + given
              + " cannot be used as it is a reserved word used by the engine");
    }
    if (!given.matches("[A-Za-z][A-Za-z0-9_]{0,62}")) {
      throw RdsFaults.invalidValue(
          "The parameter MasterUsername must begin with a letter and contain only letters, digits"
              + " and underscores.");
    }
    return given;
  }

  static String checkedPassword(@Nullable String password) {
    String given = Arguments.required("MasterUserPassword", password);
    if (given.length() < 8) {
      throw RdsFaults.invalidValue(
          "The parameter MasterUserPassword is not a valid password because it is shorter than 8"
              + " characters.");
    }
    if (given.length() > 128) {
      throw RdsFaults.invalidValue(
          "The parameter MasterUserPassword is not a valid password because it is longer than 128"
              + " characters.");
    }
    if (!given.matches("[!-~&&[^/@\"]]+")) {
      throw RdsFaults.invalidValue(
          "The parameter MasterUserPassword is not a valid password. Only printable ASCII"
              + " characters besides '/', '@', '\"', ' ' may be used.");
    }
    return given;
  }

  /** Refuses a password for a user whose password RDS keeps. */
  static Fault twoPasswords() {
    return RdsFaults.invalidCombination(
        "You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
  }

  /** The password that is valid now. */
  Optional<String> password(Stored<DBCluster, DBCluster.Builder> cluster) {
    MasterUserSecret secret = cluster.model().masterUserSecret();
    return secret == null
        ? cluster.hidden(PASSWORD)
        : secrets
            .currentString(secret.secretArn())
            .map(json -> new JsonMapper().readTree(json).path("password").asString());
  }

  /** Has RDS make up a password and keep it in a secret, which is there a little later. */
  MasterUserSecret createSecret(String clusterArn, String user, @Nullable String kmsKeyId) {
    String key = keys.arn(kmsKeyId, "secretsmanager");
    return MasterUserSecret.builder()
        .secretArn(secrets.createForRds(clusterArn, user, kmsKeyId == null ? null : key).arn())
        .secretStatus(SECRET_CREATING)
        .kmsKeyId(key)
        .build();
  }

  /** Has RDS make up another password. */
  MasterUserSecret rotateSecret(DBCluster cluster) {
    MasterUserSecret secret = cluster.masterUserSecret();
    secrets
        .find(secret.secretArn())
        .ifPresent(stored -> secrets.renewForRds(stored, cluster.masterUsername()));
    return secret.copy(s -> s.secretStatus(SECRET_ROTATING));
  }

  /** Removes the cluster's secret, if it has one, together with what it protects. */
  void removeSecret(Stored<DBCluster, DBCluster.Builder> cluster, Duration delay) {
    MasterUserSecret secret = cluster.model().masterUserSecret();
    if (secret != null) {
      secrets.find(secret.secretArn()).ifPresent(stored -> secrets.removeAfter(stored, delay));
    }
  }

  /** What is true once RDS has done its work: the secret, if there is one, can be used. */
  static void activateSecret(DBCluster.Builder cluster) {
    DBCluster current = cluster.build();
    if (current.masterUserSecret() != null) {
      cluster.masterUserSecret(
          current.masterUserSecret().copy(secret -> secret.secretStatus(SECRET_ACTIVE)));
    }
  }
}

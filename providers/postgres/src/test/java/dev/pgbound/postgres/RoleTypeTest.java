package dev.pgbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbound.engine.apply.ApplyResult;
import dev.pgbound.engine.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users, their passwords, and what becomes of what they own. */
final class RoleTypeTest {

  private static final String CANARY = "sparrow'of\\the\"user";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void logsInWithThePasswordOfTheSecretWhichNobodyElseEverSees() throws Exception {
    rig.server.run("alter system set log_statement = 'all'", "select pg_reload_conf()");
    rig.world.secret("secret:dms", CANARY);
    String[] file = {"role.dms: {name: dms, login: true, passwordSecretArn: 'secret:dms'}"};
    StringBuilder heard = new StringBuilder();
    rig.bench.listen(heard::append);

    rig.converge(file);

    try (Connection connection = rig.server.as("dms", CANARY, "hr")) {
      assertThat(Sql.value(connection, "select current_user")).contains("dms");
    }
    assertThat(rig.server.ask("select rolpassword from pg_authid where rolname = 'dms'").get(0))
        .startsWith("SCRAM-SHA-256$4096:");
    rig.server.run("alter system reset log_statement", "select pg_reload_conf()");
    assertThat(Server.log()).contains("create role \"dms\"").doesNotContain("sparrow");
    assertThat(heard).doesNotContain("sparrow");
    assertThat(PlanJson.write(rig.plan(file))).doesNotContain("sparrow");
    assertThat(journal()).doesNotContain("sparrow");
  }

  private String journal() throws IOException {
    return Files.readString(rig.bench.journal());
  }

  @Test
  void takesAnotherPasswordWhenAnotherSecretIsDeclared() throws SQLException {
    rig.world.secret("secret:a", "password-of-a").secret("secret:b", "password-of-b");
    rig.converge("role.app: {name: app, login: true, passwordSecretArn: 'secret:a'}");

    rig.converge("role.app: {name: app, login: true, passwordSecretArn: 'secret:b'}");

    assertThatThrownBy(() -> rig.server.as("app", "password-of-a", "hr").close())
        .isInstanceOf(SQLException.class);
    rig.server.as("app", "password-of-b", "hr").close();
  }

  @Test
  void passesOnWhatADeletedRoleOwned() throws SQLException {
    rig.world.secret("secret:a", "password-of-a");
    rig.converge(
        "schema.hr: {name: hr}",
        "role.app: {name: app, login: true, passwordSecretArn: 'secret:a'}",
        "grant.a: {role: '${postgres-role.app}', on: schema, schema: '${postgres-schema.hr}', privileges: [USAGE, CREATE]}");
    try (Connection app = rig.server.as("app", "password-of-a", "hr")) {
      Sql.run(app, "create table hr.kept as select 1 as n");
    }

    rig.converge("schema.hr: {name: hr}");

    assertThat(rig.server.ask("select 1 from pg_roles where rolname = 'app'")).isEmpty();
    assertThat(rig.server.ask("select tableowner from pg_tables where tablename = 'kept'"))
        .containsExactly("dbadmin");
    assertThat(rig.server.ask("select n from hr.kept")).containsExactly("1");
  }

  @Test
  void saysWhatTheMasterUserMayNotDo() {
    ApplyResult result = rig.apply("role.app: {name: app, memberOf: [pg_write_server_files]}");

    assertThat(Rig.failure(result)).contains("(SQLSTATE 42501)", "pg_write_server_files");
    assertThat(rig.server.ask("select 1 from pg_roles where rolname = 'app'")).isEmpty();
  }

  @Test
  void theUserOfDmsMaySwitchOffTriggersForItsSession() throws SQLException {
    rig.world.secret("secret:dms", "password-of-dms");
    rig.converge(
        "role.dms: {name: dms, login: true, passwordSecretArn: 'secret:dms', memberOf: [rds_superuser]}");

    try (Connection dms = rig.server.as("dms", "password-of-dms", "hr")) {
      Sql.run(dms, "set session_replication_role = 'replica'");
    }
  }
}

package dev.pgbound.simulator.service.iam;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Ids;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.World;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/** The roles of the account; every change of one reaches the other services in a while. */
final class Roles {

  private static final Kind<RoleDetail, RoleDetail.Builder> ROLE =
      Kind.global("iam/role", RoleDetail::builder);

  private final World world;
  private final Table<RoleDetail, RoleDetail.Builder> table;
  private final VisibleRoles visible;

  Roles(World world) {
    this.world = world;
    this.table = world.table(ROLE);
    this.visible = new VisibleRoles(world);
  }

  Ids ids() {
    return world.ids();
  }

  /** IAM keeps whole seconds. */
  Instant now() {
    return world.now().truncatedTo(ChronoUnit.SECONDS);
  }

  List<Stored<RoleDetail, RoleDetail.Builder>> all() {
    return table.all();
  }

  Stored<RoleDetail, RoleDetail.Builder> get(@Nullable String name) {
    return table
        .find(Faults.CONSTRAINTS.required(name, "roleName"))
        .orElseThrow(() -> Faults.noSuchEntity("The role with name " + name + " cannot be found."));
  }

  boolean exists(String arn) {
    return table.all().stream().anyMatch(role -> role.arn().equals(arn));
  }

  /** Adds a role; names that differ in case only are the same to IAM. */
  Stored<RoleDetail, RoleDetail.Builder> create(RoleDetail role, Map<String, String> tags) {
    if (table.all().stream().anyMatch(each -> each.key().equalsIgnoreCase(role.roleName()))) {
      throw new Fault(
          "EntityAlreadyExists", 409, "Role with name " + role.roleName() + " already exists.");
    }
    Stored<RoleDetail, RoleDetail.Builder> stored =
        table.add(role.roleName(), role.arn(), role, tags);
    visible.create(role);
    return stored;
  }

  void change(Stored<RoleDetail, RoleDetail.Builder> role, Consumer<RoleDetail.Builder> change) {
    role.update(change);
    visible.update(role.model());
  }

  void delete(Stored<RoleDetail, RoleDetail.Builder> role) {
    role.remove();
    visible.delete(role.key());
  }

  static String arn(String path, String name) {
    return "arn:aws:iam::" + ACCOUNT + ":role" + path + name;
  }
}

package dev.pgbound.engine.sections;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The short form that may stand for a setup that is there. A guess: whoever expands it sees whether
 * it does, and what is left to override.
 */
public final class Guess {

  /**
   * One object of the setup.
   *
   * @param live everything that was read of it
   * @param said what a file would have to say of it
   * @param existing whether it is only looked up
   */
  public record Thing(String type, String identifier, Fields live, Fields said, boolean existing) {}

  private final List<Thing> things;
  private final String migration;
  private final String region;
  private final Map<String, Value> sections = new LinkedHashMap<>();
  private final Set<String> covered = new TreeSet<>();

  /** Guesses for the things of one setup in a region. */
  public Guess(List<Thing> things, String migration, String region) {
    this.things = List.copyOf(things);
    this.migration = migration;
    this.region = region;
    source();
    target();
    network();
    replication();
    tasks();
    alerts();
  }

  /** The sections that may fit, by name, in the order of a file. */
  public Map<String, Value> sections() {
    return sections;
  }

  /** Attributes, as {@code type.name}, that the sections say in another way. */
  public Set<String> covered() {
    return covered;
  }

  /** The sections that a section cannot be expanded without. */
  public static Set<String> needs(String section) {
    return switch (section) {
      case TargetSection.NAME, ReplicationSection.NAME -> Set.of(NetworkSection.NAME);
      case SourceSection.NAME -> Set.of(NetworkSection.NAME, ReplicationSection.NAME);
      case TasksSection.NAME, AlertsSection.NAME ->
          Set.of(
              NetworkSection.NAME, ReplicationSection.NAME, SourceSection.NAME, TargetSection.NAME);
      default -> Set.of();
    };
  }

  private List<Thing> all(String type) {
    return things.stream().filter(thing -> thing.type().equals(type)).toList();
  }

  /** The thing of a type of which there is one only. */
  private Optional<Thing> only(String type) {
    List<Thing> found = all(type);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private Optional<Thing> endpoint(String kind) {
    List<Thing> found =
        all("dms-endpoint").stream()
            .filter(one -> one.said().text("endpointType").equals(Optional.of(kind)))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private void source() {
    Optional<Thing> endpoint =
        endpoint("source")
            .filter(one -> one.said().text("engineName").equals(Optional.of("oracle")));
    if (endpoint.isEmpty()) {
      return;
    }
    Fields settings = endpoint.get().said().fields("oracleSettings");
    Optional<String> secret = settings.text("secretsManagerSecretId").flatMap(this::secretName);
    Entries oracle = new Entries();
    oracle.put("service", endpoint.get().said().get("databaseName"));
    oracle.put("secret", secret.map(Value::of));
    Fields rest = withoutSecret(settings);
    oracle.put(
        "settings",
        some(
            rest.flag("failTasksOnLobTruncation").orElse(false)
                ? rest.without("failTasksOnLobTruncation")
                : rest));
    if (secret.isPresent()) {
      sections.put(SourceSection.NAME, Fields.NONE.with("oracle", oracle.fields()));
    }
  }

  private Optional<String> secretName(String identifier) {
    return all("secret").stream()
        .filter(
            secret ->
                secret.identifier().equals(identifier)
                    || secret.live().text("arn").equals(Optional.of(identifier)))
        .map(Thing::identifier)
        .findFirst();
  }

  private static Fields withoutSecret(Fields settings) {
    return settings.without("secretsManagerSecretId").without("secretsManagerAccessRoleArn");
  }

  private void target() {
    Optional<Thing> cluster = only("db-cluster");
    List<Thing> instances = all("db-instance");
    if (cluster.isEmpty() || instances.isEmpty()) {
      return;
    }
    Fields live = cluster.get().live();
    Fields first = instances.get(0).live();
    Entries aurora = new Entries();
    aurora.put("version", live.get("engineVersion"));
    aurora.put(
        "instances",
        Optional.of(
            Value.of(
                instances.stream()
                    .map(one -> one.live().text("dbInstanceClass").orElse(""))
                    .toList())));
    aurora.put("database", live.get("databaseName"));
    aurora.unless("masterUsername", live.get("masterUsername"), Value.of("dbadmin"));
    // Who is in the database already, nobody has looked for.
    aurora.put("manageDmsUser", Optional.of(Value.of(false)));
    aurora.put("parameters", some(parameters()));
    aurora.unless("backupRetention", live.get("backupRetentionPeriod"), Value.of(7));
    aurora.unless("backupWindow", live.get("preferredBackupWindow"), Value.of("03:00-04:00"));
    aurora.unless(
        "maintenanceWindow",
        live.get("preferredMaintenanceWindow"),
        Value.of("sun:04:00-sun:05:00"));
    aurora.unless("deletionProtection", live.get("deletionProtection"), Value.of(false));
    aurora.unless("monitoring", first.get("monitoringInterval"), Value.of(60));
    aurora.unless("performanceInsights", first.get("enablePerformanceInsights"), Value.of(true));
    Fields settings =
        withoutSecret(
            endpoint("target").map(Thing::said).orElse(Fields.NONE).fields("postgreSQLSettings"));
    boolean usual =
        settings
            .text("afterConnectScript")
            .equals(Optional.of("SET session_replication_role='replica'"));
    aurora.put("settings", some(usual ? settings.without("afterConnectScript") : settings));
    sections.put(TargetSection.NAME, Fields.NONE.with("aurora-postgresql", aurora.fields()));
  }

  private Fields parameters() {
    Fields parameters =
        only("db-cluster-parameter-group")
            .map(group -> group.live().fields("parameters"))
            .orElse(Fields.NONE);
    return parameters.text("rds.force_ssl").equals(Optional.of("1"))
        ? parameters.without("rds.force_ssl")
        : parameters;
  }

  private void network() {
    Optional<Thing> vpc = only("vpc");
    List<Thing> subnets = new ArrayList<>(all("subnet"));
    if (vpc.isEmpty() || subnets.size() < 2) {
      return;
    }
    subnets.sort(Comparator.comparing(Guess::range));
    boolean hasSecrets =
        all("vpc-endpoint").stream()
            .anyMatch(one -> one.live().text("serviceName").orElse("").endsWith(".secretsmanager"));
    Entries network = new Entries();
    if (vpc.get().existing()) {
      network.put("vpc", Optional.of(Value.of(vpc.get().identifier())));
      network.put(
          "subnets", Optional.of(Value.of(subnets.stream().map(Thing::identifier).toList())));
      network.unless("secretsManagerEndpoint", Optional.of(Value.of(hasSecrets)), Value.of(false));
    } else {
      network.put("cidr", vpc.get().live().get("cidrBlock"));
      zones(network, subnets);
      boolean internet = !all("internet-gateway").isEmpty();
      network.unless("internetGateway", Optional.of(Value.of(internet)), Value.of(false));
      network.unless("secretsManagerEndpoint", Optional.of(Value.of(hasSecrets)), Value.of(true));
    }
    sections.put(NetworkSection.NAME, network.fields());
  }

  /** Of the first zones of a region nothing has to be said. */
  private void zones(Entries network, List<Thing> subnets) {
    List<String> zones =
        subnets.stream().map(one -> one.live().text("availabilityZone").orElse("")).toList();
    List<String> first = List.of(region + "a", region + "b");
    if (zones.equals(first)) {
      covered.add("subnet.availabilityZone");
    } else {
      network.put("zones", Optional.of(Value.of(zones)));
    }
  }

  /** Orders networks by their numbers: 10.0.2.0 comes before 10.0.10.0. */
  private static String range(Thing subnet) {
    StringBuilder padded = new StringBuilder();
    for (String part : subnet.live().text("cidrBlock").orElse("").split("[./]", -1)) {
      padded.append(String.format(Locale.ROOT, "%4s", part));
    }
    return padded.toString();
  }

  private void replication() {
    only("dms-instance")
        .ifPresent(
            instance -> {
              Entries replication = new Entries();
              Fields said = instance.said();
              replication.put("instance", said.get("replicationInstanceClass"));
              replication.put("storage", said.get("allocatedStorage"));
              replication.put("version", said.get("engineVersion"));
              replication.put("multiAz", said.get("multiAZ"));
              sections.put(ReplicationSection.NAME, replication.fields());
            });
  }

  private void tasks() {
    Map<String, Value> tasks = new LinkedHashMap<>();
    for (Thing task : all("dms-task")) {
      String own = task.identifier();
      String name = own.startsWith(migration + "-") ? own.substring(migration.length() + 1) : own;
      TaskGuess.of(task.live(), task.said()).ifPresent(guess -> tasks.put(name, guess));
    }
    if (!tasks.isEmpty() && tasks.size() == all("dms-task").size()) {
      sections.put(TasksSection.NAME, new Fields(tasks));
    }
  }

  private void alerts() {
    List<Value> addresses = new ArrayList<>();
    for (Thing topic : all("sns-topic")) {
      for (Value item : topic.live().items("subscriptions")) {
        if (item instanceof Fields one && one.text("protocol").equals(Optional.of("email"))) {
          one.get("endpoint").ifPresent(addresses::add);
        }
      }
    }
    if (addresses.isEmpty() || only("sns-topic").isEmpty()) {
      return;
    }
    Entries alerts = new Entries();
    alerts.put(
        "notify",
        Optional.of(addresses.size() == 1 ? addresses.get(0) : new Value.Items(addresses)));
    all("cloudwatch-alarm").stream()
        .filter(one -> one.live().text("metricName").orElse("").startsWith("CDCLatency"))
        .flatMap(one -> one.live().number("threshold").stream())
        .findFirst()
        .filter(limit -> limit.intValue() != 300)
        .ifPresent(
            limit -> alerts.put("lagAbove", Optional.of(Value.of(duration(limit.intValue())))));
    sections.put(AlertsSection.NAME, alerts.fields());
  }

  private static String duration(int seconds) {
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static Optional<Value> some(Fields fields) {
    return fields.fields().isEmpty() ? Optional.empty() : Optional.of(fields);
  }

  /** The entries of a section in the making. */
  static final class Entries {
    private final Map<String, Value> entries = new LinkedHashMap<>();

    void put(String name, Optional<Value> value) {
      value.ifPresent(given -> entries.put(name, given));
    }

    /** Only where it differs from what the section itself chooses. */
    void unless(String name, Optional<Value> value, Value usual) {
      put(name, value.filter(given -> !given.equals(usual)));
    }

    Fields fields() {
      return new Fields(entries);
    }
  }
}

package dev.pgbound.aws;

import static dev.pgbound.aws.DmsServerlessSchema.COMPUTE;
import static dev.pgbound.aws.DmsServerlessSchema.SETTINGS;
import static dev.pgbound.aws.DmsServerlessSchema.TYPE;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.TableRules;
import dev.pgbound.tables.TableSelecting;
import dev.pgbound.tables.TableTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.Replication;
import software.amazon.awssdk.services.databasemigration.model.ReplicationConfig;

/**
 * A replication without an instance of its own. DMS has two objects for it, a configuration and
 * what runs by it; they come and go together.
 *
 * <p>By its documentation DMS changes a configuration only before the first start and after a
 * failure: one that has ever run stays as it is, also when it is stopped. A plan says so.
 */
final class DmsServerlessType implements AwsType, Pausable, TableSelecting {

  private static final ArnKind ARN = new ArnKind("dms", "replication-config:");
  private static final Set<String> MODIFIABLE = Set.of("created", "failed", "failed_provision");
  private static final Set<Integer> UNITS =
      new TreeSet<>(Set.of(1, 2, 4, 8, 16, 32, 64, 128, 192, 256, 384));
  private static final Duration UNTIL_RUNNING = Duration.ofMinutes(16);

  private static final Lifecycle<Serverless> LIFECYCLE =
      Lifecycle.of(
          one -> one.run().status(),
          Set.of("ready", "running", "stopped", "failed"),
          Set.of("starting", "stopping", "modifying"),
          Set.of("deleting"));

  /** A configuration and what runs by it. */
  private record Serverless(ReplicationConfig config, Replication replication) {

    TaskRun run() {
      return ServerlessReplications.asTask(replication);
    }
  }

  private final Aws aws;
  private final DmsObjects<Serverless> objects;
  private final ServerlessReplications replications = new ServerlessReplications(this::dms);
  private final TaskRuns runs = new TaskRuns(replications);
  private final ResourceSchema schema = DmsServerlessSchema.build();

  DmsServerlessType(Aws aws) {
    this.aws = aws;
    objects = new DmsObjects<>(aws, schema, ARN, "replication-config-id", this::describe);
  }

  @Override
  public ResourceSchema schema() {
    return schema;
  }

  @Override
  public Optional<ArnKind> arnKind() {
    return Optional.of(ARN);
  }

  @Override
  public List<Live> discover(Query query, Context context) {
    return objects.discover(query, one -> live(one, objects.desired(query, name(one))));
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return objects.lookup(selector, one -> live(one, Fields.NONE));
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request =
        documents(objects.creation(Remembered.RELOAD.tagged(desired), context))
            .without(RUN)
            .without(RELOAD);
    String name =
        DmsRoles.awaitVpcRole(
                context,
                () ->
                    DmsRoles.awaitLogsRole(
                        context, () -> dms().createReplicationConfig(r -> Shapes.fill(r, request))))
            .replicationConfig()
            .replicationConfigIdentifier();
    LIFECYCLE.awaitReady(context, "dms-serverless " + name, () -> objects.find(name));
    return read(name, desired);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    String arn = DmsObjects.arn(prior);
    Set<String> members = members(changed);
    if (!members.isEmpty()) {
      runs.settled(arn, context);
      Fields request = modification(prior, desired.only(members));
      dms().modifyReplicationConfig(r -> Shapes.fill(r.replicationConfigArn(arn), request));
      runs.settled(arn, context);
    }
    aws.tags().dms().complete(arn, prior, desired, context);
    return read(prior.identifier(), desired);
  }

  @Override
  public Optional<String> hindrance(
      Live prior, Fields desired, Set<String> changed, Context context) {
    Optional<TaskRun> run = runs.find(DmsObjects.arn(prior));
    if (run.isEmpty()) {
      return Optional.empty();
    }
    String word = run.get().word();
    boolean resumes =
        changed.contains(RUN)
            && desired.text(RUN).equals(Optional.of(RUNNING))
            && !changed.contains(RELOAD);
    if (resumes
        && !run.get().status().equals("ready")
        && ServerlessReplications.isFullLoad(run.get())) {
      return Optional.of(
          "It is a full load, which DMS does not resume. Have everything loaded again: write another"
              + " text into \"reload\".");
    }
    if (members(changed).isEmpty() || MODIFIABLE.contains(word)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "DMS changes a serverless replication only before its first start and after a failure,"
                + " also not while it is stopped; this one is %s. Take the change of %s back, or have"
                + " a new one take its place: give it another %s, and allow that everything is loaded"
                + " again.",
            word,
            String.join(", ", members(changed)),
            DmsServerlessSchema.NAME));
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String arn = DmsObjects.arn(prior);
    if (runs.find(arn).isPresent()) {
      runs.stop(arn, context);
    }
    Absence.asSuccess(() -> dms().deleteReplicationConfig(r -> r.replicationConfigArn(arn)));
    LIFECYCLE.awaitGone(
        context, "dms-serverless " + prior.identifier(), () -> objects.find(prior.identifier()));
  }

  @Override
  public Live settle(Live live, Context context) {
    runs.settled(DmsObjects.arn(live), context);
    return read(live.identifier(), live.attributes());
  }

  @Override
  public boolean isRunning(Live live) {
    return live.attributes().text("status").filter(ServerlessReplications::runs).isPresent();
  }

  /** What could not go on afterwards is not stopped. */
  @Override
  public Live pause(Live live, Fields desired, Context context) {
    String arn = DmsObjects.arn(live);
    boolean goesOn = !desired.text(RUN).equals(Optional.of(STOPPED));
    if (goesOn && runs.find(arn).filter(ServerlessReplications::isFullLoad).isPresent()) {
      throw ServerlessReplications.notResumable(arn);
    }
    runs.stop(arn, context);
    return read(live.identifier(), desired);
  }

  @Override
  public Live resume(Live live, Fields desired, Context context) {
    runs.start(DmsObjects.arn(live), context);
    return read(live.identifier(), desired);
  }

  @Override
  public Live reload(Live live, Fields desired, Context context) {
    String arn = DmsObjects.arn(live);
    runs.reload(arn, context);
    aws.tags().dms().add(arn, Remembered.RELOAD.tag(desired));
    return read(live.identifier(), desired);
  }

  /** What it would need another mapping for cannot be changed once it has run. */
  @Override
  public boolean bringsWork(Set<String> changed) {
    return false;
  }

  @Override
  public Duration usuallyStartsIn() {
    return UNTIL_RUNNING;
  }

  @Override
  public void check(Declared resource, Problems problems) {
    SettingsChecks.check(
        new DeclaredSettings(asTask(resource.attributes())), new RenamedProblems(problems));
    Fields compute = resource.attributes().fields(COMPUTE);
    for (String units : List.of("minCapacityUnits", "maxCapacityUnits")) {
      if (compute.number(units).filter(number -> !UNITS.contains(number.intValue())).isPresent()) {
        DmsFinding.CAPACITY_UNITS.at(COMPUTE + "." + units, problems);
      }
    }
    int least = compute.number("minCapacityUnits").map(Number::intValue).orElse(0);
    if (least > compute.number("maxCapacityUnits").map(Number::intValue).orElse(least)) {
      DmsFinding.CAPACITY_ORDER.at(COMPUTE + ".minCapacityUnits", problems);
    }
    if (compute.flag("multiAZ").orElse(false) && compute.has("availabilityZone")) {
      DmsFinding.ZONE_OF_MULTI_AZ.at(COMPUTE + ".availabilityZone", problems);
    }
  }

  @Override
  public TableTask tableTask(Declared resource, Collection<Declared> all) {
    return TableTasks.of(asTask(resource.attributes()), all);
  }

  @Override
  public List<Implied> implied(Declared resource, Collection<Declared> all) {
    List<Implied> implied = new ArrayList<>(DmsRoles.implied(all, DmsRoles.VPC));
    if (new DeclaredSettings(asTask(resource.attributes()))
        .flag("Logging", "EnableLogging", false)) {
      implied.addAll(DmsRoles.implied(all, DmsRoles.LOGS));
    }
    return implied;
  }

  /** The attributes under the names that they have in a task on an instance. */
  private static Fields asTask(Fields attributes) {
    Fields task = attributes;
    if (attributes.has(TYPE)) {
      task = task.with("migrationType", attributes.get(TYPE).orElseThrow());
    }
    return attributes.has(SETTINGS)
        ? task.with(TaskSettings.ATTRIBUTE, attributes.get(SETTINGS).orElseThrow())
        : task;
  }

  /** What is found in the attributes of {@link #asTask}, under the names in the file. */
  private record RenamedProblems(Problems problems) implements Problems {

    @Override
    public void error(String path, String code, String summary, String detail) {
      problems.error(renamed(path), code, summary, detail);
    }

    @Override
    public void warning(String path, String code, String summary, String detail) {
      problems.warning(renamed(path), code, summary, detail);
    }

    private static String renamed(String path) {
      return path.replaceFirst("^" + TaskSettings.ATTRIBUTE, SETTINGS)
          .replaceFirst("^migrationType", TYPE);
    }
  }

  private static Set<String> members(Set<String> changed) {
    Set<String> members = new TreeSet<>(changed);
    members.removeAll(List.of("tags", RUN, RELOAD));
    return members;
  }

  private static Fields modification(Live prior, Fields changes) {
    if (!changes.has(SETTINGS)) {
      return documents(changes);
    }
    Fields settings =
        TaskSettings.forModification(changes.fields(SETTINGS), prior.attributes().fields(SETTINGS));
    return documents(changes).with(SETTINGS, settings);
  }

  /** With trees in the form that is sent. */
  private static Fields documents(Fields declared) {
    Fields request = declared;
    if (declared.has(TableRules.ATTRIBUTE)) {
      request =
          request.with(
              TableRules.ATTRIBUTE, TableRules.forRequest(declared.fields(TableRules.ATTRIBUTE)));
    }
    return declared.has(SETTINGS)
        ? request.with(SETTINGS, TaskSettings.normal(declared.fields(SETTINGS)))
        : request;
  }

  private Stream<Serverless> describe(List<Filter> filters) {
    List<ReplicationConfig> configs =
        dms().describeReplicationConfigsPaginator(r -> r.filters(filters)).stream()
            .flatMap(page -> page.replicationConfigs().stream())
            .toList();
    Map<String, Replication> running = new TreeMap<>();
    if (!configs.isEmpty()) {
      replications.describe(filters).forEach(one -> running.put(one.replicationConfigArn(), one));
    }
    return configs.stream()
        .flatMap(
            config ->
                Optional.ofNullable(running.get(config.replicationConfigArn()))
                    .map(replication -> new Serverless(config, replication))
                    .stream());
  }

  private static String name(Serverless one) {
    return one.config().replicationConfigIdentifier();
  }

  private Live read(String name, Fields desired) {
    return objects.read(name, one -> live(one, desired));
  }

  private Live live(Serverless one, Fields desired) {
    TaskRun run = one.run();
    String arn = one.config().replicationConfigArn();
    Fields read =
        Shapes.read(one.config())
            .with("arn", arn)
            .with("resourceIdentifier", DmsObjects.lastPart(arn))
            .with("status", run.word())
            .with(RUN, run.state(asTask(desired)));
    for (String output : List.of("stopReason", "lastFailureMessage", "recoveryCheckpoint")) {
      Optional<String> text = Shapes.read(run.task()).text(output).filter(t -> !t.isEmpty());
      read = text.isPresent() ? read.with(output, text.get()) : read;
    }
    read = Json.expanded(read, TableRules.ATTRIBUTE, mapping -> mapping);
    read = Json.expanded(read, SETTINGS, TaskSettings::live);
    return Lives.of(schema, read, Map.of(), LIFECYCLE.health(one));
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}

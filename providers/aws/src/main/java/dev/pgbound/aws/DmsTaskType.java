package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Pausable;
import dev.pgbound.spi.Problems;
import dev.pgbound.spi.Query;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;
import dev.pgbound.tables.TableRules;
import dev.pgbound.tables.TableSelecting;
import dev.pgbound.tables.TableTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.databasemigration.DatabaseMigrationClient;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ReplicationTask;

/**
 * The replication of selected tables from one endpoint to another.
 *
 * <p>Whether it runs is an attribute, and the business of the engine. A failed task is one that
 * stands and can be resumed: its outputs say what happened to it, and {@code run: running} sets it
 * going again.
 */
final class DmsTaskType implements AwsType, Pausable, TableSelecting {

  private static final ArnKind ARN = new ArnKind("dms", "task:");

  private static final Lifecycle<ReplicationTask> LIFECYCLE =
      lifecycle(Set.of("ready", "running", "stopped", "failed", "failed-move"));

  /** A new task that fails is not usable. */
  private static final Lifecycle<ReplicationTask> CREATION =
      lifecycle(Set.of("ready", "running", "stopped"));

  private final Aws aws;
  private final DmsObjects<ReplicationTask> objects;
  private final TaskRuns runs;
  private final Supplier<List<ReplicationTask>> all;
  private final ResourceSchema schema = DmsTaskSchema.build();

  DmsTaskType(Aws aws) {
    this.aws = aws;
    runs = new TaskRuns(new ClassicTasks(this::dms));
    all = aws.discovery().remembering(() -> describe(List.of()).toList());
    objects =
        new DmsObjects<>(
            aws,
            schema,
            ARN,
            "replication-task-id",
            filters -> filters.isEmpty() ? all.get().stream() : describe(filters));
  }

  /** The end of the load of these tasks, which a plan finds in what it has read for the tasks. */
  DmsFullLoadType fullLoad() {
    return new DmsFullLoadType(this::dms, () -> Absence.asEmpty(() -> all.get().stream()));
  }

  private Stream<ReplicationTask> describe(List<Filter> filters) {
    return dms().describeReplicationTasksPaginator(r -> r.filters(filters)).stream()
        .flatMap(page -> page.replicationTasks().stream());
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
    return objects.discover(
        query, task -> live(task, objects.desired(query, task.replicationTaskIdentifier())));
  }

  @Override
  public List<Live> lookup(Fields selector, Context context) {
    return objects.lookup(selector, task -> live(task, Fields.NONE));
  }

  @Override
  public Fields describe(Live live) {
    Description said =
        Description.of(schema, live).unlessText("resourceIdentifier", DmsObjects::isChosenByAws);
    Fields settings =
        TaskDefaults.without(
            live.attributes().fields(TaskSettings.ATTRIBUTE),
            live.attributes().text("migrationType").orElse(""));
    said.with(
        TableRules.ATTRIBUTE, TableRules.described(live.attributes().fields(TableRules.ATTRIBUTE)));
    return (settings.equals(Fields.NONE)
            ? said.without(TaskSettings.ATTRIBUTE)
            : said.with(TaskSettings.ATTRIBUTE, settings))
        .fields();
  }

  @Override
  public Live create(Fields desired, Context context) {
    Fields request = request(desired, context);
    ReplicationTask created =
        TaskGround.of(dms(), desired)
            .retrying(
                "the replication instance to take another task",
                context,
                () ->
                    DmsRoles.awaitLogsRole(
                        context, () -> dms().createReplicationTask(r -> Shapes.fill(r, request))))
            .replicationTask();
    String name = created.replicationTaskIdentifier();
    String arn = created.replicationTaskArn();
    CREATION.awaitReady(context, "dms-task " + name, () -> runs.find(arn).map(TaskRun::task));
    return read(name, desired);
  }

  @Override
  public Live update(Live prior, Fields desired, Set<String> changed, Context context) {
    new TaskUpdate(dms(), runs, prior, desired, changed, context).change();
    aws.tags().dms().complete(DmsObjects.arn(prior), prior, desired, context);
    return read(prior.identifier(), desired);
  }

  /** A change of a task ends with its run state; its tags have nothing to do with that. */
  @Override
  public Live claim(Live live, Context context) {
    aws.tags().dms().complete(DmsObjects.arn(live), live, Fields.NONE, context);
    return read(live.identifier(), live.attributes());
  }

  @Override
  public Optional<String> hindrance(
      Live prior, Fields desired, Set<String> changed, Context context) {
    return changed.contains(TaskMove.INSTANCE)
        ? TaskMove.hindrance(dms(), prior.attributes(), desired)
        : Optional.empty();
  }

  @Override
  public void delete(Live prior, Optional<Fields> desired, Context context) {
    String arn = DmsObjects.arn(prior);
    if (runs.find(arn).isPresent()) {
      runs.stop(arn, context);
    }
    Absence.asSuccess(() -> dms().deleteReplicationTask(r -> r.replicationTaskArn(arn)));
    LIFECYCLE.awaitGone(
        context, "dms-task " + prior.identifier(), () -> runs.find(arn).map(TaskRun::task));
  }

  @Override
  public Live settle(Live live, Context context) {
    runs.settled(DmsObjects.arn(live), context);
    return read(live.identifier(), live.attributes());
  }

  @Override
  public boolean isRunning(Live live) {
    return live.attributes().text("status").filter(TaskRun::runs).isPresent();
  }

  @Override
  public Live pause(Live live, Fields desired, Context context) {
    runs.stop(DmsObjects.arn(live), context);
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

  /** Tables that are new to a full load that has finished are loaded when it is resumed. */
  @Override
  public boolean bringsWork(Set<String> changed) {
    return changed.contains(TableRules.ATTRIBUTE);
  }

  @Override
  public void check(Declared resource, Problems problems) {
    SettingsChecks.check(new DeclaredSettings(resource.attributes()), problems);
  }

  @Override
  public void check(Declared resource, Collection<Declared> all, Problems problems) {
    AlarmChecks.lag(resource, all, problems);
  }

  @Override
  public TableTask tableTask(Declared resource, Collection<Declared> all) {
    return TableTasks.of(resource.attributes(), all);
  }

  @Override
  public List<Implied> implied(Declared resource, Collection<Declared> all) {
    List<Implied> implied = new ArrayList<>();
    for (Declared other : all) {
      if (other.address().type().equals("dms-connection-test") && isTestFor(other, resource)) {
        implied.add(new Implied(other.address(), "DMS starts a task only after a good test"));
      }
    }
    if (new DeclaredSettings(resource.attributes()).flag("Logging", "EnableLogging", false)) {
      implied.addAll(DmsRoles.implied(all, DmsRoles.LOGS));
    }
    return implied;
  }

  private static Lifecycle<ReplicationTask> lifecycle(Set<String> ready) {
    return Lifecycle.of(ReplicationTask::status, ready, TaskRun.TRANSITIONAL, Set.of("deleting"))
        .explainedBy(task -> new TaskRun(task).why());
  }

  private static boolean isTestFor(Declared test, Declared task) {
    Fields tested = test.attributes();
    Fields used = task.attributes();
    return isSame(tested.get("replicationInstanceArn"), used.get("replicationInstanceArn"))
        && (isSame(tested.get("endpointArn"), used.get("sourceEndpointArn"))
            || isSame(tested.get("endpointArn"), used.get("targetEndpointArn")));
  }

  /** References to one object may be written with and without the name of the output. */
  private static boolean isSame(Optional<Value> one, Optional<Value> other) {
    return one.isPresent() && one.map(DmsTaskType::plain).equals(other.map(DmsTaskType::plain));
  }

  private static String plain(Value value) {
    return value instanceof Value.Unknown unknown
        ? unknown.expression().replace(".arn}", "}")
        : value.toString();
  }

  private Fields request(Fields desired, Context context) {
    Fields request =
        objects
            .creation(Remembered.RELOAD.tagged(desired), context)
            .without(RUN)
            .without(RELOAD)
            .without(TaskSettings.ATTRIBUTE)
            .with(
                TableRules.ATTRIBUTE, TableRules.forRequest(desired.fields(TableRules.ATTRIBUTE)));
    Value settings = TaskSettings.normal(desired.fields(TaskSettings.ATTRIBUTE));
    return settings.equals(Fields.NONE) ? request : request.with(TaskSettings.ATTRIBUTE, settings);
  }

  private Live read(String name, Fields desired) {
    return objects.read(name, task -> live(task, desired));
  }

  private Live live(ReplicationTask task, Fields desired) {
    String arn = task.replicationTaskArn();
    String lastPart = DmsObjects.lastPart(arn);
    Fields read =
        Shapes.read(task)
            .with("arn", arn)
            .with("resourceId", lastPart)
            .with("resourceIdentifier", lastPart)
            .with(RUN, new TaskRun(task).state(desired));
    read = Json.expanded(read, TableRules.ATTRIBUTE, mapping -> mapping);
    read = Json.expanded(read, TaskSettings.ATTRIBUTE, TaskSettings::live);
    return Lives.of(schema, read, Map.of(), LIFECYCLE.health(task));
  }

  private DatabaseMigrationClient dms() {
    return aws.clients().dms();
  }
}

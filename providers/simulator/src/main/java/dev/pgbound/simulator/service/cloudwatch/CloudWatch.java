package dev.pgbound.simulator.service.cloudwatch;

import static dev.pgbound.simulator.service.cloudwatch.AlarmRules.CHECK;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.wire.QueryProtocol;
import dev.pgbound.simulator.world.Kind;
import dev.pgbound.simulator.world.Stored;
import dev.pgbound.simulator.world.Table;
import dev.pgbound.simulator.world.Tags;
import dev.pgbound.simulator.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/**
 * CloudWatch: the metrics that other services publish, and alarms. Nobody compares the two, so an
 * alarm changes its state on request.
 */
public final class CloudWatch {

  private static final Kind<MetricAlarm, MetricAlarm.Builder> ALARM =
      Kind.regional("cloudwatch/alarm", MetricAlarm::builder);

  private static final int USUAL_PAGE = 50;

  private final World world;
  private final MetricData metrics;
  private final Table<MetricAlarm, MetricAlarm.Builder> alarms;

  /**
   * CloudWatch in {@code world}.
   *
   * @param metrics what is published
   */
  public CloudWatch(World world, Metrics metrics) {
    this.world = world;
    this.metrics = new MetricData(metrics);
    this.alarms = world.table(ALARM);
  }

  /** What the service answers to. */
  public Operations operations() {
    Operations operations = new Operations("monitoring", QueryProtocol.QUERY);
    metrics.register(operations);
    return operations
        .on("PutMetricAlarm", PutMetricAlarmRequest::builder, this::putMetricAlarm)
        .on("DescribeAlarms", DescribeAlarmsRequest::builder, this::describeAlarms)
        .on("DeleteAlarms", DeleteAlarmsRequest::builder, this::deleteAlarms)
        .on("SetAlarmState", SetAlarmStateRequest::builder, this::setAlarmState)
        .on("EnableAlarmActions", EnableAlarmActionsRequest::builder, this::enableAlarmActions)
        .on("DisableAlarmActions", DisableAlarmActionsRequest::builder, this::disableAlarmActions)
        .on("TagResource", TagResourceRequest::builder, this::tagResource)
        .on("UntagResource", UntagResourceRequest::builder, this::untagResource)
        .on("ListTagsForResource", ListTagsForResourceRequest::builder, this::listTagsForResource);
  }

  /**
   * Exchanges the whole alarm: what the request leaves out is gone afterwards. Only the state and
   * the tags of an alarm outlive it, so that the tags of a later request have no effect.
   */
  private PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    AlarmRules.check(request);
    String name = request.alarmName();
    String arn = world.arn("cloudwatch", "alarm:" + name);
    Optional<Stored<MetricAlarm, MetricAlarm.Builder>> before = alarms.find(name);
    MetricAlarm.Builder alarm =
        configured(request).alarmArn(arn).alarmConfigurationUpdatedTimestamp(world.now());
    before
        .map(Stored::model)
        .ifPresentOrElse(
            old ->
                alarm
                    .stateValue(old.stateValue())
                    .stateReason(old.stateReason())
                    .stateReasonData(old.stateReasonData())
                    .stateUpdatedTimestamp(old.stateUpdatedTimestamp())
                    .stateTransitionedTimestamp(old.stateTransitionedTimestamp()),
            () ->
                alarm
                    .stateValue(StateValue.INSUFFICIENT_DATA)
                    .stateReason("Unchecked: Initial alarm creation")
                    .stateUpdatedTimestamp(world.now())
                    .stateTransitionedTimestamp(world.now()));
    Map<String, String> tags =
        before
            .<Map<String, String>>map(old -> new TreeMap<>(old.tags()))
            .orElseGet(() -> Tags.read(request.tags()));
    before.ifPresent(Stored::remove);
    alarms.add(name, arn, alarm.build(), tags);
    return PutMetricAlarmResponse.builder().build();
  }

  /** Alarm and request have the same members; lists and the switch for actions are filled in. */
  private static MetricAlarm.Builder configured(PutMetricAlarmRequest request) {
    MetricAlarm.Builder alarm =
        MetricAlarm.builder()
            .actionsEnabled(true)
            .okActions(List.of())
            .alarmActions(List.of())
            .insufficientDataActions(List.of())
            .dimensions(List.of());
    ModelJson.STATE.decode(ModelJson.STATE.encode(request), alarm);
    return alarm;
  }

  /** A name without an alarm is no mistake. */
  private DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    CHECK.range(request.maxRecords(), "maxRecords", 1, 100);
    if (request.hasAlarmNames() && request.alarmNamePrefix() != null) {
      throw new Fault("ValidationError", "AlarmNamePrefix and AlarmNames may not be used together");
    }
    List<MetricAlarm> found =
        alarms.all().stream().map(Stored::model).filter(alarm -> isWanted(alarm, request)).toList();
    Page<MetricAlarm> page =
        Page.of(found, request.maxRecords(), request.nextToken(), USUAL_PAGE, "InvalidNextToken");
    return DescribeAlarmsResponse.builder()
        .metricAlarms(page.items())
        .compositeAlarms(List.of())
        .nextToken(page.next())
        .build();
  }

  private static boolean isWanted(MetricAlarm alarm, DescribeAlarmsRequest request) {
    String prefix = Objects.requireNonNullElse(request.alarmNamePrefix(), "");
    String action = Objects.requireNonNullElse(request.actionPrefix(), "");
    return (!request.hasAlarmTypes() || request.alarmTypes().contains(AlarmType.METRIC_ALARM))
        && (!request.hasAlarmNames() || request.alarmNames().contains(alarm.alarmName()))
        && alarm.alarmName().startsWith(prefix)
        && (request.stateValue() == null || request.stateValue() == alarm.stateValue())
        && (action.isEmpty() || actions(alarm).anyMatch(arn -> arn.startsWith(action)));
  }

  private static Stream<String> actions(MetricAlarm alarm) {
    return Stream.of(alarm.alarmActions(), alarm.okActions(), alarm.insufficientDataActions())
        .flatMap(List::stream);
  }

  /** One name without an alarm is no mistake; among several it is, and then none is deleted. */
  private DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    List<String> names = request.alarmNames();
    List<String> unknown = names.stream().filter(name -> alarms.find(name).isEmpty()).toList();
    if (names.size() > 1 && !unknown.isEmpty()) {
      throw new Fault("ResourceNotFound", 404, "Unknown: " + String.join(", ", unknown));
    }
    names.stream().flatMap(name -> alarms.find(name).stream()).forEach(Stored::remove);
    return DeleteAlarmsResponse.builder().build();
  }

  private SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    Stored<MetricAlarm, MetricAlarm.Builder> alarm =
        alarms
            .find(CHECK.required(request.alarmName(), "alarmName"))
            .orElseThrow(() -> new Fault("ResourceNotFound", 404, "Unknown"));
    String state = CHECK.required(request.stateValueAsString(), "stateValue");
    CHECK.oneOf(
        state, "stateValue", StateValue.knownValues().stream().map(Enum::name).sorted().toList());
    boolean isOther = !state.equals(alarm.model().stateValueAsString());
    alarm.update(
        builder ->
            builder
                .stateValue(state)
                .stateReason(request.stateReason())
                .stateReasonData(request.stateReasonData())
                .stateUpdatedTimestamp(world.now())
                .stateTransitionedTimestamp(
                    isOther ? world.now() : alarm.model().stateTransitionedTimestamp()));
    return SetAlarmStateResponse.builder().build();
  }

  private EnableAlarmActionsResponse enableAlarmActions(EnableAlarmActionsRequest request) {
    switchActions(request.alarmNames(), true);
    return EnableAlarmActionsResponse.builder().build();
  }

  private DisableAlarmActionsResponse disableAlarmActions(DisableAlarmActionsRequest request) {
    switchActions(request.alarmNames(), false);
    return DisableAlarmActionsResponse.builder().build();
  }

  private void switchActions(List<String> names, boolean enabled) {
    names.stream()
        .flatMap(name -> alarms.find(name).stream())
        .forEach(alarm -> alarm.update(builder -> builder.actionsEnabled(enabled)));
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    tagged(request.resourceARN()).tag(Tags.read(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tagged(request.resourceARN()).untag(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(Tags.write(tagged(request.resourceARN()).tags(), Tag::builder))
        .build();
  }

  private Stored<MetricAlarm, MetricAlarm.Builder> tagged(@Nullable String arn) {
    return alarms.all().stream()
        .filter(alarm -> alarm.arn().equals(arn))
        .findFirst()
        .orElseThrow(
            () -> new Fault("ResourceNotFoundException", 404, "The resource does not exist"));
  }
}

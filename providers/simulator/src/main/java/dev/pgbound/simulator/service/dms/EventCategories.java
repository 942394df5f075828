package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.databasemigration.model.DescribeEventCategoriesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEventCategoriesResponse;
import software.amazon.awssdk.services.databasemigration.model.EventCategoryGroup;

/** The categories of events by what the events are about. */
final class EventCategories {

  private static final SortedMap<String, List<String>> BY_SOURCE_TYPE =
      new TreeMap<>(
          Map.of(
              "replication-instance",
              List.of(
                  "configuration change",
                  "creation",
                  "deletion",
                  "failover",
                  "failure",
                  "low storage",
                  "maintenance"),
              "replication-task",
              List.of("configuration change", "creation", "deletion", "failure", "state change")));

  void register(Operations operations) {
    operations.on(
        "DescribeEventCategories", DescribeEventCategoriesRequest::builder, this::describe);
  }

  /** Refuses a source type that there is not, and categories that its events do not have. */
  static void check(@Nullable String sourceType, List<String> categories) {
    if (sourceType != null && !BY_SOURCE_TYPE.containsKey(sourceType)) {
      throw Refusals.invalidValue("Invalid SourceType: " + sourceType);
    }
    BY_SOURCE_TYPE.forEach(
        (type, known) -> {
          if (type.equals(sourceType) && !known.containsAll(categories)) {
            throw Refusals.invalidValue(
                "Invalid event categories %s for source type %s", categories, type);
          }
        });
  }

  private DescribeEventCategoriesResponse describe(DescribeEventCategoriesRequest request) {
    check(request.sourceType(), List.of());
    List<EventCategoryGroup> groups =
        BY_SOURCE_TYPE.entrySet().stream()
            .filter(
                each -> request.sourceType() == null || each.getKey().equals(request.sourceType()))
            .map(
                each ->
                    EventCategoryGroup.builder()
                        .sourceType(each.getKey())
                        .eventCategories(each.getValue())
                        .build())
            .toList();
    return DescribeEventCategoriesResponse.builder().eventCategoryGroupList(groups).build();
  }
}

package dev.pgbound.simulator.service.cloudwatch;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** What a service publishes of its objects. */
public interface Metrics {

  /** One value, at the beginning of the minute that it is about. */
  record Datapoint(Instant at, double value) {}

  /**
   * The values of a metric, one for each minute that is over; none of a metric that nobody
   * publishes.
   *
   * @param from the first moment
   * @param to the first moment that is too late
   */
  List<Datapoint> values(Metric metric, Instant from, Instant to);
}

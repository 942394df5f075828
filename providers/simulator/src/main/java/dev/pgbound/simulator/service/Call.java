package dev.pgbound.simulator.service;

/**
 * One call of an operation.
 *
 * @param service the service's signing name
 * @param operation its name; of a request that names none, its first line
 */
public record Call(String service, String operation, String region) {

  /** The call as policies name it, such as {@code cloudwatch:PutMetricAlarm}. */
  public String action() {
    return ServiceNames.prefix(service) + ":" + operation;
  }
}

package dev.pgbound.simulator.service;

/**
 * One call of an operation.
 *
 * @param service the service's signing name
 */
public record Call(String service, String operation, String region) {}

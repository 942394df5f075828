package dev.pgbound.simulator.wire;

/** What any service may answer to any call, each in the words of its protocol. */
public enum Trouble {
  /** Too many calls. */
  THROTTLED,
  /** The service has failed. */
  BROKEN,
  /** No policy allows the call. */
  DENIED
}

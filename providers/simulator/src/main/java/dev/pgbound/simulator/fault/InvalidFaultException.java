package dev.pgbound.simulator.fault;

/** A text that describes no fault; the message says why. */
public final class InvalidFaultException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int offset;

  InvalidFaultException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** Where in the text the mistake begins, from 0 on. */
  public int offset() {
    return offset;
  }
}

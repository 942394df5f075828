package dev.pgbound.simulator.fault;

/** A text that describes no fault; the message says why. */
public final class InvalidFaultException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String text;
  private final int offset;

  InvalidFaultException(String text, int offset, String message) {
    super(message);
    this.text = text;
    this.offset = offset;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** Where in the text the mistake begins, from 0 on. */
  public int offset() {
    return offset;
  }
}

package dev.pgbound.simulator.wire;

/** A service's refusal: the error code, HTTP status and message that AWS would have answered. */
public final class Fault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /** A refusal as the service words it. */
  public Fault(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** A refusal of what the caller asked for: HTTP status 400. */
  public Fault(String code, String message) {
    this(code, 400, message);
  }

  /** The error code, such as {@code InvalidVpcID.NotFound}. */
  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The message; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}

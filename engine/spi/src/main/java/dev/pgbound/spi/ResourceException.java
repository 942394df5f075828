package dev.pgbound.spi;

/** The service refused or failed; classified, so that the engine can say what to do next. */
public final class ResourceException extends RuntimeException {

  /** What kind of failure it is. Only throttling and unavailability are retried unasked. */
  public enum Kind {
    NOT_FOUND,
    ALREADY_EXISTS,
    CONFLICT,
    ACCESS_DENIED,
    THROTTLED,
    QUOTA_EXCEEDED,
    INVALID_REQUEST,
    NOT_STABILIZED,
    TIMED_OUT,
    UNAVAILABLE,
    INTERRUPTED
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String code;

  public ResourceException(Kind kind, String code, String message) {
    super(message);
    this.kind = kind;
    this.code = code;
  }

  public ResourceException(Kind kind, String code, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  /** The service's own error code, such as {@code InvalidResourceStateFault}. */
  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

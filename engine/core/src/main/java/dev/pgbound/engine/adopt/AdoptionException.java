package dev.pgbound.engine.adopt;

/** Why nothing can be taken over, in words for the user. */
public final class AdoptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What has to be done about it. */
  public enum Kind {
    /** There is nothing of the kind in AWS. */
    NOTHING_THERE,
    /** The command line has to say more, or something else. */
    SAY_MORE,
    /** It belongs to somebody else. */
    TAKEN
  }

  private final Kind kind;

  public AdoptionException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}

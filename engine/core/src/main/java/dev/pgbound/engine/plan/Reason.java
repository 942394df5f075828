package dev.pgbound.engine.plan;

/** Why a resource changes. */
public enum Reason {
  NONE("nothing to do"),
  MISSING("does not exist"),
  PLACE_MISSING("its database is not there yet"),
  CONFIGURATION_CHANGED("the file changed"),
  DRIFTED("changed outside pgbound"),
  IMMUTABLE_CHANGED("cannot be changed in place"),
  UNHEALTHY("is not usable yet"),
  ORPHANED("no longer in the file"),
  REQUESTED("requested"),
  DEPENDENCY_CHANGED("must run again after a change"),
  DEPENDENCY_REPLACED("is bound to what is replaced"),
  ADOPTED("taken over by this migration");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}

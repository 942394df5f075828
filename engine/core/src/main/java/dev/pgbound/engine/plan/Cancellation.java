package dev.pgbound.engine.plan;

/** Says whether the user asked to stop. Set once, from another thread. */
public final class Cancellation {

  private volatile boolean requested;

  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}

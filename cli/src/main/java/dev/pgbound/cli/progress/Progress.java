package dev.pgbound.cli.progress;

import dev.pgbound.engine.apply.EngineEvent;

/** Shows a run as it goes, on standard error. Calls may come from several threads at once. */
public interface Progress extends AutoCloseable {

  void hear(EngineEvent event);

  /** Says something that stays on the screen. */
  void say(String line);

  /** Ends the show; what is to stay, stays. */
  @Override
  void close();
}

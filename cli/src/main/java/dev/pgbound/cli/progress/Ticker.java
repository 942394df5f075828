package dev.pgbound.cli.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again, by the clock on the wall, whatever the run's timeline does. */
final class Ticker implements AutoCloseable {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "progress");
            daemon.setDaemon(true);
            return daemon;
          });

  private Ticker() {}

  static Ticker every(Duration pause, Runnable work) {
    Ticker ticker = new Ticker();
    ticker.start(pause, work);
    return ticker;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
  private void start(Duration pause, Runnable work) {
    thread.scheduleWithFixedDelay(work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package dev.pgbound.engine.plan;

import dev.pgbound.spi.ResourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads of several resource types side by side. */
public final class InParallel {

  private static final int PARALLELISM = 8;

  private InParallel() {}

  /**
   * The results by type, in the order of the jobs.
   *
   * @throws DiscoveryException with every type that could not be read
   */
  public static <T> Map<String, T> read(Map<String, Callable<T>> jobs) {
    ExecutorService pool = Executors.newFixedThreadPool(PARALLELISM);
    try {
      Map<String, Future<T>> running = new LinkedHashMap<>();
      jobs.forEach((name, job) -> running.put(name, pool.submit(job)));
      Map<String, T> results = new LinkedHashMap<>();
      Map<String, ResourceException> failures = new LinkedHashMap<>();
      for (Map.Entry<String, Future<T>> entry : running.entrySet()) {
        try {
          results.put(entry.getKey(), entry.getValue().get());
        } catch (ExecutionException e) {
          failures.put(entry.getKey(), failure(e));
        }
      }
      if (!failures.isEmpty()) {
        throw new DiscoveryException(failures);
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ResourceException(
          ResourceException.Kind.INTERRUPTED, "Interrupted", "Interrupted while reading AWS.", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static ResourceException failure(ExecutionException e) {
    if (e.getCause() instanceof ResourceException remote) {
      return remote;
    }
    throw new IllegalStateException(e.getCause());
  }
}

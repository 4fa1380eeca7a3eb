package org.invoiceflow.local.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs independent pieces of work on a few threads and waits for all of them. */
final class InParallel {

  /** Enough to keep the cores busy while some threads wait for a store's answer. */
  static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());

  private InParallel() {}

  /**
   * Returns when all tasks are done. The first failure ends the others and is thrown as it is.
   *
   * @throws IllegalStateException if the calling thread is interrupted; its interrupt flag is set
   */
  static void run(List<? extends Runnable> tasks) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(THREADS, tasks.size())),
            work -> {
              Thread thread = new Thread(work, "read-stores");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable task : tasks) {
        running.add(threads.submit(task));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw asUnchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a store back", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static RuntimeException asUnchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(cause);
  }
}

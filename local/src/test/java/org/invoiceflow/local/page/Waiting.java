package org.invoiceflow.local.page;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what a browser or a program will show. */
final class Waiting {

  static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final long PAUSE_MILLIS = 50;

  private Waiting() {}

  /**
   * Returns when the condition holds.
   *
   * @param failure says what was there instead
   * @throws IllegalStateException if it does not come to hold within two minutes
   */
  static void until(Callable<Boolean> condition, Supplier<String> failure) {
    long start = System.nanoTime();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IllegalStateException(failure.get());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(failure.get(), e);
    }
  }
}

package org.invoiceflow.ingest;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, as far as retries need them; tests put in their own. */
interface Waiting {

  Waiting REAL =
      new Waiting() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };

  /** As {@link System#nanoTime()}. */
  long nanoTime();

  /** From 0, below 1. */
  double random();

  void sleep(Duration duration) throws InterruptedException;
}

package org.invoiceflow.ingest;

import java.security.SecureRandom;
import java.time.Duration;

/** Time and chance, as far as retries need them; tests put in their own. */
interface Waiting {

  /** The only source that differs in instances which start from one snapshot. */
  SecureRandom RANDOM = new SecureRandom();

  Waiting REAL =
      new Waiting() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public double random() {
          return RANDOM.nextDouble();
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

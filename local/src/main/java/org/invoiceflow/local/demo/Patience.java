package org.invoiceflow.local.demo;

import java.time.Duration;

/** Waits for figures that grow, as long as they do. One thread. */
final class Patience {

  private static final long PAUSE_MILLIS = 100;

  private final Duration withoutMovement;

  Patience(Duration withoutMovement) {
    this.withoutMovement = withoutMovement;
  }

  /** A figure that can be asked for again and again. */
  interface Figure {
    long ask() throws Exception;
  }

  /** Something that throws when waiting has become pointless. */
  interface Check {
    void run() throws Exception;
  }

  /**
   * Returns when the figure has reached the target, or has not moved for too long: the accounting
   * then says what is missing.
   */
  void until(long target, Figure figure, Check check) throws Exception {
    long moved = System.nanoTime();
    long last = figure.ask();
    while (last < target && System.nanoTime() - moved < withoutMovement.toNanos()) {
      check.run();
      Thread.sleep(PAUSE_MILLIS);
      long now = figure.ask();
      if (now != last) {
        last = now;
        moved = System.nanoTime();
      }
    }
  }
}

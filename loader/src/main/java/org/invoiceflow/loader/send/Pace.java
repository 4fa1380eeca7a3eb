package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Keeps to a rate of lines per second. Used by one thread. */
final class Pace {

  /**
   * What a wait that took too long, or a slow moment of the service, may make up for at once. More
   * would be a burst.
   */
  private static final long CATCH_UP = Duration.ofMillis(200).toNanos();

  private static final double NANOS = 1e9;

  private final OptionalInt rate;
  private final LongSupplier nanoTime;
  private final RetryingClient.Sleeper sleeper;
  private long due;

  /**
   * @param rate lines per second; no limit if absent
   * @param nanoTime as {@link System#nanoTime}
   */
  Pace(OptionalInt rate, LongSupplier nanoTime, RetryingClient.Sleeper sleeper) {
    this.rate = rate;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.due = nanoTime.getAsLong();
  }

  /** Returns when so many lines may be sent. */
  void await(int lines) throws InterruptedException {
    if (rate.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (due > now) {
      sleeper.sleep(Duration.ofNanos(due - now));
    }
    due = Math.max(due, now - CATCH_UP) + (long) (lines * NANOS / rate.getAsInt());
  }
}

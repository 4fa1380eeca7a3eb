package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Until when the service wants to be left alone. Used from any thread. */
final class Quiet {

  private final LongSupplier nanoTime;
  private final AtomicLong end;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Quiet(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = new AtomicLong(nanoTime.getAsLong());
  }

  /** From now on for so long; nobody shortens what was asked for before. */
  void keep(Duration asked) {
    long until = nanoTime.getAsLong() + asked.toNanos();
    end.updateAndGet(before -> until - before > 0 ? until : before);
  }

  /** Zero if requests may be sent. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, end.get() - nanoTime.getAsLong()));
  }
}

package org.invoiceflow.local.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * When the API had taken how many lines: tells how long the oldest line that a stage still lacks
 * has been waiting for it, if lines pass in about the order in which they came. Thread-safe.
 */
final class Arrivals {

  private static final long GRAIN_NANOS = Duration.ofMillis(100).toNanos();

  /** Hours of sending without a pause. */
  private static final int MOST_MARKS = 100_000;

  private record Mark(long nanos, long lines) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private final LongSupplier clock;
  private long lines;

  Arrivals(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized void add(long more) {
    lines += more;
    long now = clock.getAsLong();
    Mark last = marks.peekLast();
    if (last != null && now - last.nanos < GRAIN_NANOS) {
      marks.removeLast();
      marks.add(new Mark(last.nanos, lines));
    } else {
      marks.add(new Mark(now, lines));
    }
    if (marks.size() > MOST_MARKS) {
      marks.removeFirst();
    }
  }

  synchronized long lines() {
    return lines;
  }

  /** How long the oldest line has been waiting, if so many have passed; zero if all have. */
  synchronized Duration waiting(long passed) {
    for (Mark mark : marks) {
      if (mark.lines > passed) {
        return Duration.ofNanos(clock.getAsLong() - mark.nanos);
      }
    }
    return Duration.ZERO;
  }
}

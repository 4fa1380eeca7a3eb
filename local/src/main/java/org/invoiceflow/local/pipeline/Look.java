package org.invoiceflow.local.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest answer of a store that costs something to ask. It is asked in another thread, only
 * when somebody wants to know, and at most once a second; what takes long to answer is asked the
 * more rarely, so that looking on does not slow down what is looked at. Thread-safe.
 */
final class Look<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Look.class);

  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** A look is followed by a pause so many times as long, */
  private static final int PAUSE_FACTOR = 4;

  /** but not longer than this: what is older tells little. */
  private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Callable<T> question;
  private final Executor thread;
  private final LongSupplier clock;
  private T latest;
  private Optional<String> problem = Optional.empty();
  private boolean running;
  private long dueNanos;
  private long seenNanos;

  /**
   * @param before what is answered until the first look has ended
   * @param thread runs one look after the other
   * @param clock nanoseconds from any origin
   */
  Look(T before, Callable<T> question, Executor thread, LongSupplier clock) {
    this.latest = before;
    this.question = question;
    this.thread = thread;
    this.clock = clock;
    this.dueNanos = clock.getAsLong();
    this.seenNanos = dueNanos;
  }

  /** The latest answer, at once; looks again meanwhile if that is due. */
  synchronized T latest() {
    if (!running && clock.getAsLong() - dueNanos >= 0) {
      running = true;
      thread.execute(this::look);
    }
    return latest;
  }

  /** Age of the latest answer. */
  synchronized Duration age() {
    return Duration.ofNanos(clock.getAsLong() - seenNanos);
  }

  /** Why the last look failed, if it did; the latest answer is older then. */
  synchronized Optional<String> problem() {
    return problem;
  }

  private void look() {
    long start = clock.getAsLong();
    try {
      T answer = question.call();
      synchronized (this) {
        latest = answer;
        problem = Optional.empty();
        seenNanos = start;
      }
    } catch (Exception e) {
      LOG.warn("A store could not be looked at", e);
      synchronized (this) {
        problem = Optional.of(String.valueOf(e.getMessage()));
      }
    } finally {
      long end = clock.getAsLong();
      synchronized (this) {
        running = false;
        long wanted = Math.min(MAX_PAUSE_NANOS, PAUSE_FACTOR * (end - start));
        dueNanos = end + Math.max(PAUSE_NANOS, wanted);
      }
    }
  }
}

package org.invoiceflow.job.warehouse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * When the lines were staged that wait for their load, and the newest that is loaded: what the
 * aggregator can tell of the warehouse's age without asking it.
 *
 * <p>A load is let go before a checkpoint's barrier, and committed when that checkpoint has
 * completed, or the next one if that was given up, by a task that takes no further barrier
 * meanwhile. So when one more checkpoint has completed, the load is in the warehouse.
 *
 * <p>Times are milliseconds since 1970 UTC. One thread changes it, any may ask for the times.
 */
final class WaitingLoads {

  static final long NONE = -1;

  /** Loads that were let go and may be under way, oldest checkpoint first. */
  private final Deque<LetGo> letGo = new ArrayDeque<>();

  private long oldestHeld = NONE;
  private long newestHeld = NONE;

  private volatile long oldestWaiting = NONE;
  private volatile long newestLoaded = NONE;

  /** A file waits for the next load. */
  void hold(StagedFile file) {
    oldestHeld = oldest(oldestHeld, file.newestMillis());
    newestHeld = Math.max(newestHeld, file.newestMillis());
    oldestWaiting = oldest(oldestWaiting, file.newestMillis());
  }

  /** All that was held is let go as one load, with this checkpoint. */
  void letGo(long checkpointId) {
    letGo.addLast(new LetGo(checkpointId, oldestHeld, newestHeld));
    oldestHeld = NONE;
    newestHeld = NONE;
  }

  /** Everything is loaded whose commit an earlier checkpoint began; this one begins others. */
  void completed(long checkpointId) {
    while (!letGo.isEmpty() && letGo.getFirst().isBeingCommitted) {
      newestLoaded = Math.max(newestLoaded, letGo.removeFirst().newestMillis);
    }
    long oldest = oldestHeld;
    for (LetGo load : letGo) {
      load.isBeingCommitted = load.checkpointId <= checkpointId;
      oldest = oldest(oldest, load.oldestMillis);
    }
    oldestWaiting = oldest;
  }

  /** When the oldest line was staged that waits, or {@link #NONE}. */
  long oldestWaiting() {
    return oldestWaiting;
  }

  /** When the newest line was staged that is loaded, or {@link #NONE}. */
  long newestLoaded() {
    return newestLoaded;
  }

  /** What {@link #restore} needs; the held files are not in it. */
  List<long[]> snapshot() {
    List<long[]> times = new ArrayList<>();
    times.add(new long[] {newestLoaded});
    for (LetGo load : letGo) {
      times.add(new long[] {load.oldestMillis, load.newestMillis});
    }
    return times;
  }

  /**
   * Loads of the snapshot are committed before the restored job's first checkpoint.
   *
   * @param times what {@link #snapshot} gave
   */
  void restore(Iterable<long[]> times) {
    for (long[] values : times) {
      if (values.length == 1) {
        newestLoaded = values[0];
      } else {
        LetGo load = new LetGo(Long.MIN_VALUE, values[0], values[1]);
        load.isBeingCommitted = true;
        letGo.addLast(load);
        oldestWaiting = oldest(oldestWaiting, values[0]);
      }
    }
  }

  private static long oldest(long a, long b) {
    return a == NONE ? b : b == NONE ? a : Math.min(a, b);
  }

  private static final class LetGo {
    final long checkpointId;
    final long oldestMillis;
    final long newestMillis;

    /** Whether a checkpoint has completed that lets it be committed. */
    boolean isBeingCommitted;

    LetGo(long checkpointId, long oldestMillis, long newestMillis) {
      this.checkpointId = checkpointId;
      this.oldestMillis = oldestMillis;
      this.newestMillis = newestMillis;
    }
  }
}

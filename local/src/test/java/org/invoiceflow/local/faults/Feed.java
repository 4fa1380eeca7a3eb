package org.invoiceflow.local.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which records the source of one run has let go, over all restarts, and where it is to end.
 * Subtask {@code s} of {@code n} sends the records {@code s}, {@code s + n}, and so on. Sources
 * find it by its number. Thread-safe.
 */
final class Feed implements AutoCloseable {

  private static final Map<Integer, Feed> FEEDS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final int OPEN = -1;

  private final int number = NEXT.incrementAndGet();
  private final OddRecords records;
  private final int parallelism;
  private final boolean isFinite;
  private final int[] furthest;
  private final int[] ends;
  private final boolean[] over;
  private boolean ending;

  /**
   * @param isFinite whether the source ends after its last record, and so the job, or stays idle
   */
  Feed(OddRecords records, int parallelism, boolean isFinite) {
    this.records = records;
    this.parallelism = parallelism;
    this.isFinite = isFinite;
    this.furthest = new int[parallelism];
    this.ends = new int[parallelism];
    this.over = new boolean[parallelism];
    Arrays.fill(ends, OPEN);
    FEEDS.put(number, this);
  }

  static Feed numbered(int number) {
    Feed feed = FEEDS.get(number);
    if (feed == null) {
      throw new IllegalStateException("the run of feed " + number + " is over");
    }
    return feed;
  }

  int number() {
    return number;
  }

  OddRecords records() {
    return records;
  }

  boolean isFinite() {
    return isFinite;
  }

  /** Whether the subtask may send the record; if not, it has sent all that it ever will. */
  synchronized boolean maySend(int subtask, int index) {
    if (ends[subtask] == OPEN && (ending || index >= records.size())) {
      // What was sent before a restart has left traces, and is sent again first.
      ends[subtask] = Math.max(index, furthest[subtask]);
    }
    boolean may = ends[subtask] == OPEN || index < ends[subtask];
    if (may) {
      furthest[subtask] = Math.max(furthest[subtask], index + parallelism);
    }
    over[subtask] = !may;
    return may;
  }

  /** Lets the source end where it is. */
  synchronized void end() {
    ending = true;
  }

  /** Whether every subtask has sent its last record. */
  synchronized boolean isOver() {
    for (boolean one : over) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** Numbers of all records that have ever been sent. */
  synchronized List<Integer> sent() {
    List<Integer> sent = new ArrayList<>();
    for (int subtask = 0; subtask < parallelism; subtask++) {
      for (int index = subtask; index < furthest[subtask]; index += parallelism) {
        sent.add(index);
      }
    }
    return sent;
  }

  @Override
  public void close() {
    FEEDS.remove(number);
  }
}

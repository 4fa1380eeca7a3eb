package org.invoiceflow.local.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;

/**
 * What the counters of one cluster's jobs say, summed over subtasks, restarts and jobs.
 * Thread-safe; a little behind the job, which counts without locks.
 */
public final class JobCounters {

  /** By the id in the cluster's configuration, because Flink makes the reporter itself. */
  private static final Map<String, JobCounters> CLUSTERS = new ConcurrentHashMap<>();

  private record Key(String operator, String name) {}

  private final Map<Counter, Key> running = new ConcurrentHashMap<>();
  private final Map<Key, Long> ended = new ConcurrentHashMap<>();
  private int restarts;

  private JobCounters() {}

  static JobCounters ofCluster(String id) {
    return CLUSTERS.computeIfAbsent(id, any -> new JobCounters());
  }

  static void forget(String id) {
    CLUSTERS.remove(id);
  }

  /** Sum of all counters of this name, whatever the operator. */
  public synchronized long sum(String name) {
    return sumWhere(key -> key.name().equals(name));
  }

  /** Sum of the counters of this name of the operators whose name begins so. */
  public synchronized long sum(String operatorPrefix, String name) {
    return sumWhere(key -> key.name().equals(name) && key.operator().startsWith(operatorPrefix));
  }

  /**
   * How often a job, or a part of it, was restarted; of several, the one that was most often. The
   * sums then count more than once what was read again.
   */
  public synchronized int restarts() {
    return restarts;
  }

  private long sumWhere(java.util.function.Predicate<Key> wanted) {
    long sum = 0;
    for (Map.Entry<Counter, Key> entry : running.entrySet()) {
      if (wanted.test(entry.getValue())) {
        sum += entry.getKey().getCount();
      }
    }
    for (Map.Entry<Key, Long> entry : ended.entrySet()) {
      if (wanted.test(entry.getKey())) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  synchronized void add(Counter counter, String operator, String name) {
    running.put(counter, new Key(operator, name));
  }

  /** The number of a task's attempt, from 0 on. */
  synchronized void attempt(int number) {
    restarts = Math.max(restarts, number);
  }

  /** A task has ended: its last value stays in the sums. */
  synchronized void remove(Counter counter) {
    Key key = running.remove(counter);
    if (key != null) {
      ended.merge(key, counter.getCount(), Long::sum);
    }
  }
}

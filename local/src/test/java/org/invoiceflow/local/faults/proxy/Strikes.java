package org.invoiceflow.local.faults.proxy;

import java.util.Map;
import java.util.TreeMap;

/** What was broken how often. Thread-safe. */
public final class Strikes {

  private final Map<String, Integer> counts = new TreeMap<>();

  public synchronized void add(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  public synchronized int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Of this kind, or of all kinds whose name begins so. */
  public synchronized int of(String prefix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}

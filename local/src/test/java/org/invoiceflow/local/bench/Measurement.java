package org.invoiceflow.local.bench;

import java.util.List;

/**
 * Runs of one way to load.
 *
 * @param lines of each run
 */
record Measurement(String name, int lines, List<Run> runs) {

  /**
   * @param seconds by the clock on the wall
   * @param cpuSeconds of this JVM
   * @param serverCpuSeconds of PostgreSQL
   */
  record Run(double seconds, double cpuSeconds, double serverCpuSeconds) {}

  /** The run in the middle by its seconds. */
  Run median() {
    return runs.stream()
        .sorted((one, other) -> Double.compare(one.seconds(), other.seconds()))
        .toList()
        .get(runs.size() / 2);
  }

  long linesPerSecond() {
    return Math.round(lines / median().seconds());
  }
}

package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.List;

/**
 * What one run of the failure suite found.
 *
 * @param suite kind of failure, such as {@code crash-matrix}; figures are added up by it
 * @param name what exactly was broken, such as {@code merge, during a snapshot, rocksdb, 2}
 * @param seed that repeats the run's data and moments
 * @param isKill whether a whole process was killed by SIGKILL, rather than a part of it failed
 * @param strikes how often something was broken; 0 means that the failure never came about
 * @param lost lines that a store lacks at the end
 * @param duplicated lines that a store holds more than once, or that it should not hold
 * @param recoveries from each strike until the job had completed a checkpoint again
 * @param findings what else was wrong, in sentences; none if all is well
 */
record FaultRun(
    String suite,
    String name,
    long seed,
    boolean isKill,
    int strikes,
    long lost,
    long duplicated,
    List<Duration> recoveries,
    List<String> findings) {

  FaultRun {
    recoveries = List.copyOf(recoveries);
    findings = List.copyOf(findings);
  }

  /** Whether something was broken, and nothing was lost, doubled or otherwise wrong. */
  boolean passed() {
    return strikes > 0 && lost == 0 && duplicated == 0 && findings.isEmpty();
  }
}

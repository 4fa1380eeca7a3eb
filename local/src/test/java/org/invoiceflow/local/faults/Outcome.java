package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands what an audit found to the {@link FaultLog}.
 *
 * @param suite kind of failure
 * @param seed of the run
 * @param isKill whether whole processes were killed
 */
record Outcome(String suite, long seed, boolean isKill) {

  /** At the run's begin, so that it is known of if it ends before it can be judged. */
  static Outcome begin(String suite, long seed, boolean isKill) {
    FaultLog.begin(suite, seed, isKill);
    return new Outcome(suite, seed, isKill);
  }

  /**
   * Fails the running test unless all is well.
   *
   * @param name what exactly was broken
   * @param strikes how often
   * @param more findings beside the audit's own
   */
  void judge(
      String name, int strikes, StoreAudit audit, List<Duration> recoveries, List<String> more) {
    List<String> findings = new ArrayList<>(audit.findings());
    findings.addAll(more);
    FaultLog.judge(
        new FaultRun(
            suite,
            name,
            seed,
            isKill,
            strikes,
            audit.lost(),
            audit.duplicated(),
            recoveries,
            findings));
  }
}

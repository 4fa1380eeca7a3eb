package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until the stores hold what they must hold. What does not come, the audit names. */
final class Arrivals {

  private static final Duration POLL = Duration.ofMillis(50);

  private Arrivals() {}

  /**
   * Returns when all is there, when time is up, or when the job has ended.
   *
   * @param isAlive whether the job still runs
   * @param raw lines that {@code raw/} must hold
   * @param stored lines that the warehouse and the invoices view must hold
   */
  static void await(Callable<Boolean> isAlive, StoreProgress progress, long raw, long stored) {
    await(isAlive, () -> progress.raw() >= raw);
    await(isAlive, () -> progress.warehouse() >= stored);
    await(isAlive, () -> progress.view() >= stored);
  }

  /** Returns when the condition holds, when time is up, or when the job has ended. */
  static void await(Callable<Boolean> isAlive, Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollInterval(POLL)
          .atMost(FaultSettings.PATIENCE)
          .until(() -> condition.call() || !isAlive.call());
    } catch (ConditionTimeoutException e) {
      // The audit finds out.
    }
  }
}

package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until the stores hold what they must hold. What does not come, the audit names. */
final class Arrivals {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Arrivals() {}

  /** Returns when all is there, when time is up, or when the job's process has ended. */
  static void await(KillableJob job, StoreProgress progress, long raw, long stored) {
    await(job, () -> progress.raw() >= raw);
    await(job, () -> progress.warehouse() >= stored);
    await(job, () -> progress.view() >= stored);
  }

  private static void await(KillableJob job, Callable<Boolean> condition) {
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> condition.call() || !job.child().isAlive());
    } catch (ConditionTimeoutException e) {
      // The audit finds out.
    }
  }
}

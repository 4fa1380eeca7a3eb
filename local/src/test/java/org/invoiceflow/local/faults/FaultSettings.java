package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.Arrays;
import org.invoiceflow.local.testing.Limits;

/**
 * How much the failure suite does. The build runs each kind of failure once or a few times; {@code
 * mvn -Pfaults verify -Dfaults.runs=N -Dfaults.seed=S} runs each N times, from seed S on.
 *
 * @param runs of each kind, at least 1
 * @param seed of the first run; the following ones count up from it. A seed fixes the data and the
 *     progress at which to strike, not the interleaving of threads
 * @param isLong whether the profile {@code faults} is on
 */
record FaultSettings(int runs, long seed, boolean isLong) {

  /** How long to wait for what must come, before it is said that it does not. */
  static final Duration PATIENCE = Limits.PATIENCE;

  private static final long DEFAULT_SEED = 20_261_122;
  private static final int LONG_RUNS = 3;

  /** From the system properties {@code faults.long}, {@code faults.runs}, {@code faults.seed}. */
  static FaultSettings current() {
    boolean isLong = Boolean.getBoolean("faults.long");
    int runs = Integer.getInteger("faults.runs", isLong ? LONG_RUNS : 1);
    if (runs < 1) {
      throw new IllegalArgumentException("faults.runs must be at least 1, but is " + runs);
    }
    return new FaultSettings(runs, Long.getLong("faults.seed", DEFAULT_SEED), isLong);
  }

  /**
   * Whether a case of the crash matrices is to be run: all of them, or those whose name holds one
   * of the texts of {@code faults.only}, which are separated by {@code |}.
   */
  static boolean isWanted(String caseName) {
    return Arrays.stream(System.getProperty("faults.only", "").split("\\|"))
        .anyMatch(caseName::contains);
  }

  /** The suite's own number of runs in the build, the wanted number in the profile. */
  int runsOr(int quick) {
    return isLong ? runs : quick;
  }
}

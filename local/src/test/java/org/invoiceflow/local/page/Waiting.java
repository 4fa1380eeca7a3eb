package org.invoiceflow.local.page;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long this package waits for what a browser or a program will show, and how often it looks.
 */
final class Waiting {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Looks at once: most of what is waited for is there already.
   *
   * @param what a sentence for when it does not come true
   */
  static ConditionFactory until(String what) {
    return Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .atMost(PATIENCE);
  }
}

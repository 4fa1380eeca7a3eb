package org.invoiceflow.local.testing;

import java.time.Duration;

/** How long a test waits before it says that what must come does not. */
public final class Limits {

  /**
   * For anything. It comes within seconds on a machine of its own, and within minutes where many
   * share two processors.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  private Limits() {}
}

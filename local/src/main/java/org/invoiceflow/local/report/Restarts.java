package org.invoiceflow.local.report;

import java.util.Locale;

/** What is said of a run whose job was restarted. */
public final class Restarts {

  private Restarts() {}

  /**
   * A sentence without its full stop.
   *
   * @param restarts at least 1
   */
  public static String note(int restarts) {
    return String.format(
        Locale.ROOT,
        "The job was restarted %s, and counted again what it read again: what the stores hold"
            + " decides",
        restarts == 1 ? "once" : restarts + " times");
  }
}

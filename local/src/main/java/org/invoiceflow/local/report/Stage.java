package org.invoiceflow.local.report;

import java.time.Duration;

/**
 * A part of the run.
 *
 * @param name a few words in lower case, for example {@code send}
 */
public record Stage(String name, Duration took) {

  double seconds() {
    return took.toMillis() / 1000.0;
  }
}

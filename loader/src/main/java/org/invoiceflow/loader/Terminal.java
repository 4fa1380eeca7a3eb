package org.invoiceflow.loader;

/** Whether a person is looking. */
final class Terminal {

  /** Set by the start script, which can tell where stderr goes; Java cannot. */
  private static final String TOLD = "invoiceflow.loader.terminal";

  private Terminal() {}

  /** Whether stderr is a terminal; false if nobody said so. */
  static boolean isThere() {
    return Boolean.getBoolean(TOLD);
  }
}

package org.invoiceflow.local.demo;

/** Something that ends the demo; the message is one sentence for the user. */
final class DemoException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private DemoException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The user can mend it by calling the demo differently. */
  static DemoException usage(String message) {
    return new DemoException(ExitCode.USAGE, message);
  }

  /** A service or the job failed. */
  static DemoException failure(String message) {
    return new DemoException(ExitCode.FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}

package org.invoiceflow.local.demo;

/** What the demo's exit status means; README names them too. */
final class ExitCode {

  /** Every line is accounted for. */
  static final int BALANCED = 0;

  /** The run ended, but not every line is accounted for. */
  static final int NOT_BALANCED = 1;

  /** The call or its input is wrong: no such file, wrong header, port taken. */
  static final int USAGE = 2;

  /** A stand-in, a service or the job failed. */
  static final int FAILED = 3;

  private ExitCode() {}
}

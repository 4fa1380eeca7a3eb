package org.invoiceflow.local.console;

/** What the exit status of a command means; README names them too. */
public final class ExitCode {

  /** Every line is accounted for. */
  public static final int BALANCED = 0;

  /** The run ended, but not every line is accounted for. */
  public static final int NOT_BALANCED = 1;

  /** The call or its input is wrong: no such file, wrong header, port taken. */
  public static final int USAGE = 2;

  /** A stand-in, a service or the job failed. */
  public static final int FAILED = 3;

  private ExitCode() {}
}

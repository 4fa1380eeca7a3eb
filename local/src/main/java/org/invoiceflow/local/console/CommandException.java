package org.invoiceflow.local.console;

/** Something that ends a command; the message is one sentence for the user. */
public final class CommandException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The user can mend it by calling it differently. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** A service or the job failed. */
  public static CommandException failure(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  public int exitCode() {
    return exitCode;
  }
}

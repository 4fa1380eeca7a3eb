package org.invoiceflow.loader.send;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A run that had begun ended by a file: what is sent cannot be read further, or what the loader
 * writes cannot be written. The cause says which and has the same message.
 */
public final class BrokenOffException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient SendResult soFar;

  BrokenOffException(IOException cause, SendResult soFar) {
    this(String.valueOf(cause.getMessage()), cause, soFar);
  }

  private BrokenOffException(String message, @Nullable Throwable cause, SendResult soFar) {
    super(message, cause);
    this.soFar = soFar;
  }

  /** The same, with what to do about it. */
  public BrokenOffException withAdvice(String advice) {
    return new BrokenOffException(getMessage() + " " + advice, getCause(), soFar);
  }

  /** Counts up to the failure. */
  public SendResult soFar() {
    return soFar;
  }
}

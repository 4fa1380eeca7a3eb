package org.invoiceflow.loader.input;

import java.io.IOException;

/** The user's file or options cannot be used; the message is one clear sentence. */
public final class InputException extends IOException {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.invoiceflow.loader.send;

import java.io.IOException;

/** A file that the loader itself writes cannot be written; the message is one clear sentence. */
public final class OutputException extends IOException {

  private static final long serialVersionUID = 1L;

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.invoiceflow.loader.rejected;

import java.io.IOException;

/** A store cannot be reached, or refuses; the message is one clear sentence. */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}

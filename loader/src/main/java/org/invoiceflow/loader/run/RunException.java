package org.invoiceflow.loader.run;

import java.io.IOException;

/** A run could not be started or did not succeed; the message is one clear sentence. */
public final class RunException extends IOException {

  private static final long serialVersionUID = 1L;

  RunException(String message) {
    super(message);
  }

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}

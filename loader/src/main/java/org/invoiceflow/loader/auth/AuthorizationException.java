package org.invoiceflow.loader.auth;

import java.io.IOException;

/** A request cannot be authorized; the message is the reason, without a full stop. */
public final class AuthorizationException extends IOException {

  private static final long serialVersionUID = 1L;

  AuthorizationException(String message) {
    super(message);
  }

  AuthorizationException(String message, Throwable cause) {
    super(message, cause);
  }
}

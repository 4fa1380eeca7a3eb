package org.invoiceflow.local.standin;

/** A stand-in did not start. The message says which, why, and what to do. */
public final class StandinException extends Exception {

  private static final long serialVersionUID = 1L;

  StandinException(String message) {
    super(message);
  }

  StandinException(String message, Throwable cause) {
    super(message, cause);
  }
}

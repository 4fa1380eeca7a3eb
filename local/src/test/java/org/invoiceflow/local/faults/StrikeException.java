package org.invoiceflow.local.faults;

/** Thrown by an operator that was struck on purpose. */
final class StrikeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StrikeException(Strike strike) {
    super("struck: " + strike);
  }
}

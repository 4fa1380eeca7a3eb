package org.invoiceflow.job.warehouse;

import java.sql.SQLException;

/** The commit was sent, but its answer was lost: only the ledger knows whether it happened. */
final class UnknownOutcomeException extends SQLException {

  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(SQLException cause) {
    super(
        "It is unknown whether the warehouse committed the load; the next attempt asks the ledger: "
            + cause.getMessage(),
        cause.getSQLState(),
        cause);
  }
}

package org.invoiceflow.job.warehouse;

import java.sql.SQLException;

/** Another load, or a session that is nobody's, held the ledger for longer than one wait lasts. */
final class LedgerBusyException extends SQLException {

  private static final long serialVersionUID = 1L;

  LedgerBusyException(SQLException cause) {
    super(
        "The ledger "
            + WarehouseSchema.LOADS
            + " is locked by another load or session: "
            + cause.getMessage(),
        cause.getSQLState(),
        cause);
  }
}

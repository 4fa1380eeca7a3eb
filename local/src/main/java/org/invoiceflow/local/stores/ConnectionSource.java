package org.invoiceflow.local.stores;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a new connection to the warehouse; whoever asks for it closes it. */
@FunctionalInterface
public interface ConnectionSource {
  Connection open() throws SQLException;
}

package org.invoiceflow.local.endpoints;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The warehouse. The text form shows neither the password nor the parameters of the address.
 *
 * @param jdbcUrl {@code jdbc:redshift:} or {@code jdbc:postgresql:}
 */
public record WarehouseEndpoint(String jdbcUrl, String user, String password) {

  /** A new connection, to be closed by the caller. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  @Override
  public String toString() {
    return "WarehouseEndpoint[jdbcUrl="
        + jdbcUrl.replaceFirst("[?;].*", "?***")
        + ", user="
        + user
        + ", password=***]";
  }
}

package org.invoiceflow.job.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.SchemaMigration;
import org.invoiceflow.model.warehouse.WarehouseException;
import org.invoiceflow.model.warehouse.WarehouseTables;

/** The warehouse's tables and views, as {@code loader warehouse migrate} makes them. */
public final class WarehouseSchema {

  /** Every line, once. */
  public static final String LINES = WarehouseTables.LINES;

  /** The ledger: one row per load. */
  public static final String LOADS = WarehouseTables.LOADS;

  /** The staged files of the loads in the ledger. */
  public static final String LOAD_FILES = WarehouseTables.LOAD_FILES;

  private WarehouseSchema() {}

  /**
   * Creates what is missing and leaves what exists alone, in the database and schema that the
   * connection is in.
   *
   * @param connection with autocommit on
   */
  public static void create(Connection connection) throws SQLException {
    create(connection, Dialect.forUrl(connection.getMetaData().getURL()));
  }

  static void create(Connection connection, Dialect dialect) throws SQLException {
    try {
      new SchemaMigration(new JdbcSession(connection), dialect).migrate();
    } catch (WarehouseException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }
}

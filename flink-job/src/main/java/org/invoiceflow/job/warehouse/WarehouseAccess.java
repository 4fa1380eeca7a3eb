package org.invoiceflow.job.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.invoiceflow.model.warehouse.Dialect;

/**
 * Tries before a job starts what its loads will need, since a service that restarts a failing job
 * without end would hide the reason.
 */
public final class WarehouseAccess {

  private WarehouseAccess() {}

  /**
   * Connects, locks the ledger, writes no row into each table, and makes a staging table; waits
   * while a load is running. Whether the database may read the staged files shows in the first
   * load.
   *
   * @return one sentence on the first thing that fails
   */
  public static Optional<String> problem(WarehouseSettings settings) {
    try {
      tryDatabase(settings);
      return Optional.empty();
    } catch (SQLException | RuntimeException e) {
      return Optional.of(
          "The warehouse "
              + WarehouseConnections.withoutSecrets(settings.url())
              + " cannot be loaded by user "
              + settings.user()
              + ": "
              + WarehouseConnections.withoutSecrets(firstLine(e)));
    }
  }

  private static void tryDatabase(WarehouseSettings settings) throws SQLException {
    BulkLoad.forUrl(settings.url());
    WarehouseSql sql = new WarehouseSql(Dialect.forUrl(settings.url()));
    try (Connection connection = WarehouseConnections.of(settings).open()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql.lockLedger());
        for (String table :
            List.of(WarehouseSchema.LINES, WarehouseSchema.LOADS, WarehouseSchema.LOAD_FILES)) {
          statement.execute("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
        }
        statement.execute(sql.createStaging());
      }
      connection.rollback();
    }
  }

  /** Drivers add lines such as the position in a statement that the user has not written. */
  private static String firstLine(Exception e) {
    String name = e.getClass().getName();
    return Objects.requireNonNullElse(e.getMessage(), name).lines().findFirst().orElse(name);
  }
}

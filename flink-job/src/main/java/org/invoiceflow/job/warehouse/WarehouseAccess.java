package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Tries before a job starts what its loads will need, since a service that restarts a failing job
 * without end would hide the reason.
 */
public final class WarehouseAccess {

  private WarehouseAccess() {}

  /**
   * Connects, writes nothing into each table, makes a staging table, and writes and deletes an
   * empty file in the staging folder. Whether the database itself may read that folder shows in the
   * first load.
   *
   * @return one sentence on the first thing that fails
   */
  public static Optional<String> problem(WarehouseSettings settings) {
    try {
      BulkLoad.forUrl(settings.url());
      tryDatabase(settings);
    } catch (IllegalStateException e) {
      return Optional.ofNullable(e.getMessage());
    } catch (SQLException e) {
      return Optional.of(
          "The warehouse "
              + WarehouseConnections.withoutSecrets(settings.url())
              + " cannot be loaded by user "
              + settings.user()
              + ": "
              + e.getMessage());
    }
    try {
      tryStaging(new Path(settings.stagingPath() + "/access-check"));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The staging folder " + settings.stagingPath() + " cannot be written: " + e.getMessage());
    }
  }

  private static void tryDatabase(WarehouseSettings settings) throws SQLException {
    WarehouseSql sql = new WarehouseSql(Dialect.forUrl(settings.url()));
    try (Connection connection = WarehouseConnections.of(settings).open()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String table :
            List.of(WarehouseSchema.LINES, WarehouseSchema.LOADS, WarehouseSchema.LOAD_FILES)) {
          statement.execute("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");
        }
        statement.execute(sql.createStaging());
      }
      connection.rollback();
    }
  }

  private static void tryStaging(Path file) throws IOException {
    FileSystem fileSystem = file.getFileSystem();
    fileSystem.create(file, FileSystem.WriteMode.OVERWRITE).close();
    fileSystem.delete(file, false);
  }
}

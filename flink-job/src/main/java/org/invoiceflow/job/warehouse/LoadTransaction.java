package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.model.warehouse.Dialect;

/**
 * One load in one transaction on a connection of its own. To run it again is safe: the ledger knows
 * what was loaded.
 */
final class LoadTransaction {

  /** With two parameters each far below the 32,767 that one statement can have. */
  private static final int FILES_PER_STATEMENT = 1_000;

  private final WarehouseSettings settings;
  private final WarehouseConnections connections;
  private final BulkLoad bulkLoad;
  private final LedgerLock lock;
  private final WarehouseSql sql;

  LoadTransaction(WarehouseSettings settings, WarehouseConnections connections, BulkLoad bulkLoad) {
    this(settings, connections, bulkLoad, LedgerLock.WAIT);
  }

  /**
   * @param lockWait of one attempt; whole seconds
   */
  LoadTransaction(
      WarehouseSettings settings,
      WarehouseConnections connections,
      BulkLoad bulkLoad,
      Duration lockWait) {
    this.settings = settings;
    this.connections = connections;
    this.bulkLoad = bulkLoad;
    this.sql = new WarehouseSql(Dialect.forUrl(settings.url()));
    this.lock = new LedgerLock(sql.lockLedger(), lockWait);
  }

  /**
   * Loads, or finds that the load was done.
   *
   * @throws UnknownOutcomeException if it is unknown whether the commit arrived: the next call
   *     finds out
   * @throws LedgerBusyException if another load was under way all the time that one attempt waits
   * @throws SQLException if it failed
   */
  LoadReport run(StagedLoad load) throws SQLException, IOException {
    try (Connection connection = connections.open()) {
      connection.setAutoCommit(false);
      try {
        // A transaction of its own: the next one must begin with the lock.
        execute(connection, sql.createStaging());
        connection.commit();
        LoadReport report = loadOnce(connection, load);
        commitLoad(connection);
        return report;
      } catch (SQLException | IOException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  private static void commitLoad(Connection connection) throws UnknownOutcomeException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new UnknownOutcomeException(e);
    }
  }

  private LoadReport loadOnce(Connection connection, StagedLoad load)
      throws SQLException, IOException {
    // First of all, since the snapshot is taken by the first statement that reads: one taken
    // before the lock would show the ledger as it was before the other load's commit.
    lock.take(connection);
    Optional<LoadReport> earlier = findInLedger(connection, load.id());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    List<StagedFile> files = notYetLoaded(connection, load.files());
    long staged = fillStaging(connection, load.id(), files);
    long inserted = staged == 0 ? 0 : update(connection, sql.insertNew());
    long differing = staged == inserted ? 0 : count(connection, sql.countDiffering());
    LoadReport report = LoadReport.done(files.size(), staged, inserted, differing);
    writeLedger(connection, load.id(), files, report);
    return report;
  }

  private Optional<LoadReport> findInLedger(Connection connection, String loadId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.findLoad())) {
      statement.setString(1, loadId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                LoadReport.foundInLedger(
                    row.getInt("files"),
                    row.getLong("staged"),
                    row.getLong("inserted"),
                    row.getLong("differing")))
            : Optional.empty();
      }
    }
  }

  /**
   * A job that starts from an older savepoint sends files again that were loaded, and deleted,
   * since.
   */
  private List<StagedFile> notYetLoaded(Connection connection, List<StagedFile> files)
      throws SQLException {
    Set<String> loaded = new HashSet<>();
    for (List<StagedFile> some : chunks(files)) {
      try (PreparedStatement statement = connection.prepareStatement(sql.findFiles(some.size()))) {
        for (int i = 0; i < some.size(); i++) {
          statement.setString(i + 1, some.get(i).name());
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            loaded.add(rows.getString(1));
          }
        }
      }
    }
    return files.stream()
        .filter(file -> !loaded.contains(file.name()))
        .collect(Collectors.toList());
  }

  private long fillStaging(Connection connection, String loadId, List<StagedFile> files)
      throws SQLException, IOException {
    if (files.isEmpty()) {
      return 0;
    }
    bulkLoad.load(
        connection,
        new StagedFiles(
            WarehouseSql.STAGING,
            WarehouseSql.STAGED_COLUMNS,
            files.stream().map(file -> new Path(file.path())).collect(Collectors.toList()),
            new Path(settings.stagingPath() + "/load-" + loadId + ".manifest"),
            settings.iamRole()));
    long expected = files.stream().mapToLong(StagedFile::lines).sum();
    long staged = count(connection, sql.countStaged());
    if (staged != expected) {
      throw new IOException(
          "The bulk load of "
              + loadId
              + " brought "
              + staged
              + " lines where "
              + expected
              + " were staged.");
    }
    return staged;
  }

  private void writeLedger(
      Connection connection, String loadId, List<StagedFile> files, LoadReport report)
      throws SQLException {
    for (List<StagedFile> some : chunks(files)) {
      try (PreparedStatement statement =
          connection.prepareStatement(sql.insertFiles(some.size()))) {
        for (int i = 0; i < some.size(); i++) {
          statement.setString(2 * i + 1, some.get(i).name());
          statement.setString(2 * i + 2, loadId);
        }
        statement.executeUpdate();
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.insertLoad())) {
      statement.setString(1, loadId);
      statement.setInt(2, report.files());
      statement.setLong(3, report.staged());
      statement.setLong(4, report.inserted());
      statement.setLong(5, report.repeated());
      statement.setLong(6, report.differing());
      statement.executeUpdate();
    }
  }

  private static List<List<StagedFile>> chunks(List<StagedFile> files) {
    List<List<StagedFile>> chunks = new ArrayList<>();
    for (int from = 0; from < files.size(); from += FILES_PER_STATEMENT) {
      chunks.add(files.subList(from, Math.min(from + FILES_PER_STATEMENT, files.size())));
    }
    return chunks;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}

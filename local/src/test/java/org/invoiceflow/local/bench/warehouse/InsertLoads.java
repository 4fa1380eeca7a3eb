package org.invoiceflow.local.bench.warehouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.invoiceflow.local.endpoints.WarehouseEndpoint;
import org.invoiceflow.model.InvoiceLine;

/** What a JDBC sink does: INSERT with parameters, a commit after each batch. Each line as it is. */
public final class InsertLoads {

  private static final String INSERT =
      "INSERT INTO invoice_lines (invoice_no, line_no, stock_code, description, quantity,"
          + " invoice_date, unit_price, customer_id, country, source_file, loaded_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())";

  private InsertLoads() {}

  /**
   * Inserts all lines.
   *
   * @param batch lines a commit
   * @param rewrite whether the driver makes one statement of many rows
   */
  public static void load(
      WarehouseEndpoint database, List<InvoiceLine> lines, int batch, boolean rewrite)
      throws SQLException {
    String url = database.jdbcUrl() + (rewrite ? "?reWriteBatchedInserts=true" : "");
    try (Connection connection =
            DriverManager.getConnection(url, database.user(), database.password());
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      int waiting = 0;
      for (InvoiceLine line : lines) {
        set(insert, line);
        if (batch == 1) {
          insert.executeUpdate();
          connection.commit();
          continue;
        }
        insert.addBatch();
        if (++waiting == batch) {
          insert.executeBatch();
          connection.commit();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        insert.executeBatch();
        connection.commit();
      }
    }
  }

  private static void set(PreparedStatement insert, InvoiceLine line) throws SQLException {
    insert.setString(1, line.invoiceNo());
    insert.setInt(2, line.lineNo());
    insert.setString(3, line.stockCode());
    insert.setString(4, line.description());
    insert.setInt(5, line.quantity());
    insert.setTimestamp(6, Timestamp.valueOf(line.invoiceDate()));
    insert.setBigDecimal(7, line.unitPrice());
    insert.setString(8, line.customerId().orElse(null));
    insert.setString(9, line.country());
    insert.setString(10, line.sourceFile().orElse(null));
  }
}

package org.invoiceflow.local.stores;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.invoiceflow.model.Decimals;
import org.invoiceflow.model.InvoiceLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads the warehouse's table of invoice lines back by JDBC, from Redshift or PostgreSQL. Opens a
 * connection for each call; used from any thread.
 */
public final class WarehouseReader {

  /** A name, or a schema and a name; it stands in SQL text, so nothing else is let in. */
  private static final Pattern TABLE_NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,126}(\\.[A-Za-z_][A-Za-z0-9_]{0,126})?");

  private static final int FETCH_ROWS = 10_000;

  private final ConnectionSource connections;
  private final String table;

  /**
   * @param table name of the table, with its schema if it is not on the search path
   * @throws IllegalArgumentException if the table's name is no plain SQL name
   */
  public WarehouseReader(ConnectionSource connections, String table) {
    if (!TABLE_NAME.matcher(table).matches()) {
      throw new IllegalArgumentException("'" + table + "' is no plain name of an SQL table");
    }
    this.connections = connections;
    this.table = table;
  }

  /** Number of rows; cheap enough to poll. */
  public long rows() throws SQLException {
    return query(
        "select count(*) from " + table,
        row -> {
          row.next();
          return row.getLong(1);
        });
  }

  public WarehouseTotals totals() throws SQLException {
    return query(
        "select coalesce(sum(n), 0), count(*), coalesce(sum(units), 0), coalesce(sum(total), 0)"
            + " from (select count(*) as n, sum(quantity) as units,"
            + " sum(quantity * unit_price) as total from "
            + table
            + " group by invoice_no, line_no) as line",
        row -> {
          row.next();
          return new WarehouseTotals(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              Decimals.canonical(row.getBigDecimal(4)));
        });
  }

  /** Takes lines one by one. */
  @FunctionalInterface
  public interface LineConsumer<E extends Exception> {
    void accept(InvoiceLine line) throws E;
  }

  /**
   * Streams all rows in the order of invoice_no (bytewise), line_no. Rows with the same key follow
   * each other.
   *
   * @throws SQLException also if the warehouse sorts in another order than bytewise
   */
  public <E extends Exception> void forEachLine(LineConsumer<E> consumer) throws SQLException, E {
    try (Connection connection = connections.open()) {
      // Without a transaction both drivers would hold all rows in memory.
      connection.setAutoCommit(false);
      try (PreparedStatement select = connection.prepareStatement(selectInOrder(connection))) {
        select.setFetchSize(FETCH_ROWS);
        try (ResultSet rows = select.executeQuery()) {
          String before = "";
          while (rows.next()) {
            InvoiceLine line = line(rows);
            if (Bytewise.ORDER.compare(before, line.invoiceNo()) > 0) {
              throw new SQLException(
                  "The warehouse sorts invoice "
                      + line.invoiceNo()
                      + " after "
                      + before
                      + "; it must compare text bytewise (collation \"C\")");
            }
            before = line.invoiceNo();
            consumer.accept(line);
          }
        }
      }
      connection.rollback();
    }
  }

  private String selectInOrder(Connection connection) throws SQLException {
    // Redshift compares bytewise and knows no collation "C"; PostgreSQL has to be told.
    boolean postgres =
        connection.getMetaData().getDatabaseProductName().equalsIgnoreCase("PostgreSQL");
    return "select invoice_no, line_no, stock_code, description, quantity, invoice_date,"
        + " unit_price, customer_id, country, source_file from "
        + table
        + " order by invoice_no"
        + (postgres ? " collate \"C\"" : "")
        + ", line_no";
  }

  private static InvoiceLine line(ResultSet row) throws SQLException {
    return InvoiceLine.builder()
        .invoiceNo(row.getString(1))
        .lineNo(row.getInt(2))
        .stockCode(row.getString(3))
        .description(orEmpty(row.getString(4)))
        .quantity(row.getInt(5))
        .invoiceDate(row.getObject(6, LocalDateTime.class))
        .unitPrice(row.getBigDecimal(7))
        .customerId(row.getString(8))
        .country(orEmpty(row.getString(9)))
        .sourceFile(row.getString(10))
        .build();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private interface Reading<T> {
    T from(ResultSet rows) throws SQLException;
  }

  private <T> T query(String sql, Reading<T> reading) throws SQLException {
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return reading.from(rows);
    }
  }
}

package org.invoiceflow.job.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.invoiceflow.model.InvoiceLine;

/**
 * A new database with empty tables, on one PostgreSQL server for all tests of this process. It runs
 * at REPEATABLE READ, as near to Redshift's snapshot isolation as PostgreSQL has.
 */
public final class WarehouseDatabase {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;

  private WarehouseDatabase(String name) {
    this.name = name;
  }

  public static WarehouseDatabase create() throws SQLException {
    WarehouseDatabase database = withoutTables();
    try (Connection connection = database.open()) {
      WarehouseSchema.create(connection);
    }
    return database;
  }

  static WarehouseDatabase withoutTables() throws SQLException {
    String name = "warehouse_" + NUMBER.incrementAndGet();
    try (Connection admin = open("postgres")) {
      admin.createStatement().execute("CREATE DATABASE " + name);
      admin
          .createStatement()
          .execute(
              "ALTER DATABASE " + name + " SET default_transaction_isolation = 'repeatable read'");
    }
    return new WarehouseDatabase(name);
  }

  static int port() {
    return Server.INSTANCE.getPort();
  }

  String name() {
    return name;
  }

  String url() {
    return url(name);
  }

  Connection open() throws SQLException {
    return open(name);
  }

  private static String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
  }

  private static Connection open(String name) throws SQLException {
    return DriverManager.getConnection(url(name), "postgres", "postgres");
  }

  public WarehouseSettings settings(Path staging) {
    return WarehouseSettings.of(url(), "postgres", () -> "postgres", staging.toUri().toString());
  }

  /** The first column of the first row. */
  long number(String sql) throws SQLException {
    try (Connection connection = open();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  long lines() throws SQLException {
    return number("SELECT count(*) FROM invoice_lines");
  }

  long keys() throws SQLException {
    return number("SELECT count(DISTINCT (invoice_no, line_no)) FROM invoice_lines");
  }

  long loads() throws SQLException {
    return number("SELECT count(*) FROM invoice_loads");
  }

  /** Sum of a column of the ledger. */
  long sum(String column) throws SQLException {
    return number("SELECT coalesce(sum(" + column + "), 0) FROM invoice_loads");
  }

  List<InvoiceLine> storedLines() throws SQLException {
    try (Connection connection = open()) {
      return storedLines(connection);
    }
  }

  /** As any driver reads them. */
  static List<InvoiceLine> storedLines(Connection connection) throws SQLException {
    List<InvoiceLine> lines = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM invoice_lines ORDER BY invoice_no, line_no");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lines.add(
            InvoiceLine.builder()
                .invoiceNo(row.getString("invoice_no"))
                .lineNo(row.getInt("line_no"))
                .stockCode(row.getString("stock_code"))
                .description(row.getString("description"))
                .quantity(row.getInt("quantity"))
                .invoiceDate(row.getObject("invoice_date", LocalDateTime.class))
                .unitPrice(row.getBigDecimal("unit_price"))
                .customerId(row.getString("customer_id"))
                .country(row.getString("country"))
                .sourceFile(row.getString("source_file"))
                .build());
      }
    }
    return lines;
  }

  /** Started on first use; ends with the process. */
  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(10))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

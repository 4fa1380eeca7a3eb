package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.PasswordHash;
import org.invoiceflow.model.warehouse.SqlSession;
import org.invoiceflow.model.warehouse.WarehouseException;
import org.invoiceflow.model.warehouse.WarehouseUsers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseUsersITCase {

  /** Users belong to the server, not to a database. */
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final String PASSWORD = "correct horse battery staple";

  @TempDir Path staging;

  private final String loader = "loader_" + NUMBER.incrementAndGet();
  private final String reader = "reader_" + NUMBER.get();
  private WarehouseDatabase database;

  @BeforeEach
  void databaseWithUsers() throws Exception {
    database = WarehouseDatabase.create();
    createUsers();
  }

  private void createUsers() throws Exception {
    try (Connection connection = database.open()) {
      SqlSession session = new JdbcSession(connection);
      WarehouseUsers users = new WarehouseUsers(session, Dialect.POSTGRESQL);
      session.run(users.loader(loader, PasswordHash.of(loader, PASSWORD), Optional.empty()));
      session.run(users.reader(reader, Optional.of(PasswordHash.of(reader, PASSWORD))));
    }
  }

  @Test
  void a_load_runs_as_the_loader() throws Exception {
    WarehouseSettings settings =
        WarehouseSettings.of(database.url(), loader, () -> PASSWORD, staging.toUri().toString());
    assertThat(WarehouseAccess.problem(settings)).isEmpty();
    LoadTransaction transaction =
        new LoadTransaction(
            settings, WarehouseConnections.of(settings), BulkLoad.forUrl(settings.url()));
    StagedLoad load = Staging.load(staging, Lines.range(0, 50));
    assertThat(transaction.run(load).inserted()).isEqualTo(50);
    assertThat(transaction.run(load).wasFoundInLedger()).isTrue();
    LoadReport again = transaction.run(Staging.load(staging, Lines.range(0, 60)));
    assertThat(again.repeated()).isEqualTo(50);
    assertThat(again.inserted()).isEqualTo(10);
  }

  @Test
  void the_loader_can_change_and_remove_nothing_that_is_stored() throws Exception {
    for (String sql :
        List.of(
            "UPDATE invoice_lines SET quantity = 0",
            "DELETE FROM invoice_lines",
            "TRUNCATE invoice_lines",
            "DROP TABLE invoice_lines",
            "DELETE FROM invoice_loads",
            "TRUNCATE invoice_loads",
            "UPDATE invoice_load_files SET file = ''",
            "DELETE FROM invoice_load_files",
            "SELECT * FROM invoice_schema_versions",
            "SELECT * FROM invoice",
            "CREATE TABLE mine (x integer)")) {
      refused(loader, sql);
    }
  }

  @Test
  void the_reader_reads_the_views_and_the_lines() throws Exception {
    try (Connection connection = open(reader)) {
      for (String table :
          List.of("invoice_lines", "customer", "invoice", "stock", "invoice_stock")) {
        assertThat(new JdbcSession(connection).query("SELECT count(*) FROM " + table))
            .containsExactly(List.of("0"));
      }
    }
  }

  @Test
  void the_reader_sees_no_ledger_and_writes_nothing() throws Exception {
    for (String sql :
        List.of(
            "SELECT * FROM invoice_loads",
            "SELECT * FROM invoice_load_files",
            "SELECT * FROM invoice_schema_versions",
            "INSERT INTO invoice_lines SELECT * FROM invoice_lines",
            "DELETE FROM invoice_lines",
            "DROP VIEW stock",
            "LOCK TABLE invoice_loads IN EXCLUSIVE MODE",
            "CREATE TABLE mine (x integer)")) {
      refused(reader, sql);
    }
  }

  @Test
  void made_again_they_are_back_at_exactly_their_rights() throws Exception {
    try (Connection admin = database.open()) {
      admin.createStatement().execute("GRANT ALL ON invoice_lines, invoice_loads TO " + reader);
    }
    createUsers();
    refused(reader, "SELECT * FROM invoice_loads");
    refused(reader, "DELETE FROM invoice_lines");
    the_reader_reads_the_views_and_the_lines();
    a_load_runs_as_the_loader();
  }

  /** PostgreSQL of the tests lets everybody in, so what it keeps of the password is looked at. */
  @Test
  void a_reader_keeps_its_password_where_none_is_given() throws Exception {
    String before = keptPassword(reader);
    try (Connection connection = database.open()) {
      SqlSession session = new JdbcSession(connection);
      session.run(new WarehouseUsers(session, Dialect.POSTGRESQL).reader(reader, Optional.empty()));
    }
    assertThat(keptPassword(reader)).isNotEmpty().isEqualTo(before);
    the_reader_reads_the_views_and_the_lines();
  }

  @Test
  void a_new_password_takes_the_place_of_the_old_one() throws Exception {
    String before = keptPassword(reader);
    try (Connection connection = database.open()) {
      SqlSession session = new JdbcSession(connection);
      session.run(
          new WarehouseUsers(session, Dialect.POSTGRESQL)
              .reader(reader, Optional.of(PasswordHash.of(reader, "another"))));
    }
    assertThat(keptPassword(reader)).isNotEmpty().isNotEqualTo(before);
  }

  private String keptPassword(String user) throws Exception {
    try (Connection connection = database.open()) {
      return new JdbcSession(connection)
          .query("SELECT coalesce(rolpassword, '') FROM pg_authid WHERE rolname = '" + user + "'")
          .get(0)
          .get(0);
    }
  }

  @Test
  void the_administrator_does_not_become_the_loader_by_mistake() throws Exception {
    try (Connection connection = database.open()) {
      WarehouseUsers users = new WarehouseUsers(new JdbcSession(connection), Dialect.POSTGRESQL);
      assertThatThrownBy(
              () -> users.loader("postgres", PasswordHash.of("postgres", "x"), Optional.empty()))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining("You are connected as postgres");
    }
  }

  @Test
  void no_statement_holds_the_password() throws Exception {
    try (Connection connection = database.open()) {
      WarehouseUsers users = new WarehouseUsers(new JdbcSession(connection), Dialect.REDSHIFT);
      String role = "arn:aws:iam::123456789012:role/copy";
      List<String> statements =
          users.loader("l", PasswordHash.of("l", PASSWORD), Optional.of(role));
      assertThat(String.join(";", statements)).doesNotContain(PASSWORD);
      // As documented: md5 of the password with the user's name behind it.
      assertThat(statements)
          .contains(
              "CREATE USER \"l\" PASSWORD 'md55a888d6fd39e56ca8395849a0c639204'",
              "REVOKE ASSUMEROLE ON ALL FROM PUBLIC FOR ALL",
              "GRANT ASSUMEROLE ON '" + role + "' TO \"l\" FOR COPY");
      assertThat(users.reader("r", Optional.empty()))
          .contains("CREATE USER \"r\" PASSWORD DISABLE");
      assertThat(String.join(";", users.reader(reader, Optional.empty())))
          .contains("REVOKE ALL ON ALL TABLES")
          .doesNotContain("PASSWORD");
    }
  }

  private void refused(String user, String sql) throws SQLException {
    try (Connection connection = open(user)) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> connection.createStatement().execute(sql))
          .as(sql)
          .hasMessageContaining(sql.startsWith("DROP") ? "must be owner" : "permission denied");
    }
  }

  private Connection open(String user) throws SQLException {
    return DriverManager.getConnection(database.url(), user, PASSWORD);
  }
}

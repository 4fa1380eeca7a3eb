package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.invoiceflow.job.testing.ExtremeLines;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.JdbcSession;
import org.invoiceflow.model.warehouse.SchemaVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load's statements in Redshift's words and through Redshift's driver, on PostgreSQL. */
class RedshiftDriverITCase {

  private static final int LINES = 300;

  @TempDir Path staging;

  private WarehouseDatabase database;
  private StartupFilter filter;
  private WarehouseSettings settings;
  private LoadTransaction transaction;

  @BeforeEach
  void connectThroughTheFilter() throws Exception {
    database = WarehouseDatabase.withoutTables();
    try (Connection connection = database.open()) {
      connection
          .createStatement()
          .execute(
              "CREATE FUNCTION getdate() RETURNS timestamp LANGUAGE sql"
                  + " AS 'SELECT timezone(''UTC'', current_timestamp)'");
    }
    filter = new StartupFilter(WarehouseDatabase.port());
    settings =
        WarehouseSettings.of(
            "jdbc:redshift://127.0.0.1:" + filter.port() + "/" + database.name() + "?ssl=false",
            "postgres",
            () -> "postgres",
            staging.toUri().toString());
    transaction = transaction(Duration.ofSeconds(30));
    try (Connection connection = withoutLayout(WarehouseConnections.of(settings).open())) {
      WarehouseSchema.create(connection);
    }
  }

  private LoadTransaction transaction(Duration lockWait) {
    return new LoadTransaction(
        settings,
        new FaultyConnections(() -> withoutLayout(WarehouseConnections.of(settings).open())),
        new ServerSideCopy(),
        lockWait);
  }

  @AfterEach
  void closeTheFilter() throws Exception {
    filter.close();
  }

  @Test
  void a_redshift_url_gets_the_redshift_driver() throws Exception {
    try (Connection connection = WarehouseConnections.of(settings).open()) {
      assertThat(connection.getMetaData().getDriverName()).containsIgnoringCase("redshift");
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void the_schema_is_applied_once_and_its_views_answer() throws Exception {
    transaction.run(Staging.load(staging, Lines.range(0, 45)));
    try (Connection connection = withoutLayout(WarehouseConnections.of(settings).open())) {
      WarehouseSchema.create(connection);
      List<List<String>> invoices =
          new JdbcSession(connection)
              .query("SELECT invoice_no, line_count FROM invoice ORDER BY invoice_no");
      assertThat(invoices)
          .containsExactly(
              List.of("500000", "20"), List.of("500001", "20"), List.of("500002", "5"));
    }
    for (String view : List.of("customer", "stock", "invoice_stock")) {
      assertThat(database.number("SELECT count(*) FROM " + view)).isPositive();
    }
    assertThat(database.number("SELECT count(*) FROM invoice_schema_versions"))
        .isEqualTo(SchemaVersion.all().size());
  }

  @Test
  void lines_are_stored_once_and_counted() throws Exception {
    List<InvoiceLine> lines = LoadTransactionITCase.extremeLines();
    StagedLoad first = Staging.load(staging, lines);
    assertThat(transaction.run(first).inserted()).isEqualTo(lines.size());
    assertThat(transaction.run(first).wasFoundInLedger()).isTrue();
    InvoiceLine stored = lines.get(0);
    LoadReport second =
        transaction.run(
            Staging.load(
                staging,
                List.of(stored.toBuilder().country("X").build(), lines.get(1), Lines.line(1))));
    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.repeated()).isEqualTo(1);
    assertThat(second.differing()).isEqualTo(1);
    assertThat(database.storedLines())
        .hasSize(lines.size() + 1)
        .containsAll(lines)
        .contains(Lines.line(1));
    assertThat(database.loads()).isEqualTo(2);
  }

  @Test
  void whatever_the_rules_let_through_is_read_back_through_the_driver() throws Exception {
    List<InvoiceLine> lines = new ArrayList<>();
    JqwikSession.run(
        () ->
            ExtremeLines.any().generator(LINES).stream(new Random(LINES))
                .limit(LINES)
                .map(Shrinkable::value)
                .forEach(lines::add));
    assertThat(transaction.run(Staging.load(staging, lines)).inserted()).isEqualTo(lines.size());
    try (Connection connection = WarehouseConnections.of(settings).open()) {
      assertThat(WarehouseDatabase.storedLines(connection))
          .containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  @Test
  void a_connection_lost_at_commit_is_decided_by_the_ledger() throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 50));
    FaultyConnections.next(FaultyConnections.Fault.LOST_AFTER_COMMIT);
    assertThatThrownBy(() -> transaction.run(load)).hasMessageContaining("injected loss");
    assertThat(FaultyConnections.happened()).isTrue();
    assertThat(transaction.run(load).wasFoundInLedger()).isTrue();
    assertThat(database.lines()).isEqualTo(50);
  }

  @Test
  void the_wait_for_the_lock_ends_and_the_next_attempt_loads() throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 10));
    LoadTransaction impatient = transaction(Duration.ofSeconds(1));
    try (Connection holder = database.open()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute(Dialect.POSTGRESQL.lock(WarehouseSchema.LOADS));
      assertThatThrownBy(() -> impatient.run(load)).isInstanceOf(LedgerBusyException.class);
    }
    assertThat(impatient.run(load).inserted()).isEqualTo(10);
  }

  /** PostgreSQL has GETDATE from us and LOCK of its own, but no word for Redshift's layout. */
  private static Connection withoutLayout(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          return method.getName().equals("createStatement")
              ? withoutLayout((Statement) result)
              : result;
        });
  }

  private static Statement withoutLayout(Statement statement) {
    return proxy(
        Statement.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("execute")) {
            arguments[0] = ((String) arguments[0]).replaceFirst(" DISTSTYLE [^;]*$", "");
          }
          return invoke(statement, method, arguments);
        });
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RedshiftDriverITCase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** The server reads the files itself, as Redshift does, so that no driver is in the way. */
  private static final class ServerSideCopy implements BulkLoad {
    @Override
    public String urlPrefix() {
      return Dialect.REDSHIFT_URL;
    }

    @Override
    public void load(Connection connection, StagedFiles staged) throws SQLException, IOException {
      try (Statement statement = connection.createStatement()) {
        for (org.apache.flink.core.fs.Path file : staged.files()) {
          statement.execute(
              PostgresCopy.copy(staged)
                  + " FROM PROGRAM 'gzip -dc "
                  + file.getPath()
                  + "' WITH (FORMAT csv, NULL '\\N')");
        }
      }
    }
  }
}

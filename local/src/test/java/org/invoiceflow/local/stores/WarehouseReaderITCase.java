package org.invoiceflow.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.invoiceflow.local.stores.Lines.line;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import org.invoiceflow.local.testing.TestPostgres;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseReaderITCase {

  private static EmbeddedPostgres postgres;

  private final WarehouseReader reader =
      new WarehouseReader(WarehouseReaderITCase::connect, "public.invoice_lines");

  @BeforeAll
  static void start() throws IOException {
    postgres = TestPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void createTable() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists invoice_lines");
      statement.execute(
          """
          create table invoice_lines (
            invoice_no varchar(64), line_no integer, stock_code varchar(64),
            description varchar(1000), quantity integer, invoice_date timestamp,
            unit_price decimal(18,4), customer_id varchar(64), country varchar(100),
            source_file varchar(255), loaded_at timestamp)
          """);
    }
  }

  @Test
  void an_empty_table_adds_up_to_nothing() throws SQLException {
    assertThat(reader.rows()).isZero();
    assertThat(reader.totals()).isEqualTo(new WarehouseTotals(0, 0, 0, BigDecimal.ZERO));
  }

  @Test
  void totals_are_exact_and_duplicates_are_counted() throws SQLException {
    insert(
        line("1", 1).toBuilder().unitPrice(new BigDecimal("999999999.9999")).build(),
        line("1", 2).toBuilder().quantity(Integer.MAX_VALUE).build(),
        line("1", 2),
        line("1", 2));

    WarehouseTotals totals = reader.totals();

    assertThat(reader.rows()).isEqualTo(4);
    assertThat(totals.distinctLines()).isEqualTo(2);
    assertThat(totals.duplicates()).isEqualTo(2);
    assertThat(totals.units()).isEqualTo(2L + Integer.MAX_VALUE + 4);
    assertThat(totals.total())
        .isEqualTo(
            new BigDecimal("1999999999.9998")
                .add(new BigDecimal("1.25").multiply(BigDecimal.valueOf(Integer.MAX_VALUE)))
                .add(new BigDecimal("5"))
                .stripTrailingZeros());
  }

  @Test
  void rows_come_back_as_they_were_sorted_bytewise_by_invoice_and_by_the_number_of_the_line()
      throws SQLException {
    List<InvoiceLine> sorted =
        List.of(
            line("10", 2).toBuilder().description("").customerId(null).country("").build(),
            line("10", 10).toBuilder().description("£20, \"so\"\n").sourceFile("a.csv").build(),
            line("2", 1),
            line("B", 1),
            line("a", 1),
            line("\uffee", 1),
            line("\ud83d\ude00", 1));
    List<InvoiceLine> shuffled = new ArrayList<>(sorted);
    Collections.reverse(shuffled);
    insert(shuffled.toArray(InvoiceLine[]::new));

    List<InvoiceLine> read = new ArrayList<>();
    reader.forEachLine(read::add);

    assertThat(read).isEqualTo(sorted);
    assertThat(read.get(1).sourceFile()).hasValue("a.csv");
  }

  @Test
  void a_local_time_that_the_machines_zone_skips_is_read_as_stored() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/London"));
    try {
      InvoiceLine skipped =
          line("1", 1).toBuilder().invoiceDate(LocalDateTime.of(2011, 3, 27, 1, 30)).build();
      insert(skipped);

      reader.forEachLine(line -> assertThat(line).isEqualTo(skipped));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void the_export_has_every_row(@TempDir Path folder) throws Exception {
    insert(
        line("536365", 2).toBuilder().description(" B, \"C\" ").customerId(null).build(),
        line("536365", 1));

    Exports.warehouse(folder, reader);

    assertThat(Files.readString(folder.resolve("warehouse.csv")))
        .isEqualTo(
            "invoice_no,line_no,stock_code,description,quantity,invoice_date,unit_price,"
                + "customer_id,country\n"
                + "536365,1,85123A,WHITE METAL LANTERN,2,2010-12-01T08:26:00,1.250,17850,"
                + "United Kingdom\n"
                + "536365,2,85123A,\" B, \"\"C\"\" \",2,2010-12-01T08:26:00,1.250,,"
                + "United Kingdom\n");
  }

  @Test
  void a_table_name_that_is_none_is_refused() {
    assertThatThrownBy(() -> new WarehouseReader(WarehouseReaderITCase::connect, "t; drop table t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'t; drop table t' is no plain name of an SQL table");
  }

  private static Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  private static void insert(InvoiceLine... lines) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into invoice_lines values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())")) {
      for (InvoiceLine line : lines) {
        insert.setString(1, line.invoiceNo());
        insert.setInt(2, line.lineNo());
        insert.setString(3, line.stockCode());
        insert.setString(4, line.description());
        insert.setInt(5, line.quantity());
        insert.setObject(6, line.invoiceDate());
        insert.setBigDecimal(7, line.unitPrice());
        insert.setString(8, line.customerId().orElse(null));
        insert.setString(9, line.country());
        insert.setString(10, line.sourceFile().orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}

package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.warehouse.Dialect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTransactionITCase {

  @TempDir Path staging;

  private WarehouseDatabase database;
  private LoadTransaction transaction;

  @BeforeEach
  void emptyDatabase() throws Exception {
    database = WarehouseDatabase.create();
    transaction = transaction(database.settings(staging));
  }

  private static LoadTransaction transaction(WarehouseSettings settings) {
    return new LoadTransaction(
        settings,
        new FaultyConnections(WarehouseConnections.of(settings)),
        BulkLoad.forUrl(settings.url()));
  }

  @Test
  void the_server_runs_at_repeatable_read_and_the_tables_have_no_unique_keys() throws Exception {
    try (Connection connection = database.open()) {
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
    }
    assertThat(
            database.number(
                "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relname LIKE 'invoice\\_%' AND i.indisunique"))
        .isZero();
  }

  @Test
  void the_schema_can_be_created_again() throws Exception {
    transaction.run(Staging.load(staging, Lines.range(0, 5)));
    try (Connection connection = database.open()) {
      WarehouseSchema.create(connection);
    }
    assertThat(database.lines()).isEqualTo(5);
  }

  @Test
  void every_value_is_stored_as_it_was_staged() throws Exception {
    List<InvoiceLine> lines = Lines.range(0, 100);
    LoadReport report = transaction.run(Staging.load(staging, lines));
    assertThat(report.inserted()).isEqualTo(100);
    assertThat(database.storedLines()).containsExactlyElementsOf(lines);
    assertThat(database.storedLines().get(0).sourceFile()).contains("online_retail.csv");
    assertThat(
            database.number(
                "SELECT count(*) FROM invoice_lines WHERE loaded_at BETWEEN timezone('UTC', now()) - interval '5 minutes' AND timezone('UTC', now())"))
        .isEqualTo(100);
  }

  @Test
  void extreme_text_and_numbers_survive() throws Exception {
    List<InvoiceLine> lines = extremeLines();
    transaction.run(Staging.load(staging, lines));
    List<InvoiceLine> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingInt(InvoiceLine::lineNo));
    assertThat(database.storedLines()).containsExactlyElementsOf(sorted);
    LoadReport again = transaction.run(Staging.load(staging, lines));
    assertThat(again.repeated()).isEqualTo(lines.size());
    assertThat(again.differing()).isZero();
  }

  /** Nothing documents that Redshift's COPY does not do so. */
  @Test
  void a_database_that_takes_a_quoted_null_marker_for_null_loses_no_text() throws Exception {
    InvoiceLine line =
        Lines.line(1).toBuilder()
            .invoiceNo("\\N")
            .stockCode("\\N")
            .description("\\N")
            .country("\\N")
            .build();
    WarehouseSettings settings = database.settings(staging);
    BulkLoad copy = BulkLoad.forUrl(settings.url());
    BulkLoad careless =
        new BulkLoad() {
          @Override
          public String urlPrefix() {
            return copy.urlPrefix();
          }

          @Override
          public void load(Connection connection, StagedFiles staged)
              throws SQLException, IOException {
            copy.load(connection, staged);
            for (String column : List.of("invoice_no", "stock_code", "description", "country")) {
              connection
                  .createStatement()
                  .execute("UPDATE " + staged.table() + " SET " + column + " = NULL");
            }
          }
        };
    LoadTransaction load =
        new LoadTransaction(settings, WarehouseConnections.of(settings), careless);
    assertThat(load.run(Staging.load(staging, List.of(line))).inserted()).isEqualTo(1);
    assertThat(load.run(Staging.load(staging, List.of(line))).repeated()).isEqualTo(1);
    assertThat(database.storedLines()).containsExactly(line);
  }

  static List<InvoiceLine> extremeLines() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "\\N",
                "\\",
                "\\\\N\\",
                "\"",
                "\"\"",
                "\",\"",
                "a\nb",
                "a\r\nb\r",
                "\n",
                ",",
                "\t",
                "NULL",
                "null",
                "\\.",
                "\n\\.\n",
                "'",
                ";--",
                "£ é 漢字 \uD83D\uDE00",
                "\uFFFE\uFDD0\uFEFFx",
                "\u0001\u001F\u007F\u0085",
                "x ".repeat(500),
                "trailing  ",
                "  leading"));
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(60); c > 0; c--) {
        int point =
            random.nextBoolean()
                ? random.nextInt(0x80)
                : random.nextInt(Character.MAX_CODE_POINT + 1);
        if (point != 0 && (point < 0xD800 || point > 0xDFFF)) {
          text.appendCodePoint(point);
        }
      }
      texts.add(text.toString());
    }
    List<InvoiceLine> lines = new ArrayList<>();
    for (String text : texts) {
      int n = lines.size() + 1;
      lines.add(
          InvoiceLine.builder()
              .invoiceNo("C5")
              .lineNo(n % 2 == 0 ? n : 999_900 - n)
              .stockCode("\\N")
              .description(text)
              .quantity(n % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE)
              .invoiceDate(
                  n % 2 == 0
                      ? LocalDateTime.of(1900, 1, 1, 0, 0, 0)
                      : LocalDateTime.of(9999, 12, 31, 23, 59, 59))
              .unitPrice(new BigDecimal(n % 2 == 0 ? "-999999999.9999" : "0.0001"))
              .customerId(n % 3 == 0 ? null : "\"\\N")
              .country(text.length() > 20 ? "" : text)
              .sourceFile(n % 5 == 0 ? null : "a,\"b\".csv")
              .build());
    }
    return lines;
  }

  @Test
  void the_same_load_twice_is_one_load() throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 50));
    assertThat(transaction.run(load).wasFoundInLedger()).isFalse();
    assertThat(transaction.run(load).wasFoundInLedger()).isTrue();
    assertThat(database.lines()).isEqualTo(50);
    assertThat(database.loads()).isEqualTo(1);
  }

  @Test
  void the_same_lines_in_two_loads_are_stored_once_and_counted_as_repeated() throws Exception {
    transaction.run(Staging.load(staging, Lines.range(0, 50)));
    LoadReport second = transaction.run(Staging.load(staging, Lines.range(30, 80)));
    assertThat(second.inserted()).isEqualTo(30);
    assertThat(second.repeated()).isEqualTo(20);
    assertThat(second.differing()).isZero();
    assertThat(database.lines()).isEqualTo(80);
  }

  @Test
  void the_same_lines_in_two_files_of_a_load_are_stored_once() throws Exception {
    StagedLoad load =
        StagedLoad.of(
            List.of(
                Staging.file(staging, Lines.range(0, 50)),
                Staging.file(staging, Lines.range(0, 50))));
    LoadReport report = transaction.run(load);
    assertThat(report.inserted()).isEqualTo(50);
    assertThat(report.repeated()).isEqualTo(50);
    assertThat(database.lines()).isEqualTo(50);
  }

  @Test
  void a_line_that_differs_from_the_stored_one_is_counted_and_the_stored_one_stays()
      throws Exception {
    InvoiceLine stored = Lines.line(1);
    transaction.run(Staging.load(staging, List.of(stored)));
    List<InvoiceLine> contenders =
        List.of(
            stored.toBuilder().stockCode("other").build(),
            stored.toBuilder().description(stored.description() + " ").build(),
            stored.toBuilder().quantity(-1).build(),
            stored.toBuilder().invoiceDate(stored.invoiceDate().plusSeconds(1)).build(),
            stored.toBuilder().unitPrice(new BigDecimal("0.0001")).build(),
            stored.toBuilder().customerId(null).build(),
            stored.toBuilder().country("").build(),
            stored.toBuilder().sourceFile("another.csv").build());
    LoadReport report = transaction.run(Staging.load(staging, contenders));
    assertThat(report.inserted()).isZero();
    assertThat(report.differing()).isEqualTo(7);
    assertThat(report.repeated()).isEqualTo(1);
    assertThat(database.storedLines()).containsExactly(stored);
    assertThat(database.sum("differing")).isEqualTo(7);
  }

  @Test
  void of_two_lines_of_one_load_that_contradict_each_other_one_is_stored_and_one_counted()
      throws Exception {
    InvoiceLine one = Lines.line(1);
    InvoiceLine other = one.toBuilder().quantity(99).build();
    LoadReport report = transaction.run(Staging.load(staging, List.of(one, other)));
    assertThat(report.inserted()).isEqualTo(1);
    assertThat(report.differing()).isEqualTo(1);
    assertThat(database.lines()).isEqualTo(1);
  }

  @Test
  void a_connection_lost_before_the_commit_arrives_leaves_nothing_and_the_next_attempt_loads()
      throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 50));
    FaultyConnections.next(FaultyConnections.Fault.LOST_BEFORE_COMMIT);
    assertThatThrownBy(() -> transaction.run(load)).hasMessageContaining("injected loss");
    assertThat(database.lines()).isZero();
    assertThat(transaction.run(load).wasFoundInLedger()).isFalse();
    assertThat(database.lines()).isEqualTo(50);
  }

  @Test
  void a_connection_lost_after_the_commit_arrived_is_decided_by_the_ledger() throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 50));
    FaultyConnections.next(FaultyConnections.Fault.LOST_AFTER_COMMIT);
    assertThatThrownBy(() -> transaction.run(load)).hasMessageContaining("injected loss");
    LoadReport second = transaction.run(load);
    assertThat(second.wasFoundInLedger()).isTrue();
    assertThat(second.inserted()).isEqualTo(50);
    assertThat(database.lines()).isEqualTo(50);
    assertThat(database.loads()).isEqualTo(1);
  }

  @Test
  void two_loads_at_once_with_overlapping_lines_store_each_line_once() throws Exception {
    for (int round = 0; round < 5; round++) {
      long from = round * 1_000L;
      StagedLoad one = Staging.load(staging, Lines.range(from, from + 1_000));
      StagedLoad other = Staging.load(staging, Lines.range(from + 500, from + 1_500));
      CompletableFuture<LoadReport> first = async(one);
      CompletableFuture<LoadReport> second = async(other);
      assertThat(first.get().staged() + second.get().staged()).isEqualTo(2_000);
    }
    assertThat(database.lines()).isEqualTo(5_500).isEqualTo(database.keys());
    assertThat(database.sum("inserted")).isEqualTo(5_500);
  }

  @Test
  void a_load_waits_for_the_lock_and_then_sees_what_its_holder_committed() throws Exception {
    List<InvoiceLine> lines = Lines.range(0, 10);
    StagedLoad load = Staging.load(staging, lines);
    try (Connection holder = database.open()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute(Dialect.POSTGRESQL.lock(WarehouseSchema.LOADS));
      CompletableFuture<LoadReport> waiting = async(load);
      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
      holder
          .createStatement()
          .execute(
              "INSERT INTO invoice_loads VALUES ('"
                  + load.id()
                  + "', 1, 10, 10, 0, 0, current_timestamp)");
      holder.commit();
      assertThat(waiting.get().wasFoundInLedger()).isTrue();
    }
    assertThat(database.lines()).isZero();
  }

  @Test
  void the_wait_for_the_lock_ends_and_the_next_attempt_loads() throws Exception {
    WarehouseSettings settings = database.settings(staging);
    LoadTransaction impatient =
        new LoadTransaction(
            settings,
            WarehouseConnections.of(settings),
            BulkLoad.forUrl(settings.url()),
            Duration.ofSeconds(1));
    StagedLoad load = Staging.load(staging, Lines.range(0, 10));
    try (Connection holder = database.open()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute(Dialect.POSTGRESQL.lock(WarehouseSchema.LOADS));
      assertThatThrownBy(() -> impatient.run(load))
          .isInstanceOf(LedgerBusyException.class)
          .hasMessageContaining("invoice_loads is locked by another load or session");
    }
    assertThat(impatient.run(load).inserted()).isEqualTo(10);
  }

  @Test
  void files_that_an_earlier_load_had_are_left_out_though_they_are_deleted() throws Exception {
    StagedFile old = Staging.file(staging, Lines.range(0, 10));
    transaction.run(StagedLoad.of(List.of(old)));
    Files.delete(Path.of(java.net.URI.create(old.path())));
    StagedFile fresh = Staging.file(staging, Lines.range(10, 30));
    LoadReport report = transaction.run(StagedLoad.of(List.of(old, fresh)));
    assertThat(report.files()).isEqualTo(1);
    assertThat(report.inserted()).isEqualTo(20);
    assertThat(database.lines()).isEqualTo(30);
  }

  @Test
  void a_missing_file_fails_the_whole_load() throws Exception {
    StagedFile there = Staging.file(staging, Lines.range(0, 10));
    StagedFile gone = Staging.file(staging, Lines.range(10, 20));
    Files.delete(Path.of(java.net.URI.create(gone.path())));
    assertThatThrownBy(() -> transaction.run(StagedLoad.of(List.of(there, gone))))
        .hasMessageContaining(gone.name());
    assertThat(database.lines()).isZero();
    assertThat(database.loads()).isZero();
  }

  @Test
  void a_load_that_brings_fewer_lines_than_were_staged_fails() throws Exception {
    StagedFile file = Staging.file(staging, Lines.range(0, 10));
    StagedFile wrong = new StagedFile(file.path(), 11, file.newestMillis());
    assertThatThrownBy(() -> transaction.run(StagedLoad.of(List.of(wrong))))
        .hasMessageContaining("brought 10 lines where 11 were staged");
    assertThat(database.lines()).isZero();
  }

  @Test
  void a_load_of_thousands_of_files_is_one_load() throws Exception {
    List<StagedFile> files = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      files.add(Staging.file(staging, Lines.range(i, i + 1)));
    }
    assertThat(transaction.run(StagedLoad.of(files)).inserted()).isEqualTo(2_500);
    assertThat(database.number("SELECT count(*) FROM invoice_load_files")).isEqualTo(2_500);
    assertThat(
            database.storedLines().stream().map(InvoiceLine::invoiceNo).collect(Collectors.toSet()))
        .hasSize(125);
  }

  private CompletableFuture<LoadReport> async(StagedLoad load) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return transaction.run(load);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}

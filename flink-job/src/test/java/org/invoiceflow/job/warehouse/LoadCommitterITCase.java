package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.testing.Metrics;
import org.invoiceflow.model.warehouse.Dialect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommitterITCase {

  @TempDir Path staging;

  private final Metrics metrics = new Metrics();
  private WarehouseDatabase database;
  private WarehouseSettings settings;
  private LoadCommitter committer;

  @BeforeEach
  void emptyDatabase() throws Exception {
    database = WarehouseDatabase.create();
    settings = database.settings(staging);
    committer =
        new LoadCommitter(
            new LoadTransaction(
                settings,
                new FaultyConnections(WarehouseConnections.of(settings)),
                new PostgresCopy()),
            metrics.publishedGroup(),
            List.of(Duration.ZERO));
  }

  private FakeRequest commit(StagedLoad load) throws Exception {
    FakeRequest request = new FakeRequest(load);
    committer.commit(List.of(request));
    return request;
  }

  private long stagedFiles() throws Exception {
    try (var files = Files.list(staging)) {
      return files.count();
    }
  }

  @Test
  void metrics_tell_new_repeated_and_differing_lines() throws Exception {
    commit(Staging.load(staging, Lines.range(0, 10)));
    commit(
        StagedLoad.of(
            List.of(
                Staging.file(staging, Lines.range(5, 12)),
                Staging.file(staging, List.of(Lines.line(0).toBuilder().quantity(-7).build())))));
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_LOADED)).isEqualTo(12);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_REPEATED)).isEqualTo(5);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_DIFFERING)).isEqualTo(1);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS)).isEqualTo(2);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_FAILED)).isZero();
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_UNKNOWN)).isZero();
  }

  @Test
  void files_are_deleted_once_their_load_is_in_the_ledger() throws Exception {
    commit(Staging.load(staging, Lines.range(0, 10)));
    assertThat(stagedFiles()).isZero();
  }

  @Test
  void a_load_that_the_ledger_has_is_signalled_its_files_go_and_nothing_is_counted()
      throws Exception {
    StagedLoad load = Staging.load(staging, Lines.range(0, 10));
    new LoadTransaction(settings, WarehouseConnections.of(settings), new PostgresCopy()).run(load);
    assertThat(commit(load).isAlreadyCommitted()).isTrue();
    assertThat(stagedFiles()).isZero();
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_LOADED)).isZero();
  }

  @Test
  void a_commit_that_arrived_though_the_connection_was_lost_is_counted_once() throws Exception {
    FaultyConnections.next(FaultyConnections.Fault.LOST_AFTER_COMMIT);
    commit(Staging.load(staging, Lines.range(0, 10)));
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_LOADED)).isEqualTo(10);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS)).isEqualTo(1);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_UNKNOWN)).isEqualTo(1);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_FAILED)).isZero();
    assertThat(database.lines()).isEqualTo(10);
  }

  @Test
  void to_wait_for_another_load_is_no_failed_load() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    LoadCommitter patient =
        new LoadCommitter(
            new LoadTransaction(
                settings,
                () -> {
                  attempts.incrementAndGet();
                  return WarehouseConnections.of(settings).open();
                },
                new PostgresCopy(),
                Duration.ofSeconds(1)),
            metrics.publishedGroup(),
            Collections.nCopies(1_000, Duration.ZERO));
    FakeRequest request = new FakeRequest(Staging.load(staging, Lines.range(0, 10)));
    CompletableFuture<Void> waiting;
    try (Connection holder = database.open()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute(Dialect.POSTGRESQL.lock(WarehouseSchema.LOADS));
      waiting =
          CompletableFuture.runAsync(
              () -> {
                try {
                  patient.commit(List.of(request));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> attempts.get() >= 3);
    }
    waiting.get(1, TimeUnit.MINUTES);

    assertThat(metrics.count(JobMetrics.WAREHOUSE_LINES_LOADED)).isEqualTo(10);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_FAILED)).isZero();
  }

  @Test
  void what_is_missing_is_named_before_the_job_starts() throws Exception {
    assertThat(WarehouseAccess.problem(settings)).isEmpty();
    assertThat(stagedFiles()).isZero();
    try (Connection connection = database.open()) {
      connection.createStatement().execute("DROP TABLE invoice_load_files");
    }
    assertThat(WarehouseAccess.problem(settings))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith("The warehouse jdbc:postgresql://")
                    .contains("cannot be loaded by user postgres")
                    .contains("invoice_load_files"));
  }
}

package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.util.function.SerializableSupplier;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.testing.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommitterTest {

  @TempDir Path staging;

  private final AtomicInteger attempts = new AtomicInteger();
  private final Metrics metrics = new Metrics();

  private WarehouseSettings settings(SerializableSupplier<String> password) {
    return WarehouseSettings.of("jdbc:postgresql:x", "u", password, staging.toUri().toString());
  }

  private LoadCommitter committer(
      WarehouseSettings settings, WarehouseConnections connections, List<Duration> pauses) {
    return new LoadCommitter(
        new LoadTransaction(settings, connections, new PostgresCopy()),
        metrics.publishedGroup(),
        pauses);
  }

  private FakeRequest request() throws IOException {
    return new FakeRequest(Staging.load(staging, Lines.range(0, 5)));
  }

  @Test
  void a_warehouse_that_stays_away_fails_the_commit_and_keeps_the_files() throws Exception {
    LoadCommitter committer =
        committer(
            settings(() -> "hush"),
            () -> {
              attempts.incrementAndGet();
              throw new SQLException("no route to the warehouse", "08001");
            },
            List.of(Duration.ZERO, Duration.ZERO));
    FakeRequest request = request();

    assertThatThrownBy(() -> committer.commit(List.of(request)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(request.getCommittable().id())
        .hasRootCauseMessage("no route to the warehouse");

    assertThat(attempts).hasValue(3);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_FAILED)).isEqualTo(3);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_UNKNOWN)).isZero();
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS)).isZero();
    assertThat(request.isAlreadyCommitted()).isFalse();
    try (var files = Files.list(staging)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_password_that_cannot_be_read_is_a_failed_load_and_tried_again() throws Exception {
    WarehouseSettings settings =
        settings(
            () -> {
              attempts.incrementAndGet();
              throw new IllegalStateException("Secrets Manager is away");
            });
    LoadCommitter committer =
        committer(
            settings, WarehouseConnections.of(settings), List.of(Duration.ZERO, Duration.ZERO));
    FakeRequest request = request();

    assertThatThrownBy(() -> committer.commit(List.of(request)))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining(
            "The warehouse's password cannot be read: Secrets Manager is away");

    assertThat(attempts).hasValue(3);
    assertThat(metrics.count(JobMetrics.WAREHOUSE_LOADS_FAILED)).isEqualTo(3);
  }

  @Test
  void the_pause_between_two_attempts_can_be_interrupted() throws Exception {
    LoadCommitter committer =
        committer(
            settings(() -> "hush"),
            () -> {
              throw new SQLException("no route to the warehouse", "08001");
            },
            List.of(Duration.ofDays(1)));
    FakeRequest request = request();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> committer.commit(List.of(request)))
        .isInstanceOf(InterruptedException.class);
  }

  /** With a login or a wait for the lock of half a minute each, and some time for the load. */
  @Test
  void all_attempts_end_before_a_checkpoint_expires() {
    Duration waits = LoadCommitter.PAUSES.stream().reduce(Duration.ZERO, Duration::plus);
    Duration attempts =
        WarehouseConnections.LOGIN_TIMEOUT.multipliedBy(LoadCommitter.PAUSES.size() + 1L);

    assertThat(waits.plus(attempts).plusMinutes(3))
        .isLessThan(CheckpointingOptions.CHECKPOINTING_TIMEOUT.defaultValue());
  }
}

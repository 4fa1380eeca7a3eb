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
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.testing.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommitterTest {

  @TempDir Path staging;

  @Test
  void a_warehouse_that_stays_away_fails_the_commit_and_keeps_the_files() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    WarehouseSettings settings =
        WarehouseSettings.of("jdbc:postgresql:x", "u", () -> "hush", staging.toUri().toString());
    LoadTransaction transaction =
        new LoadTransaction(
            settings,
            () -> {
              attempts.incrementAndGet();
              throw new SQLException("no route to the warehouse", "08001");
            },
            new PostgresCopy());
    Metrics metrics = new Metrics();
    LoadCommitter committer =
        new LoadCommitter(
            transaction, metrics.publishedGroup(), List.of(Duration.ZERO, Duration.ZERO));
    FakeRequest request = new FakeRequest(Staging.load(staging, Lines.range(0, 5)));

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
}

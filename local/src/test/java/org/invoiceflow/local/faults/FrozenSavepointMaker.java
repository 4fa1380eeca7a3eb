package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.endpoints.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the savepoint that {@link FrozenSavepointITCase} restores. No build runs it: it is called
 * by name, as the README beside the savepoint says.
 */
class FrozenSavepointMaker {

  /** Long enough to stop the job while the pending lines wait. */
  private static final Duration FLUSH_DELAY = Duration.ofSeconds(10);

  /** No load comes before the savepoint. */
  private static final Duration LOAD_INTERVAL = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void makes_the_savepoint_anew() throws Exception {
    Endpoints stores = FrozenSavepoint.stores();
    PortionedRecords source =
        new PortionedRecords(
            FrozenSavepoint.records(
                FrozenSavepoint.concat(FrozenSavepoint.SETTLED, FrozenSavepoint.PENDING)));
    int settled = FrozenSavepoint.SETTLED.size();
    int all = settled + FrozenSavepoint.PENDING.size();
    try (JobCluster cluster =
            JobCluster.start(stores, folder, ClusterSettings.usual().withoutCheckpoints());
        StoreProgress progress = new StoreProgress(stores)) {
      StreamExecutionEnvironment env = cluster.environment();
      FrozenSavepoint.build(env, source, stores, FLUSH_DELAY, LOAD_INTERVAL);
      JobID job = cluster.submit(env, Optional.empty());
      source.release(settled);
      await().atMost(FaultSettings.PATIENCE).until(() -> progress.view() == settled);
      source.release(all);
      await()
          .atMost(FaultSettings.PATIENCE)
          .until(() -> cluster.counters().sum(JobMetrics.LINES_ACCEPTED) == all);
      String savepoint = cluster.stopWithSavepoint(job, Files.createDirectory(folder.resolve("s")));
      assertThat(progress.view()).as("lines in the view: the others wait").isEqualTo(settled);
      assertThat(progress.warehouse()).as("rows in the warehouse").isZero();
      FrozenSavepoint.freeze(Path.of(java.net.URI.create(savepoint)), stores);
    }
  }
}

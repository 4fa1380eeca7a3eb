package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Today's graph goes on from the savepoint of an earlier version, whatever the parallelism. If it
 * fails, running applications cannot take this version: see the README beside the savepoint.
 */
class FrozenSavepointITCase {

  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void the_job_goes_on_where_the_savepoint_was_taken(int parallelism) throws Exception {
    Endpoints stores = FrozenSavepoint.stores();
    store(FrozenSavepoint.SETTLED, stores);
    List<InvoiceLine> before =
        FrozenSavepoint.concat(FrozenSavepoint.SETTLED, FrozenSavepoint.PENDING);
    List<InvoiceLine> truth = FrozenSavepoint.concat(before, FrozenSavepoint.LATER);
    List<InvoiceLine> sent = new ArrayList<>(before);
    sent.addAll(before);
    sent.add(FrozenSavepoint.CONTRADICTION);
    sent.addAll(FrozenSavepoint.LATER);
    PortionedRecords source = new PortionedRecords(FrozenSavepoint.records(sent));
    source.release(sent.size());
    try (JobCluster cluster =
            JobCluster.start(stores, folder, ClusterSettings.usual().withParallelism(parallelism));
        StoreProgress progress = new StoreProgress(stores)) {
      StreamExecutionEnvironment env = cluster.environment();
      FrozenSavepoint.build(env, source, stores, SHORT, Duration.ZERO);
      JobID job = cluster.submit(env, FrozenSavepoint.thaw(stores));
      Arrivals.await(
          () -> !cluster.status(job).isGloballyTerminalState(),
          progress,
          sent.size(),
          truth.size());
      String unused =
          cluster.stopWithSavepoint(job, Files.createDirectory(folder.resolve("savepoint")));

      assertThat(cluster.counters().sum(JobMetrics.LINES_READ))
          .as("lines read after the restored position")
          .isEqualTo(sent.size() - before.size());
      assertThat(cluster.counters().sum(JobMetrics.LINES_DUPLICATE))
          .as("lines dropped because the state knows them")
          .isEqualTo(before.size());
      StoreAudit audit = StoreAudit.of(stores, truth);
      assertThat(audit.findings()).isEmpty();
      assertThat(audit)
          .returns((long) sent.size(), StoreAudit::raw)
          .returns(1L, StoreAudit::rejected)
          .returns((long) truth.size(), StoreAudit::stored)
          .returns(0L, StoreAudit::lost)
          .returns(0L, StoreAudit::duplicated);
    }
  }

  /**
   * The tables hold what they held when the savepoint was taken; the other stores are not asked.
   */
  private void store(List<InvoiceLine> lines, Endpoints stores) throws Exception {
    Endpoints others = SharedStandins.emptyStores();
    Endpoints tablesOnly =
        new Endpoints(
            others.ifKinesis(),
            stores.ifDynamoDb(),
            Optional.<S3Endpoint>of(others.s3()),
            others.ifWarehouse());
    PortionedRecords source = new PortionedRecords(FrozenSavepoint.records(lines));
    source.release(lines.size());
    try (JobCluster cluster =
            JobCluster.start(
                stores, Files.createDirectory(folder.resolve("earlier")), ClusterSettings.usual());
        StoreProgress progress = new StoreProgress(stores)) {
      StreamExecutionEnvironment env = cluster.environment();
      FrozenSavepoint.build(env, source, tablesOnly, SHORT, Duration.ZERO);
      JobID unused = cluster.submit(env, Optional.empty());
      await().atMost(FaultSettings.PATIENCE).until(() -> progress.view() == lines.size());
    }
  }
}

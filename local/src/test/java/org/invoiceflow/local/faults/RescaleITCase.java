package org.invoiceflow.local.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stream is stopped with a savepoint and goes on with another parallelism, as lines flow. */
@ExtendWith(UnjudgedRuns.class)
class RescaleITCase {

  private static final int LINES = 1_500;
  private static final int[] PARALLELISM = {1, 2, 1};
  private static final Duration TIME_OF_A_PORTION = Duration.ofSeconds(3);

  /** How often a stop is tried. */
  private static final int STOPS = 5;

  @TempDir Path folder;

  static LongStream seeds() {
    return JobKillITCase.seeds();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothing_is_lost_or_doubled_when_the_stream_goes_on_with_another_parallelism(long seed)
      throws Exception {
    Outcome outcome = Outcome.begin("rescale", seed, false);
    KillPlan plan = KillPlan.of(seed);
    SentRecords sent = SentRecords.of(folder, LINES, seed);
    Endpoints stores = SharedStandins.emptyStores();
    Map<String, Properties> groups = plan.properties(stores);
    List<Duration> recoveries = new ArrayList<>();
    try (StreamFeed feed = new StreamFeed(stores.kinesis());
        StoreProgress progress = new StoreProgress(stores)) {
      List<List<StreamFeed.Item>> portions = sent.portions(PARALLELISM.length);
      List<CompletableFuture<Void>> feeding = new ArrayList<>();
      Optional<String> savepoint = Optional.empty();
      long stopped = 0;
      for (int i = 0; i < PARALLELISM.length; i++) {
        long before = progress.raw();
        feeding.add(feed.trickle(portions.get(i), TIME_OF_A_PORTION));
        Path run = Files.createDirectory(folder.resolve("run-" + i));
        ClusterSettings settings = plan.settings().withParallelism(PARALLELISM[i]);
        try (JobCluster cluster = JobCluster.start(stores, run, settings)) {
          JobID job = cluster.submit(groups, savepoint);
          awaitCheckpoint(run);
          if (i > 0) {
            recoveries.add(Duration.ofNanos(System.nanoTime() - stopped));
          }
          await().atMost(FaultSettings.PATIENCE).until(() -> progress.raw() > before);
          if (i == PARALLELISM.length - 1) {
            feeding.forEach(CompletableFuture::join);
            Arrivals.await(
                () -> !cluster.status(job).isGloballyTerminalState(),
                progress,
                sent.received(),
                sent.lines().size());
          }
          stopped = System.nanoTime();
          savepoint = Optional.of(stop(cluster, job, run));
        }
      }
      StoreAudit audit = StoreAudit.of(stores, sent.lines());
      outcome.judge(
          "stop with savepoint, 1 to 2 to 1, " + plan.settings().backend(),
          PARALLELISM.length - 1,
          audit,
          recoveries,
          sent.differences(audit));
    }
  }

  /**
   * Stops the job; again if a reader of the consumer was just being started, which lets the task
   * fail, the stop with it, and the job restart.
   */
  private String stop(JobCluster cluster, JobID job, Path run) throws Exception {
    RetainedCheckpoints checkpoints = new RetainedCheckpoints(run.resolve("checkpoints"));
    for (int attempt = 1; ; attempt++) {
      long seen = checkpoints.latestNumber();
      try {
        return cluster.stopWithSavepoint(job, folder.resolve("savepoints"));
      } catch (ExecutionException e) {
        if (attempt == STOPS || !(e.getCause() instanceof CheckpointException)) {
          throw e;
        }
        await().atMost(FaultSettings.PATIENCE).until(() -> checkpoints.latestNumber() > seen);
      }
    }
  }

  private static void awaitCheckpoint(Path run) {
    RetainedCheckpoints checkpoints = new RetainedCheckpoints(run.resolve("checkpoints"));
    await()
        .atMost(FaultSettings.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> checkpoints.latest().isPresent());
  }
}

package org.invoiceflow.local.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.KillPlan.Moment;
import org.invoiceflow.local.faults.KillPlan.Strike;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL of the job's process while lines flow. {@code raw/} must hold each receipt once, however
 * often the process was killed, also before its first checkpoint: only what belongs to a complete
 * checkpoint becomes visible there.
 */
@ExtendWith(UnjudgedRuns.class)
class JobKillITCase {

  private static final int LINES = 1_500;

  /** Lines wait when the process starts, and keep coming until it is killed and after. */
  private static final Duration TIME_OF_A_PORTION = Duration.ofSeconds(4);

  /** What the job may still do once all lines are stored shows by then. */
  private static final int CHECKPOINTS_AT_THE_END = 4;

  @TempDir Path folder;

  static LongStream seeds() {
    FaultSettings settings = FaultSettings.current();
    return LongStream.range(settings.seed(), settings.seed() + settings.runsOr(1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_stores_equal_the_truth_however_often_the_process_is_killed(long seed) throws Exception {
    Outcome outcome = Outcome.begin("kill-job", seed, true);
    KillPlan plan = KillPlan.of(seed);
    SentRecords sent = SentRecords.of(folder, LINES, seed);
    Endpoints stores = SharedStandins.emptyStores();
    try (KillableJob job = new KillableJob(stores, folder, plan.properties(stores));
        StreamFeed feed = new StreamFeed(stores.kinesis());
        StoreProgress progress = new StoreProgress(stores)) {
      List<List<StreamFeed.Item>> portions = sent.portions(2 * plan.strikes().size() + 2);
      List<CompletableFuture<Void>> feeding = new ArrayList<>();
      for (int i = 0; i < plan.strikes().size(); i++) {
        Strike strike = plan.strikes().get(i);
        feed.put(portions.get(2 * i));
        job.start(
            strike.moment() == Moment.BEFORE_FIRST_CHECKPOINT
                ? plan.settings().withoutCheckpoints()
                : plan.settings());
        feeding.add(feed.trickle(portions.get(2 * i + 1), TIME_OF_A_PORTION));
        await(strike, job, progress);
        job.kill();
      }
      feed.put(portions.get(portions.size() - 2));
      job.start(plan.settings());
      feeding.add(feed.trickle(portions.get(portions.size() - 1), TIME_OF_A_PORTION));
      job.awaitCheckpoints(1);
      feeding.forEach(CompletableFuture::join);
      Arrivals.await(() -> job.child().isAlive(), progress, sent.received(), sent.lines().size());
      job.awaitMoreCheckpoints(CHECKPOINTS_AT_THE_END);
      StoreAudit audit = StoreAudit.of(stores, sent.lines());
      outcome.judge(
          plan.toString(), plan.strikes().size(), audit, job.recoveries(), sent.differences(audit));
    }
  }

  private static void await(Strike strike, KillableJob job, StoreProgress progress)
      throws Exception {
    switch (strike.moment()) {
      case BEFORE_FIRST_CHECKPOINT -> job.await(() -> progress.view() >= strike.progress());
      case AFTER_CHECKPOINTS -> job.awaitCheckpoints(strike.progress());
      case AFTER_RAW_LINES -> {
        long due = progress.raw() + strike.progress();
        job.awaitCheckpoints(1);
        job.await(() -> progress.raw() >= due);
      }
      case AFTER_LOAD -> {
        long due = progress.warehouse() + strike.progress();
        job.awaitCheckpoints(1);
        job.await(() -> progress.warehouse() >= due);
      }
      case WHILE_RECOVERING -> {}
    }
    job.child().hasEndedAfter(strike.later());
  }
}

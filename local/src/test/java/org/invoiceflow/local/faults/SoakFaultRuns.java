package org.invoiceflow.local.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A steady rate for 10 minutes, or {@code -Dfaults.soak.minutes=N}, with a crash every minute: the
 * job loses its task manager, its process lives on, so that what a crash leaves behind adds up.
 * {@code target/soak.csv} at the root holds the series.
 */
@ExtendWith(UnjudgedRuns.class)
class SoakFaultRuns {

  private static final int MINUTES = Integer.getInteger("faults.soak.minutes", 10);

  /** Distinct lines; some are sent twice. */
  private static final int LINES_PER_SECOND = 500;

  private static final int SHARDS = 32;
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_CRASHES = Duration.ofMinutes(1);
  private static final Duration FIRST_CRASH = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void heap_state_open_files_and_lag_stay_flat_with_a_crash_every_minute() throws Exception {
    long seed = FaultSettings.current().seed();
    Outcome outcome = Outcome.begin("soak", seed, false);
    Duration time = Duration.ofMinutes(MINUTES);
    SentRecords sent = SentRecords.of(folder, (int) time.toSeconds() * LINES_PER_SECOND, seed);
    Endpoints stores = SharedStandins.emptyStores(SHARDS);
    Map<String, Properties> groups = JobProperties.stream(stores);
    groups.get("source").setProperty("poll.interval.ms", "1000");
    SoakSeries series = new SoakSeries();
    try (KillableJob job = new KillableJob(stores, folder, groups);
        StreamFeed feed = new StreamFeed(stores.kinesis());
        StoreProgress progress = new StoreProgress(stores)) {
      job.startFrom(
          Optional.empty(),
          ClusterSettings.usual().withEndlessRestarts(),
          List.of("-Xmx1200m", "-XX:+UseSerialGC"));
      job.awaitCheckpoints(1);
      CompletableFuture<Void> feeding = feed.trickle(sent.records(), time);
      int crashes = soak(job, sent, feed, progress, series, time);
      feeding.join();
      series.write(
          Path.of(System.getProperty("invoiceflow.root")).resolve("target").resolve("soak.csv"));
      Arrivals.await(() -> job.child().isAlive(), progress, sent.received(), sent.lines().size());
      StoreAudit audit = StoreAudit.of(stores, sent.lines());
      List<String> more = new ArrayList<>(sent.differences(audit));
      more.addAll(series.findings(LINES_PER_SECOND));
      String name =
          String.format(Locale.ROOT, "%d lines/s for %d minutes", LINES_PER_SECOND, MINUTES);
      outcome.judge(name, crashes, audit, job.recoveries(), more);
    }
  }

  /** Measures and crashes the job as long as lines flow; returns the number of crashes. */
  private static int soak(
      KillableJob job,
      SentRecords sent,
      StreamFeed feed,
      StoreProgress progress,
      SoakSeries series,
      Duration time)
      throws Exception {
    long start = System.nanoTime();
    Duration nextCrash = FIRST_CRASH;
    int crashes = 0;
    Duration now = Duration.ZERO;
    while (now.compareTo(time) < 0) {
      job.child().hasEndedAfter(BETWEEN_SAMPLES);
      if (now.compareTo(nextCrash) >= 0) {
        job.loseTaskManager();
        job.awaitCheckpoints(1);
        crashes++;
        nextCrash = nextCrash.plus(BETWEEN_CRASHES);
      }
      JobProcess.Sample sample = job.sample();
      long stored = progress.warehouse();
      now = Duration.ofNanos(System.nanoTime() - start);
      series.add(
          new SoakSeries.Point(
              now.toSeconds(),
              sample.heapBytes(),
              sample.openFiles(),
              sample.stateBytes(),
              stored,
              sent.distinctAmong(feed.putCount()) - stored,
              crashes));
    }
    return crashes;
  }
}

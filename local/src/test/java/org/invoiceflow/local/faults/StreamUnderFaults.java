package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.GeneratedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The whole job on a stream, into stores that it sees through proxies. Restarts without end, as the
 * service does. Every wait has a limit, and what goes beyond it becomes a finding: no failure of a
 * store may stop the job without a word.
 */
final class StreamUnderFaults implements AutoCloseable {

  /** Kind of failure in the figures. */
  static final String SUITE = "sinks";

  private static final Logger LOG = LoggerFactory.getLogger(StreamUnderFaults.class);

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
  private static final Duration RESTART_DELAY = Duration.ofMillis(200);

  /** Until everything has arrived, from the last record on. */
  private static final Duration QUIET_LIMIT = FaultSettings.PATIENCE;

  /** Without a checkpoint for so long, the job is taken to hang. */
  private static final Duration HANG_LIMIT = FaultSettings.PATIENCE.dividedBy(2);

  private static final Duration WAVE_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_RECORDS_PER_PUT = 100;

  private final Endpoints stores;
  private final LocalFlink flink;
  private final JobClient job;
  private final JobMonitor monitor;
  private final StoreProgress figures;
  private final List<String> findings = new ArrayList<>();
  private final long started = System.nanoTime();
  private long sent;

  private StreamUnderFaults(Endpoints stores, LocalFlink flink, JobClient job) {
    this.stores = stores;
    this.flink = flink;
    this.job = job;
    this.monitor = new JobMonitor(flink.webUi(), job.getJobID());
    this.figures = new StoreProgress(stores);
  }

  /** How the job is set up, beyond what is usual on this machine. */
  interface Setup {
    /** Changes nothing. */
    Setup USUAL = (flink, properties) -> {};

    void apply(LocalFlink flink, Map<String, Properties> properties) throws Exception;
  }

  /**
   * @param stores as they are, for looking into them
   * @param seen as the job sees them
   * @param folder for checkpoints
   */
  static StreamUnderFaults start(Endpoints stores, Endpoints seen, Path folder, Setup setup)
      throws Exception {
    LocalFlink flink =
        LocalFlink.prepare(seen.s3(), Installation.find().flinkPlugins(), folder, Ports.free())
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY)
            .set(WebOptions.MAX_EXCEPTION_HISTORY_SIZE, 1000)
            .set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(100));
    Map<String, Properties> properties = JobProperties.stream(seen);
    setting(properties, "source", "poll.interval.ms", "500");
    setting(properties, "views", "flush.delay.ms", "200");
    setting(properties, "warehouse", "load.interval.ms", "0");
    setup.apply(flink, properties);
    return new StreamUnderFaults(stores, flink, flink.start(properties));
  }

  static void setting(Map<String, Properties> properties, String group, String name, String value) {
    properties.computeIfAbsent(group, any -> new Properties()).setProperty(name, value);
  }

  /**
   * Puts the records on the stream in so many waves, each after a checkpoint, so that they are in
   * every part of the job while things break.
   *
   * @param betweenWaves called before each wave but the first, with its number
   */
  void feed(MixedRecords records, int waves, Wave betweenWaves) throws Exception {
    List<PutRecordsRequestEntry> all = records.entries();
    try (KinesisClient kinesis = stores.kinesis().client()) {
      for (int wave = 0; wave < waves; wave++) {
        if (wave > 0) {
          int seen = monitor.checkpoints();
          await(WAVE_LIMIT, () -> monitor.checkpoints() > seen);
          betweenWaves.before(wave);
        }
        put(kinesis, all.subList(all.size() * wave / waves, all.size() * (wave + 1) / waves));
      }
    }
    sent += records.lines();
  }

  /** Something that happens between two waves of records. */
  interface Wave {
    void before(int number) throws Exception;
  }

  private void put(KinesisClient kinesis, List<PutRecordsRequestEntry> records) {
    put(kinesis, stores.kinesis().stream(), records);
  }

  /** Puts records by the SDK; the stream refuses none. */
  static void put(KinesisClient kinesis, String stream, List<PutRecordsRequestEntry> records) {
    for (int from = 0; from < records.size(); from += MAX_RECORDS_PER_PUT) {
      List<PutRecordsRequestEntry> some =
          records.subList(from, Math.min(records.size(), from + MAX_RECORDS_PER_PUT));
      int refused = kinesis.putRecords(r -> r.streamName(stream).records(some)).failedRecordCount();
      if (refused > 0) {
        throw new IllegalStateException(refused + " records were refused");
      }
    }
  }

  /** Lines that were put on the stream by other means. */
  void hasReceived(long lines) {
    sent += lines;
  }

  /** Whether the condition came true in time. */
  boolean await(Duration limit, Callable<Boolean> condition) {
    try {
      Awaitility.await().pollDelay(Duration.ZERO).atMost(limit).until(condition);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  /**
   * Returns when all stores hold all lines and another checkpoint has passed since, so that what
   * comes too often has come too.
   */
  void awaitQuiet(GeneratedFile file) throws Exception {
    Held due = new Held(sent, file.lines().size(), file.lines().size());
    if (!await(QUIET_LIMIT, () -> held().equals(due))) {
      findings.add(
          "After "
              + QUIET_LIMIT.toSeconds()
              + " s the stores hold "
              + held()
              + " instead of "
              + due
              + "; the job is "
              + job.getJobStatus().get()
              + ", its last checkpoint was "
              + monitor.sinceCheckpoint()
              + " ago, its failures were "
              + monitor.failures());
      return;
    }
    int seen = monitor.checkpoints();
    if (!await(HANG_LIMIT, () -> monitor.checkpoints() > seen + 1)) {
      findings.add("No checkpoint completes any more, though every line has arrived");
    }
  }

  /** Lines in each store; those in raw/ count each receipt. */
  private record Held(long raw, long view, long warehouse) {}

  private Held held() {
    try {
      return new Held(figures.raw(), figures.view(), figures.warehouse());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a look into a store by other means has found. */
  void findIfAny(List<String> more) {
    findings.addAll(more);
  }

  /** Checks everything and takes the figures down; fails the test if anything is wrong. */
  void judge(String name, long seed, int strikes, GeneratedFile file) throws Exception {
    StoreAudit audit = StoreAudit.of(stores, file.lines());
    findings.addAll(audit.findings());
    if (audit.rejected() > 0) {
      findings.add(audit.rejected() + " lines were rejected");
    }
    if (monitor.longestGap().compareTo(HANG_LIMIT) > 0) {
      findings.add("The longest time between two checkpoints was " + monitor.longestGap());
    }
    LOG.info(
        "{}: {} lines sent, {} s, failures {}, longest gap between checkpoints {}",
        name,
        sent,
        Duration.ofNanos(System.nanoTime() - started).toSeconds(),
        monitor.failures(),
        monitor.longestGap());
    FaultLog.judge(
        new FaultRun(
            SUITE,
            name,
            seed,
            false,
            strikes,
            audit.lost() + Math.max(0, sent - audit.raw()),
            audit.duplicated() + Math.max(0, audit.raw() - sent),
            monitor.recoveries(),
            findings));
  }

  List<String> failures() throws IOException, InterruptedException {
    return monitor.failures();
  }

  JobMonitor monitor() {
    return monitor;
  }

  JobClient job() {
    return job;
  }

  @Override
  public void close() throws Exception {
    monitor.close();
    figures.close();
    try {
      job.cancel().get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The job cannot be cancelled", e);
    } catch (ExecutionException | IllegalStateException e) {
      // It has ended already.
    }
    flink.close();
  }
}

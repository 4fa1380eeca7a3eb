package org.invoiceflow.local.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.invoiceflow.job.InvoiceflowJob;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;

/**
 * One stream that is struck while records flow: the real graph into real stores. The source is
 * replaced by one that sends seeded records. Checkpoints are taken one by one, so that the first
 * one comes after a strike that is to be before it.
 */
final class StreamCrashRun {

  /** Kind of failure in the figures. */
  static final String SUITE = "crash-matrix";

  /** Every second checkpoint or so loads: between them the files are held in state. */
  static final Duration LOAD_INTERVAL = Duration.ofMillis(350);

  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(200);

  private final StreamCase tried;
  private final FaultCluster cluster;
  private final Endpoints stores;
  private final CrashPlan plan;
  private final Feed feed;
  private final List<String> findings = new ArrayList<>();

  private StreamCrashRun(
      StreamCase tried, FaultCluster cluster, Endpoints stores, CrashPlan plan, Feed feed) {
    this.tried = tried;
    this.cluster = cluster;
    this.stores = stores;
    this.plan = plan;
    this.feed = feed;
  }

  /**
   * @param stores empty ones, with a stream that is there
   */
  static FaultRun of(StreamCase tried, FaultCluster cluster, Endpoints stores, OddRecords records)
      throws Exception {
    try (CrashPlan plan = CrashPlan.of(tried.strikes());
        Feed feed = new Feed(records, tried.parallelism(), tried.isFinite())) {
      return new StreamCrashRun(tried, cluster, stores, plan, feed).run();
    }
  }

  /** The graph of the stream, as production has it. */
  static StreamGraph graph(StreamExecutionEnvironment env, Endpoints stores) {
    Map<String, Properties> properties = JobProperties.stream(stores);
    properties.get("views").setProperty("flush.delay.ms", "100");
    properties
        .get("warehouse")
        .setProperty("load.interval.ms", Long.toString(LOAD_INTERVAL.toMillis()));
    InvoiceflowJob.build(env, JobConfig.of(properties));
    return env.getStreamGraph();
  }

  private FaultRun run() throws Exception {
    StreamGraph graph =
        graph(cluster.environment(tried.backend(), tried.parallelism(), true), stores);
    StrikingOperators.replaceSource(graph, new PacedRecords(feed), plan);
    StrikingOperators.addTo(graph, plan);
    JobID job = cluster.submit(graph);
    try {
      strikeAll(job);
      feed.end();
      awaitQuiet(job);
      checkRestarts(job);
    } finally {
      if (!cluster.status(job).isGloballyTerminalState()) {
        cluster.cancel(job);
      }
    }
    return judge();
  }

  private void strikeAll(JobID job) {
    boolean unused =
        await(
            () -> {
              if (!plan.isDone() && !plan.holdsCheckpoints()) {
                cluster.checkpoint(job);
              }
              return plan.isDone();
            });
    plan.notMade().forEach(strike -> findings.add("The strike never came about: " + strike));
  }

  /**
   * Until everything must have arrived: the job has ended by itself, or the warehouse, which is
   * last, has all lines and two more checkpoints have been completed.
   */
  private void awaitQuiet(JobID job) {
    boolean isFull = await(() -> checkpointed(job, this::isFull));
    int seen = plan.completedCheckpoints();
    if (!isFull || !await(() -> checkpointed(job, () -> plan.completedCheckpoints() > seen + 1))) {
      findings.add(
          "The job is not quiet "
              + FaultSettings.PATIENCE.toSeconds()
              + " s after its last record");
    }
  }

  private boolean isFull() throws SQLException {
    return !tried.isFinite() && feed.isOver() && warehouseRows() >= truth().lines().size();
  }

  /** Whether the job has ended or the condition holds; takes a checkpoint if neither is so. */
  private boolean checkpointed(JobID job, Callable<Boolean> condition) throws Exception {
    if (cluster.status(job) == JobStatus.FINISHED || condition.call()) {
      return true;
    }
    cluster.checkpoint(job);
    return false;
  }

  /** Whether the condition came true in time. */
  private static boolean await(Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_CHECKPOINTS)
          .atMost(FaultSettings.PATIENCE)
          .until(condition);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  /** Each strike restarts the job, and nothing else does, but for a cluster that is starved. */
  private void checkRestarts(JobID job) throws Exception {
    if (plan.restarts() == plan.made().size()) {
      return;
    }
    List<JobDashboard.Failure> others =
        cluster.failures(job).stream().filter(failure -> !failure.isStrike()).toList();
    if (plan.restarts() < plan.made().size()
        || others.isEmpty()
        || !others.stream().allMatch(JobDashboard.Failure::isOfStarvedCluster)) {
      findings.add(
          String.format(
              Locale.ROOT,
              "The job was restarted %d times for %d strikes; other failures: %s",
              plan.restarts(),
              plan.made().size(),
              others));
    }
  }

  private OddRecords.Truth truth() {
    return feed.records().truthOf(feed.sent());
  }

  private long warehouseRows() throws SQLException {
    try (Connection connection = stores.warehouse().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + WarehouseSchema.LINES)) {
      row.next();
      return row.getLong(1);
    }
  }

  private FaultRun judge() throws SQLException {
    OddRecords.Truth truth = truth();
    StoreAudit audit = StoreAudit.ofContenders(stores, truth.lines());
    findings.addAll(audit.findings());
    long lost = audit.lost();
    long duplicated = audit.duplicated();
    for (Folder folder :
        List.of(
            new Folder("raw/", audit.raw(), truth.raw()),
            new Folder("rejected/", audit.rejected(), truth.rejected()),
            new Folder("duplicates/", audit.listed(), truth.listed()))) {
      lost += Math.max(0, folder.due() - folder.lines());
      duplicated += Math.max(0, folder.lines() - folder.due());
      if (folder.lines() != folder.due()) {
        findings.add(folder.name() + " holds " + folder.lines() + " lines of " + folder.due());
      }
    }
    return new FaultRun(
        SUITE,
        tried.name(),
        tried.seed(),
        false,
        plan.made().size(),
        lost,
        duplicated,
        plan.recoveries(),
        findings);
  }

  /** Lines that a folder of the lake holds, and should hold. */
  private record Folder(String name, long lines, long due) {}
}

package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.invoiceflow.job.metrics.JobMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the loads. A load that fails is tried again for some minutes on fresh connections; then the
 * failure goes to Flink, which restarts the job, restores the load and tries on. Files are deleted
 * once the ledger has their load.
 *
 * <p>While it waits, only its own task stands still: views go on, but no checkpoint completes. All
 * attempts therefore end before Flink's usual limit of a checkpoint, 10 minutes. To wait for a
 * ledger that another load holds is no failure until the last attempt.
 */
final class LoadCommitter implements Committer<StagedLoad> {

  private static final Logger LOG = LoggerFactory.getLogger(LoadCommitter.class);

  /**
   * Before the second attempt, the third, and so on: short at first, for a connection that was
   * lost; then as long as a failover, a resize or a workgroup that is being restarted takes. With
   * six attempts that end after 30 s each (login, lock) it is six and a half minutes.
   */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));

  private final LoadTransaction transaction;
  private final List<Duration> pauses;
  private final Counter loads;
  private final Counter failed;
  private final Counter unknown;
  private final Counter loaded;
  private final Counter repeated;
  private final Counter differing;

  /**
   * @param pauses before the second attempt, the third, and so on
   */
  LoadCommitter(LoadTransaction transaction, MetricGroup metrics, List<Duration> pauses) {
    this.transaction = transaction;
    this.pauses = pauses;
    this.loads = metrics.counter(JobMetrics.WAREHOUSE_LOADS);
    this.failed =
        JobMetrics.metered(
            metrics, JobMetrics.WAREHOUSE_LOADS_FAILED, JobMetrics.WAREHOUSE_LOADS_FAILED_RATE);
    this.unknown = metrics.counter(JobMetrics.WAREHOUSE_LOADS_UNKNOWN);
    this.loaded =
        JobMetrics.metered(
            metrics, JobMetrics.WAREHOUSE_LINES_LOADED, JobMetrics.WAREHOUSE_LINES_LOADED_RATE);
    this.repeated = metrics.counter(JobMetrics.WAREHOUSE_LINES_REPEATED);
    this.differing =
        JobMetrics.metered(
            metrics,
            JobMetrics.WAREHOUSE_LINES_DIFFERING,
            JobMetrics.WAREHOUSE_LINES_DIFFERING_RATE);
  }

  @Override
  public void commit(Collection<CommitRequest<StagedLoad>> requests)
      throws IOException, InterruptedException {
    for (CommitRequest<StagedLoad> request : requests) {
      StagedLoad load = request.getCommittable();
      LoadReport report = loadWithRetries(load);
      if (report.wasFoundInLedger()) {
        request.signalAlreadyCommitted();
      }
      delete(load.files());
    }
  }

  private LoadReport loadWithRetries(StagedLoad load) throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        LoadReport report = transaction.run(load);
        // Found after a failed attempt means that this attempt's commit had arrived.
        if (!report.wasFoundInLedger() || attempt > 0) {
          count(load, report);
        } else {
          LOG.info("The warehouse has load {} already.", load.id());
        }
        return report;
      } catch (SQLException | IOException e) {
        boolean isLast = attempt == pauses.size();
        if (isLast || !(e instanceof LedgerBusyException)) {
          (e instanceof UnknownOutcomeException ? unknown : failed).inc();
        }
        if (isLast) {
          throw new IOException("The warehouse did not take " + load, e);
        }
        Duration pause = pauses.get(attempt);
        LOG.warn("The warehouse did not take {}; next attempt in {}.", load, pause, e);
        Thread.sleep(pause.toMillis());
      }
    }
  }

  private void count(StagedLoad load, LoadReport report) {
    loads.inc();
    loaded.inc(report.inserted());
    repeated.inc(report.repeated());
    differing.inc(report.differing());
    if (report.differing() > 0) {
      LOG.warn("The warehouse took load {}: {}.", load.id(), report);
    } else {
      LOG.info("The warehouse took load {}: {}.", load.id(), report);
    }
  }

  /** What cannot be deleted is an orphan that the ledger names; it does no harm but cost. */
  private static void delete(List<StagedFile> files) {
    int failures = 0;
    IOException last = null;
    for (StagedFile file : files) {
      Path path = new Path(file.path());
      try {
        path.getFileSystem().delete(path, false);
      } catch (IOException e) {
        failures++;
        last = e;
      }
    }
    if (last != null) {
      LOG.warn("{} of {} loaded files stay behind.", failures, files.size(), last);
    }
  }

  @Override
  public void close() {}
}

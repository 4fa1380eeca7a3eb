package org.invoiceflow.local.demo;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.report.Sent;

/**
 * Sends the file with the loader to the gateway, whose handlers feed the stream that the job reads.
 */
final class StreamDelivery implements Delivery {

  /** After this long without a single line anywhere, what is missing will not come. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FileSender sender;
  private final int repeat;
  private final StoreReader stores;
  private final JobCounters counters;
  private final JobClient job;

  private StreamDelivery(
      FileSender sender, int repeat, StoreReader stores, JobCounters counters, JobClient job) {
    this.sender = sender;
    this.repeat = repeat;
    this.stores = stores;
    this.counters = counters;
    this.job = job;
  }

  /** Starts the job. */
  static StreamDelivery start(
      FileSender sender, int repeat, Endpoints endpoints, LocalFlink flink, StoreReader stores)
      throws Exception {
    try {
      JobClient job = flink.start(JobProperties.stream(endpoints));
      return new StreamDelivery(sender, repeat, stores, flink.counters(), job);
    } catch (ConfigException e) {
      throw CommandException.failure(Messages.of(e));
    }
  }

  @Override
  public Sent deliver(Stopwatch stopwatch) throws Exception {
    stopwatch.stageEnds("start the job");
    Sent sent = sender.send(repeat);
    stopwatch.stageEnds("send");
    awaitArrival(sent.accepted());
    stopwatch.stageEnds("arrive in every store");
    return sent;
  }

  /**
   * The order makes the figures final one by one: raw/ shows the lines once a checkpoint has passed
   * through the whole job; when all of them are decided, it is known how many are to be stored; the
   * view, which costs a scan to ask, is likely there at the first look.
   */
  private void awaitArrival(long lines) throws Exception {
    Patience patience = new Patience(PATIENCE);
    patience.until(lines, () -> counters.sum(JobMetrics.LINES_READ), this::checkJob);
    patience.until(lines, stores::rawLines, this::checkJob);
    patience.until(counters.sum(JobMetrics.LINES_READ), this::decidedOrRestarted, this::checkJob);
    long stored =
        isRestarted() ? stores.notRejectedLines() : counters.sum(JobMetrics.LINES_ACCEPTED);
    patience.until(stored, stores::warehouseRows, this::checkJob);
    patience.until(stored, stores::viewLines, this::checkJob);
  }

  /** Then the counters count twice what was read twice, and nobody knows how many are repeats. */
  private boolean isRestarted() {
    return counters.restarts() > 0;
  }

  private long decidedOrRestarted() {
    return isRestarted() ? Long.MAX_VALUE : decided();
  }

  private long decided() {
    return counters.sum(JobMetrics.LINES_DUPLICATE)
        + counters.sum(JobMetrics.LINES_ACCEPTED)
        + counters.sum(JobMetrics.LINES_ALREADY_STORED)
        + counters.sum(JobMetrics.LINES_CONFLICTING);
  }

  private void checkJob() throws Exception {
    if (job.getJobExecutionResult().isDone()) {
      try {
        job.getJobExecutionResult().get();
      } catch (ExecutionException e) {
        throw CommandException.failure("The job failed: " + Messages.ofRoot(e));
      }
      throw CommandException.failure("The job ended before all lines had arrived.");
    }
  }

  @Override
  public void close() {
    try {
      job.cancel().join();
    } catch (CompletionException | IllegalStateException e) {
      // The job has ended already, and its MiniCluster with it.
    }
  }
}

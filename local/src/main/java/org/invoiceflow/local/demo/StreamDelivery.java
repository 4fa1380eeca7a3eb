package org.invoiceflow.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.loader.send.GaveUpException;
import org.invoiceflow.loader.send.Loader;
import org.invoiceflow.loader.send.SendListener;
import org.invoiceflow.loader.send.SendOptions;
import org.invoiceflow.loader.send.SendResult;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.KinesisEndpoint;
import org.invoiceflow.local.gateway.Gateway;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.report.Sent;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Sends the file with the loader to the gateway, whose handlers feed the stream that the job reads.
 */
final class StreamDelivery implements Delivery {

  /** After this long without a single line anywhere, what is missing will not come. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SourceFile file;
  private final int repeat;
  private final Gateway gateway;
  private final JobCounters counters;
  private final StoreReader stores;
  private final Path rejects;
  private final SendListener listener;
  private final JobClient job;

  private StreamDelivery(
      SourceFile file,
      int repeat,
      Gateway gateway,
      JobCounters counters,
      StoreReader stores,
      Path rejects,
      SendListener listener,
      JobClient job) {
    this.file = file;
    this.repeat = repeat;
    this.gateway = gateway;
    this.counters = counters;
    this.stores = stores;
    this.rejects = rejects;
    this.listener = listener;
    this.job = job;
  }

  /**
   * Starts the job.
   *
   * @param rejects where the loader writes the lines that are refused
   */
  static StreamDelivery start(
      SourceFile file,
      int repeat,
      Endpoints endpoints,
      LocalFlink flink,
      Gateway gateway,
      StoreReader stores,
      Path rejects,
      SendListener listener)
      throws Exception {
    checkStream(endpoints.kinesis());
    try {
      JobClient job = flink.start(JobProperties.stream(endpoints));
      return new StreamDelivery(
          file, repeat, gateway, flink.counters(), stores, rejects, listener, job);
    } catch (ConfigException e) {
      throw DemoException.failure(Messages.of(e));
    }
  }

  /** Without a stream, both the job and the loader would only try again and again. */
  private static void checkStream(KinesisEndpoint kinesis) throws DemoException {
    try (KinesisClient client = kinesis.client()) {
      client.describeStreamSummary(r -> r.streamName(kinesis.stream()));
    } catch (SdkException e) {
      throw DemoException.failure(
          "The stream " + kinesis.stream() + " cannot be used: " + Messages.of(e));
    }
  }

  @Override
  public Sent deliver(Stopwatch stopwatch) throws Exception {
    stopwatch.stageEnds("start the job");
    Sent sent = new Sent(0, 0, 0, 0, 0);
    for (int i = 0; i < repeat; i++) {
      sent = plus(sent, send());
    }
    stopwatch.stageEnds("send");
    awaitArrival(sent.accepted());
    stopwatch.stageEnds("arrive in every store");
    return sent;
  }

  private SendResult send() throws Exception {
    SendOptions options = SendOptions.of(file.path(), gateway.address()).withRejects(rejects);
    try {
      return Loader.create().send(options, listener);
    } catch (InputException e) {
      throw DemoException.usage(Messages.of(e));
    } catch (GaveUpException e) {
      throw DemoException.failure(Messages.of(e));
    }
  }

  private static Sent plus(Sent sum, SendResult result) {
    return new Sent(
        sum.lines() + result.linesRead(),
        sum.accepted() + result.accepted(),
        sum.rejectedByLoader() + result.rejectedByLoader(),
        sum.rejectedByApi() + result.rejectedByApi(),
        sum.retries() + result.retries());
  }

  /**
   * Asks the cheap sources first: the job's counters, the warehouse, raw/; the view is scanned when
   * those are there.
   */
  private void awaitArrival(long lines) throws Exception {
    Patience patience = new Patience(PATIENCE);
    patience.until(lines, () -> counters.sum(JobMetrics.LINES_READ), this::checkJob);
    long stored =
        counters.sum(JobMetrics.LINES_ACCEPTED) - counters.sum(JobMetrics.LINES_ALREADY_STORED);
    patience.until(stored, stores::warehouseRows, this::checkJob);
    patience.until(lines, stores::rawLines, this::checkJob);
    patience.until(stored, stores::viewLines, this::checkJob);
  }

  private void checkJob() throws Exception {
    if (job.getJobExecutionResult().isDone()) {
      try {
        job.getJobExecutionResult().get();
      } catch (ExecutionException e) {
        throw DemoException.failure("The job failed: " + Messages.ofRoot(e));
      }
      throw DemoException.failure("The job ended before all lines had arrived.");
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

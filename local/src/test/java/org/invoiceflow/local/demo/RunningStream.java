package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.local.testing.Limits;
import org.invoiceflow.local.testing.StoredData;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The job reading a stream into stores, and a producer that puts records on it by the SDK. */
public final class RunningStream implements AutoCloseable {

  private final Endpoints stores;
  private final LocalFlink flink;
  private final JobClient job;
  private final KinesisClient kinesis;
  private final StoreReader reader;

  private RunningStream(Endpoints stores, LocalFlink flink, JobClient job) {
    this.stores = stores;
    this.flink = flink;
    this.job = job;
    this.kinesis = stores.kinesis().client();
    this.reader = new StoreReader(stores);
  }

  /**
   * @param folder for checkpoints
   */
  public static RunningStream start(Endpoints stores, Path folder) throws Exception {
    LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), folder, Ports.free());
    return new RunningStream(stores, flink, flink.start(JobProperties.stream(stores)));
  }

  /** Puts one record and says where it lies: {@code SHARD/SEQUENCE_NUMBER}. */
  public String put(String partitionKey, byte[] data) {
    var answer =
        kinesis.putRecord(
            r ->
                r.streamName(stores.kinesis().stream())
                    .partitionKey(partitionKey)
                    .data(SdkBytes.fromByteArray(data)));
    return answer.shardId() + "/" + answer.sequenceNumber();
  }

  /** Returns when raw/ holds so many lines, and both the view and the warehouse so many. */
  public void awaitLines(long raw, long stored) {
    awaitFigure(raw, reader::rawLines);
    awaitFigure(stored, reader::viewLines);
    awaitFigure(stored, reader::warehouseRows);
  }

  /** Returns when this folder of the lake lists so many. */
  public void awaitListed(String folder, int count) {
    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(() -> assertThat(StoredData.listed(stores, folder)).hasSize(count));
  }

  private static void awaitFigure(long expected, Callable<Long> figure) {
    await()
        .atMost(Limits.PATIENCE)
        .untilAsserted(() -> assertThat(figure.call()).isEqualTo(expected));
  }

  public long linesRead() {
    return flink.counters().sum(JobMetrics.LINES_READ);
  }

  public JobCounters counters() {
    return flink.counters();
  }

  /** What the job's dashboard says about failures: nothing. */
  public void assertNeverFailed() throws IOException, InterruptedException {
    URI exceptions = URI.create(flink.webUi() + "/jobs/" + job.getJobID() + "/exceptions");
    String answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(exceptions).build(), BodyHandlers.ofString())
            .body();
    assertThat(answer).contains("\"entries\":[]");
  }

  @Override
  public void close() {
    job.cancel().join();
    kinesis.close();
    reader.close();
    flink.close();
  }
}

package org.invoiceflow.local.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.standin.Installation;
import org.invoiceflow.local.standin.Ports;
import org.invoiceflow.model.CsvOptions;

/** One run of the job, in a cluster of its own in this JVM; several may work on the same stores. */
final class JobRun implements AutoCloseable {

  private static final String POLL_MILLIS = "300";
  private static final String LOAD_MILLIS = "200";
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
  private static final Pattern FAILURE = Pattern.compile("\"exceptionName\":\"([^\"]*)\"");

  private final LocalFlink flink;
  private final JobClient job;
  private final Path folder;
  private final boolean isStream;
  private boolean ended;

  private JobRun(LocalFlink flink, JobClient job, Path folder, boolean isStream) {
    this.flink = flink;
    this.job = job;
    this.folder = folder;
    this.isStream = isStream;
  }

  /** Properties of a job that reads the stream from its oldest record. */
  static Map<String, Properties> streamOf(Endpoints stores) {
    Map<String, Properties> groups = JobProperties.stream(stores);
    groups.get("source").setProperty("poll.interval.ms", POLL_MILLIS);
    return groups;
  }

  /** Properties of an import of files whose dialect is plain to see. */
  static Map<String, Properties> importOf(Endpoints stores, String path) {
    return JobProperties.importing(stores, path, CsvOptions.detectAll());
  }

  /** Starts a job that knows nothing of earlier ones. */
  static JobRun start(Endpoints stores, Path temp, Map<String, Properties> groups)
      throws Exception {
    Path folder = Files.createTempDirectory(temp, "job-");
    LocalFlink flink =
        LocalFlink.prepare(stores.s3(), Installation.find().flinkPlugins(), folder, Ports.free())
            .checkpointEvery(CHECKPOINT_INTERVAL);
    groups.get("warehouse").setProperty("load.interval.ms", LOAD_MILLIS);
    boolean isStream = groups.get("job").getProperty("mode").equals("stream");
    return new JobRun(flink, flink.start(groups), folder, isStream);
  }

  /** Sum of the counters of one name in {@link JobMetrics}. */
  long count(String counter) {
    return flink.counters().sum(counter);
  }

  /** Lines that this run has dropped as repeated, whoever noticed. */
  long duplicates() {
    return count(JobMetrics.LINES_DUPLICATE) + count(JobMetrics.LINES_ALREADY_STORED);
  }

  boolean hasEnded() {
    return job.getJobExecutionResult().isDone();
  }

  /** Of the latest failure of a task; empty if there never was one. Only while the job runs. */
  Optional<String> failure() throws IOException, InterruptedException {
    URI exceptions = URI.create(flink.webUi() + "/jobs/" + job.getJobID() + "/exceptions");
    Matcher failure =
        FAILURE.matcher(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(exceptions).build(), BodyHandlers.ofString())
                .body());
    return failure.find() ? Optional.of(failure.group(1)) : Optional.empty();
  }

  /** Waits for the end of an import, or ends a stream once all that it has read is written. */
  void end() throws Exception {
    if (ended) {
      return;
    }
    ended = true;
    if (isStream) {
      String savepoints = folder.resolve("savepoints").toUri().toString();
      job.stopWithSavepoint(false, savepoints, SavepointFormatType.CANONICAL)
          .get(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    job.getJobExecutionResult().get(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    if (!ended && !hasEnded()) {
      job.cancel().join();
    }
    flink.close();
  }
}

package org.invoiceflow.local.demo;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.SourceFile;
import org.invoiceflow.local.console.CommandException;
import org.invoiceflow.local.console.Messages;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.S3Endpoint;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.job.LocalFlink;
import org.invoiceflow.local.report.Sent;
import org.invoiceflow.model.CsvOptions;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts the file on S3 and runs the job over it, which ends by itself; a repetition is another run.
 */
final class ImportDelivery implements Delivery {

  private static final String PREFIX = "import/";

  private final SourceFile file;
  private final CsvOptions csv;
  private final int repeat;
  private final Endpoints endpoints;
  private final LocalFlink flink;

  ImportDelivery(
      SourceFile file, CsvOptions csv, int repeat, Endpoints endpoints, LocalFlink flink) {
    this.file = file;
    this.csv = csv;
    this.repeat = repeat;
    this.endpoints = endpoints;
    this.flink = flink;
  }

  @Override
  public Sent deliver(Stopwatch stopwatch) throws Exception {
    String key = PREFIX + file.name();
    upload(key);
    stopwatch.stageEnds("upload");
    for (int run = 1; run <= repeat; run++) {
      runJob(key);
      stopwatch.stageEnds(repeat == 1 ? "import" : "import " + run);
    }
    long lines = count();
    stopwatch.stageEnds("count the file's lines");
    return Sent.imported(lines * repeat);
  }

  private void upload(String key) throws CommandException {
    S3Endpoint s3 = endpoints.s3();
    try (S3Client client = s3.client()) {
      client.putObject(r -> r.bucket(s3.bucket()).key(key), file.path());
    } catch (SdkException e) {
      throw CommandException.failure(
          "The file cannot be put at s3://" + s3.bucket() + "/" + key + ": " + Messages.of(e));
    }
  }

  private void runJob(String key) throws Exception {
    try {
      JobClient job = flink.start(JobProperties.importing(endpoints, key, csv));
      job.getJobExecutionResult().get();
    } catch (ConfigException e) {
      throw CommandException.failure(Messages.of(e));
    } catch (ExecutionException e) {
      throw CommandException.failure("The import failed: " + Messages.ofRoot(e));
    }
  }

  /** Counted apart from the job, to compare with. */
  private long count() throws IOException {
    long lines = 0;
    try (LineSource source = file.lines(csv)) {
      while (source.next().isPresent()) {
        lines++;
      }
    }
    return lines;
  }

  @Override
  public void close() {}
}

package org.invoiceflow.local.pipeline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Request;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.job.JobCounters;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /pipeline/status} with the counts of every stage, as JSON: what the API took,
 * what the job has done, what each store holds, how long the oldest missing line has been waiting,
 * what was rejected and why, and the account of the run once it is closed. For people who look on,
 * so the figures are of about the same moment, not of one; {@link
 * org.invoiceflow.local.report.Accounting} is exact. Exists on one machine only. Thread-safe.
 *
 * <p>The stores are not touched before the first request.
 */
public final class PipelineStatus
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>, AutoCloseable {

  private final String mode;
  private final Endpoints endpoints;
  private final JobCounters job;
  private final Arrivals accepted = new Arrivals(System::nanoTime);
  private final LongAdder rejectedByApi = new LongAdder();
  private volatile Optional<String> account = Optional.empty();
  private @Nullable StoreLooks looks;

  /**
   * @param mode {@code stream} or {@code import}
   * @param job the counters of the job that fills the stores
   */
  public PipelineStatus(String mode, Endpoints endpoints, JobCounters job) {
    this.mode = mode;
    this.endpoints = endpoints;
    this.job = job;
  }

  /** The same handler, with what it accepts and rejects counted here. */
  public RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> counted(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ingest) {
    return new CountedIngest(ingest, accepted, rejectedByApi);
  }

  /**
   * Shows the account of a run that has ended.
   *
   * @param json what {@link org.invoiceflow.local.report.Report#json()} says
   */
  public void show(String json) {
    account = Optional.of(json);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    StatusJson status = new StatusJson(mode, accepted, rejectedByApi.sum(), counts(), looks());
    return Answer.json(200, json -> status.write(json, account))
        .revalidated(Request.of(event))
        .toResponse();
  }

  private synchronized StoreLooks looks() {
    if (looks == null) {
      looks = new StoreLooks(endpoints);
    }
    return looks;
  }

  private JobCount counts() {
    return new JobCount(
        job.sum(JobMetrics.LINES_READ),
        job.sum(JobMetrics.LINES_REJECTED),
        job.sum(JobMetrics.LINES_DUPLICATE) + job.sum(JobMetrics.LINES_ALREADY_STORED),
        job.sum(JobMetrics.LINES_CONFLICTING),
        job.sum(JobMetrics.LINES_ACCEPTED));
  }

  /**
   * What the job has counted.
   *
   * @param read lines that keep all rules
   * @param rejected lines or records that broke a rule
   * @param duplicates lines that were known already, to the job or to the view
   * @param conflicting lines that contradict a stored one
   * @param stored lines that were new
   */
  record JobCount(long read, long rejected, long duplicates, long conflicting, long stored) {

    long received() {
      return read + rejected;
    }

    /** Received, but not to be found in a view because of it. */
    long setAside() {
      return rejected + duplicates + conflicting;
    }
  }

  @Override
  public synchronized void close() {
    if (looks != null) {
      looks.close();
    }
  }
}

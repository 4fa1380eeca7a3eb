package org.invoiceflow.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.invoiceflow.http.Access;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Caller;
import org.invoiceflow.http.Environment;
import org.invoiceflow.http.HttpFront;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.http.Snapshot;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Answers {@code POST /v1/invoice-lines} and {@code GET /v1/health} as {@code docs/openapi.yaml}
 * says. Every line is checked before the first is written. A caller whose token names a customer
 * sends nothing ({@link Access}). Thread-safe.
 *
 * <p>Needs the rights {@code kinesis:PutRecords} and {@code kinesis:DescribeStreamSummary} on the
 * stream.
 */
public final class IngestHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final List<String> LINES = List.of("v1", "invoice-lines");
  private static final List<String> HEALTH = List.of("v1", "health");

  private final HttpFront front;
  private final Access access;
  private final LineIntake intake;
  private final StreamHealth health;

  @SuppressWarnings({"unused", "FieldCanBeLocal"}) // Kept alive for the runtime.
  private @Nullable Snapshot snapshot;

  /**
   * As Lambda makes it: the stream's name stands in the environment variable {@code STREAM_NAME},
   * those of {@link Access} may; region, credentials and endpoint are found as the AWS SDK finds
   * them.
   */
  public IngestHandler() {
    this(KinesisClients.create(), System.getenv());
  }

  private IngestHandler(KinesisClient kinesis, Map<String, String> variables) {
    this(
        kinesis,
        Environment.required(variables, "STREAM_NAME"),
        Access.of(variables),
        Waiting.REAL,
        System.out);
    String streamName = Environment.required(variables, "STREAM_NAME");
    snapshot = Snapshot.prime(() -> Priming.run(kinesis, streamName), System.out);
  }

  /** With a client whose own retries are off, or they add to those of the handler. */
  public IngestHandler(KinesisClient kinesis, String streamName) {
    this(kinesis, streamName, Access.DEFAULT, Waiting.REAL, System.out);
  }

  IngestHandler(
      KinesisClient kinesis, String streamName, Access access, Waiting waiting, PrintStream log) {
    this.access = access;
    this.front = new HttpFront(log, this::handle);
    this.health = new StreamHealth(kinesis, streamName, waiting);
    this.intake = new LineIntake(new StreamWriter(kinesis, streamName, waiting), health::wrote);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    return front.answer(event, context);
  }

  private Answer handle(Request request, RequestLog.Line log) {
    List<String> path = request.path();
    if (path.equals(LINES)) {
      log.route("/v1/invoice-lines");
      return request.method().equals("POST")
          ? receive(request, log)
          : Answer.methodNotAllowed("POST");
    }
    if (path.equals(HEALTH)) {
      log.route("/v1/health");
      return request.method().equals("GET") ? health.check(log) : Answer.methodNotAllowed("GET");
    }
    return Answer.noSuchPath("POST /v1/invoice-lines and GET /v1/health");
  }

  private Answer receive(Request request, RequestLog.Line log) {
    Caller caller = access.callerOf(request);
    if (caller instanceof Caller.Stranger stranger) {
      return Caller.forbidden(stranger.reason());
    }
    return caller instanceof Caller.Customer
        ? Caller.forbidden("The token is a customer's; customers read and send nothing")
        : intake.receive(request, log);
  }
}

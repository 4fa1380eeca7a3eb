package org.invoiceflow.local.bench.handler;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.invoiceflow.ingest.IngestHandler;
import org.invoiceflow.local.bench.BenchInput;
import org.invoiceflow.local.bench.NullStream;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.query.QueryHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The handlers behind the API, given events as API Gateway hands them over, with a stream that
 * takes everything at once and a table that answers at once. An operation is a line; of the query
 * it is a request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandlerBenchmark {

  /** Most that the API takes at once. */
  static final int BATCH = 500;

  private static final int EVENTS = 40;

  /** The CSV file that holds the lines. */
  @Param("")
  public String file = "";

  private List<APIGatewayV2HTTPEvent> batches = List.of();
  private List<APIGatewayV2HTTPEvent> singles = List.of();
  private APIGatewayV2HTTPEvent largest = new APIGatewayV2HTTPEvent();
  private IngestHandler ingest = new IngestHandler(new NullStream(), "stream");
  private QueryHandler query = new QueryHandler(new OneInvoice(List.of()), "i", "c");
  private int next;

  /** Reads the lines and makes the events of them. */
  @Setup
  public void prepare() throws IOException {
    // A line is logged for each request, by a system call as in Lambda.
    System.setOut(new PrintStream(new FileOutputStream("/dev/null"), true));
    List<InvoiceLine> lines = BenchInput.read(Path.of(file));
    batches = new ArrayList<>();
    singles = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int from = i * BATCH % (lines.size() - BATCH);
      batches.add(post(lines.subList(from, from + BATCH)));
      singles.add(post(lines.subList(from, from + 1)));
    }
    ingest = new IngestHandler(new NullStream(), "stream");
    OneInvoice invoice = OneInvoice.largestOf(lines);
    query = new QueryHandler(invoice, "invoices", "customers");
    largest = get(invoice.number());
    check(ingest.handleRequest(batches.get(0), null), 202);
    check(ingest.handleRequest(singles.get(0), null), 202);
    check(query.handleRequest(largest, null), 200);
  }

  /** 500 lines in a request. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public APIGatewayV2HTTPResponse batch() {
    return ingest.handleRequest(batches.get(next++ % EVENTS), null);
  }

  /** One line in a request. */
  @Benchmark
  public APIGatewayV2HTTPResponse single() {
    return ingest.handleRequest(singles.get(next++ % EVENTS), null);
  }

  /** The invoice with the most lines, with all of them. */
  @Benchmark
  public APIGatewayV2HTTPResponse largestInvoice() {
    return query.handleRequest(largest, null);
  }

  private static APIGatewayV2HTTPEvent post(List<InvoiceLine> lines) {
    APIGatewayV2HTTPEvent event = event("POST", "/v1/invoice-lines");
    event.setRouteKey("POST /v1/invoice-lines");
    event.setBody(LineJson.toJsonArray(lines));
    return event;
  }

  private static APIGatewayV2HTTPEvent get(String invoiceNo) {
    APIGatewayV2HTTPEvent event = event("GET", "/v1/invoices/" + invoiceNo);
    event.setRouteKey("GET /v1/invoices/{invoiceNo}");
    event.setPathParameters(Map.of("invoiceNo", invoiceNo));
    return event;
  }

  private static APIGatewayV2HTTPEvent event(String method, String path) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setVersion("2.0");
    event.setRawPath(path);
    event.setHeaders(
        Map.of("content-type", "application/json", "accept", "*/*", "host", "localhost"));
    APIGatewayV2HTTPEvent.RequestContext context = new APIGatewayV2HTTPEvent.RequestContext();
    APIGatewayV2HTTPEvent.RequestContext.Http http =
        new APIGatewayV2HTTPEvent.RequestContext.Http();
    http.setMethod(method);
    http.setPath(path);
    context.setHttp(http);
    context.setRequestId("bench");
    context.setStage("$default");
    event.setRequestContext(context);
    return event;
  }

  private static void check(APIGatewayV2HTTPResponse response, int status) {
    if (response.getStatusCode() != status) {
      throw new IllegalStateException(response.getStatusCode() + ": " + response.getBody());
    }
  }
}

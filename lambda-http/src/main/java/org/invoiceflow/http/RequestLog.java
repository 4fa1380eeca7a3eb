package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON line for each request: which, how it ended, how long it took, and counts, of which some
 * are metrics ({@link EmbeddedMetrics}). Never the payload, and no path, since paths name
 * customers.
 */
public final class RequestLog {

  private final PrintStream out;

  RequestLog(PrintStream out) {
    this.out = out;
  }

  /** Begins a request's line. The line belongs to one request and is not thread-safe. */
  Line begin(Request request, Optional<Context> context) {
    return new Line(request, context);
  }

  /** What is gathered while a request is handled. */
  public final class Line {
    private final long startNanos = System.nanoTime();
    private final Request request;
    private final Optional<Context> context;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<String> metrics = new ArrayList<>();
    private String route = "none";
    private Optional<String> cause = Optional.empty();
    private @Nullable Throwable fault;

    private Line(Request request, Optional<Context> context) {
      this.request = request;
      this.context = context;
    }

    /** The route's pattern, without the values in it. */
    public void route(String pattern) {
      this.route = pattern;
    }

    /** A number for the log only. */
    public void count(String name, long number) {
      counts.put(name, number);
    }

    /** A number that is a metric of the route; the name is part of the contract. */
    public void metric(String name, long number) {
      counts.put(name, number);
      metrics.add(name);
    }

    /** Why a service that the handler needs did not answer; for the operator. */
    public void cause(String message) {
      this.cause = Optional.of(message);
    }

    /** A fault of ours; the line carries its stack trace. */
    void fault(Throwable thrown) {
      this.fault = thrown;
    }

    void end(Answer answer) {
      out.println(JsonText.of(json -> write(json, answer)));
    }

    private void write(JsonGenerator json, Answer answer) throws IOException {
      json.writeStartObject();
      json.writeStringField("level", answer.status() < 500 ? "INFO" : "ERROR");
      json.writeStringField("message", "request");
      json.writeStringField("request_id", request.id());
      if (context.isPresent() && context.get().getAwsRequestId() != null) {
        json.writeStringField("invocation_id", context.get().getAwsRequestId());
      }
      json.writeStringField(
          EmbeddedMetrics.FUNCTION, context.map(Context::getFunctionName).orElse("none"));
      json.writeStringField("method", request.method());
      json.writeStringField(EmbeddedMetrics.ROUTE, route);
      json.writeStringField(EmbeddedMetrics.STATUS, Integer.toString(answer.status()));
      json.writeNumberField(EmbeddedMetrics.REQUESTS, 1);
      for (Map.Entry<String, Long> count : counts.entrySet()) {
        json.writeNumberField(count.getKey(), count.getValue());
      }
      long micros = (System.nanoTime() - startNanos) / 1_000;
      json.writeNumberField(EmbeddedMetrics.LATENCY, micros / 1e3);
      if (cause.isPresent()) {
        json.writeStringField("cause", cause.get());
      }
      if (fault != null) {
        json.writeStringField("stack_trace", FaultText.of(fault));
      }
      EmbeddedMetrics.write(json, System.currentTimeMillis(), metrics);
      json.writeEndObject();
    }
  }
}

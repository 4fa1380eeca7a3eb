package org.invoiceflow.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON line for each request: which, how it ended, how long it took, and counts. Never the
 * payload, and no path, since paths name customers.
 */
public final class RequestLog {

  private final PrintStream out;

  RequestLog(PrintStream out) {
    this.out = out;
  }

  /** Begins a request's line. The line belongs to one request and is not thread-safe. */
  Line begin(Request request) {
    return new Line(request.id(), request.method());
  }

  /** What is gathered while a request is handled. */
  public final class Line {
    private final long startNanos = System.nanoTime();
    private final String requestId;
    private final String method;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private String route = "none";
    private Optional<String> cause = Optional.empty();
    private @Nullable Throwable fault;

    private Line(String requestId, String method) {
      this.requestId = requestId;
      this.method = method;
    }

    /** The route's pattern, without the values in it. */
    public void route(String pattern) {
      this.route = pattern;
    }

    public void count(String name, long number) {
      counts.put(name, number);
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
      json.writeStringField("request_id", requestId);
      json.writeStringField("method", method);
      json.writeStringField("route", route);
      json.writeNumberField("status", answer.status());
      for (Map.Entry<String, Long> count : counts.entrySet()) {
        json.writeNumberField(count.getKey(), count.getValue());
      }
      json.writeNumberField("millis", (System.nanoTime() - startNanos) / 1_000_000);
      if (cause.isPresent()) {
        json.writeStringField("cause", cause.get());
      }
      if (fault != null) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace, true));
        json.writeStringField("stack_trace", trace.toString());
      }
      json.writeEndObject();
    }
  }
}

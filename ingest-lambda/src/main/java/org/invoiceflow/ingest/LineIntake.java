package org.invoiceflow.ingest;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.Request;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.JsonLines;
import org.invoiceflow.model.LineJson;

/**
 * Takes the lines of one request: reads all, checks all, then writes the good ones. A request that
 * is repeated as a whole does no harm, since lines have an identity.
 */
final class LineIntake {

  /** Most lines of one request. */
  static final int MAX_LINES = 500;

  private static final Duration AFTER_THROTTLING = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final StreamWriter writer;
  private final Consumer<StreamWriter.State> outcomes;

  /**
   * @param outcomes is told how each write ended
   */
  LineIntake(StreamWriter writer, Consumer<StreamWriter.State> outcomes) {
    this.writer = writer;
    this.outcomes = outcomes;
  }

  Answer receive(Request request, RequestLog.Line log) {
    RequestBody body = RequestBody.of(request);
    if (body instanceof RequestBody.Unpacked readable) {
      return receive(readable.bytes(), log);
    }
    return ((RequestBody.Refused) body).answer();
  }

  private Answer receive(byte[] body, RequestLog.Line log) {
    if (ElementCount.exceeds(body, MAX_LINES)) {
      return Answer.error(
          413,
          "too_many_lines",
          "The body has more than " + MAX_LINES + " lines; send fewer lines at once");
    }
    JsonLines read = LineJson.read(body);
    if (read.unreadable().isPresent()) {
      return Answer.error(400, "unreadable_body", read.unreadable().get().message());
    }
    List<JsonLine> rejected =
        read.lines().stream().filter(line -> line.result().line().isEmpty()).toList();
    List<InvoiceLine> accepted =
        read.lines().stream().flatMap(line -> line.result().line().stream()).toList();
    log.count("lines", read.lines().size());
    return accepted.isEmpty()
        ? judged(422, accepted, rejected, log)
        : write(accepted, rejected, log);
  }

  private Answer write(List<InvoiceLine> accepted, List<JsonLine> rejected, RequestLog.Line log) {
    List<StreamRecord> records = StreamRecord.group(accepted);
    StreamWriter.Outcome outcome = writer.write(records);
    log.count("records", records.size());
    log.count("calls", outcome.calls());
    outcome.cause().ifPresent(log::cause);
    outcomes.accept(outcome.state());
    return switch (outcome.state()) {
      case WRITTEN -> judged(202, accepted, rejected, log);
      case THROTTLED -> throttled();
      case UNAVAILABLE -> unavailable();
    };
  }

  /** Lines are counted when they are judged for good: a body that is sent again is judged once. */
  private static Answer judged(
      int status, List<InvoiceLine> accepted, List<JsonLine> rejected, RequestLog.Line log) {
    log.metric("accepted", accepted.size());
    log.metric("rejected", rejected.size());
    return Verdict.answer(status, accepted.size(), rejected);
  }

  /** 429: the stream refused records for their rate. */
  static Answer throttled() {
    return Answer.error(
            429,
            "throttled",
            "The stream takes no more at present. Part of the lines may be stored; send the"
                + " whole body again, which stores no line twice")
        .retryAfter(AFTER_THROTTLING);
  }

  /** 503: the stream did not answer, whatever was sent. */
  static Answer unavailable() {
    return Answer.error(
            503,
            "stream_unavailable",
            "The stream cannot be reached at present. Part of the lines may be stored; send the"
                + " whole body again, which stores no line twice")
        .retryAfter(AFTER_FAILURE);
  }
}

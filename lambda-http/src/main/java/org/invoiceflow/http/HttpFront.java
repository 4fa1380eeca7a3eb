package org.invoiceflow.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Lambda and a handler: gives every request an answer and a log line, also when the
 * handler fails. Thread-safe if the handler is.
 */
public final class HttpFront {

  /** What answers one request. */
  @FunctionalInterface
  public interface Handler {
    Answer handle(Request request, RequestLog.Line log);
  }

  private final RequestLog log;
  private final Handler handler;

  /**
   * @param out where the log lines go; in Lambda standard output
   */
  public HttpFront(PrintStream out, Handler handler) {
    this.log = new RequestLog(out);
    this.handler = handler;
  }

  /** Outside of Lambda. */
  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    return answer(event, null);
  }

  /**
   * @param context of the invocation; null outside of Lambda
   */
  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, @Nullable Context context) {
    Request request = Request.of(event);
    RequestLog.Line line = log.begin(request, Optional.ofNullable(context));
    Answer answer;
    try {
      answer = handler.handle(request, line);
    } catch (RuntimeException e) {
      line.fault(e);
      answer = Answer.internalError();
    }
    line.end(answer);
    return answer.toResponse();
  }
}

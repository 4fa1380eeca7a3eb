package org.invoiceflow.local.faults.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An S3 that answers 500, 503 or not at all, to the calls by which files are written and listed; to
 * some of them after it has done what was asked.
 */
public final class S3Faults implements HttpFaults {

  private final int percent;
  private final Strikes strikes;
  private final Random random;

  /** The fault that matters most, so no run goes without it. */
  private final AtomicBoolean isFirstComplete = new AtomicBoolean(true);

  /**
   * @param percent of the requests that fail
   */
  public S3Faults(int percent, long seed, Strikes strikes) {
    this.percent = percent;
    this.strikes = strikes;
    this.random = new Random(seed);
  }

  @Override
  public HttpMessage answer(HttpMessage request, Service service) throws IOException {
    String call = callOf(request);
    if (call.equals("complete") && isFirstComplete.compareAndSet(true, false)) {
      return doneInSecret(call, request, service);
    }
    if (roll(100) >= percent) {
      return service.ask(request);
    }
    switch (roll(4)) {
      case 0 -> {
        strikes.add(call + ": 500");
        return error(500, "InternalError");
      }
      case 1 -> {
        strikes.add(call + ": 503");
        return error(503, "SlowDown");
      }
      case 2 -> {
        strikes.add(call + ": lost before");
        throw new ConnectionLost();
      }
      default -> {
        return doneInSecret(call, request, service);
      }
    }
  }

  private HttpMessage doneInSecret(String call, HttpMessage request, Service service)
      throws IOException {
    strikes.add(call + ": lost after");
    service.ask(request);
    throw new ConnectionLost();
  }

  /** What the request is for, in a word. */
  public static String callOf(HttpMessage request) {
    String target = request.target();
    return switch (request.method()) {
      case "POST" ->
          target.contains("uploadId=")
              ? "complete"
              : target.contains("uploads") ? "create" : "delete";
      case "PUT" -> target.contains("partNumber=") ? "part" : "put";
      case "GET" -> target.contains("prefix=") ? "list" : "get";
      case "HEAD" -> "head";
      default -> "delete";
    };
  }

  static HttpMessage error(int status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
            + code
            + "</Code><Message>broken on purpose</Message></Error>";
    return HttpMessage.answer(status, "application/xml", body.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized int roll(int bound) {
    return random.nextInt(bound);
  }
}

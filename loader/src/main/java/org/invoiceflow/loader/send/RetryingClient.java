package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sends a body until it is answered, refused, or tried often enough. Used from any thread. */
final class RetryingClient {

  /** Waits; in tests it does not. */
  interface Sleeper {
    void sleep(Duration delay) throws InterruptedException;
  }

  private final ApiClient api;
  private final Backoff backoff;
  private final Sleeper sleeper;
  private final int tries;
  private final SendListener listener;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

  RetryingClient(
      ApiClient api, Backoff backoff, Sleeper sleeper, int tries, SendListener listener) {
    this.api = api;
    this.backoff = backoff;
    this.sleeper = sleeper;
    this.tries = tries;
    this.listener = listener;
  }

  /**
   * @throws GaveUpException if the service refuses the request as a whole, or is not to be had
   */
  Reply.Answered send(byte[] body, int lines) throws GaveUpException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      requests.incrementAndGet();
      Reply reply = api.post(body, lines);
      if (reply instanceof Reply.Answered answered) {
        return answered;
      }
      if (reply instanceof Reply.Refused refused) {
        throw new GaveUpException("the service refused the request: " + refused.reason() + ".");
      }
      pause(attempt, (Reply.Later) reply);
    }
  }

  private void pause(int attempt, Reply.Later later) throws GaveUpException, InterruptedException {
    if (attempt >= tries) {
      String times = attempt == 1 ? "" : " " + attempt + " times, the last time";
      throw new GaveUpException("the service failed" + times + " because: " + later.reason() + ".");
    }
    Optional<Duration> asked = later.retryAfter();
    Duration delay = backoff.delay(attempt, asked);
    listener.waiting(later.reason(), attempt, delay);
    sleeper.sleep(delay);
    retries.incrementAndGet();
  }

  /** Requests sent so far, retries included. */
  long requests() {
    return requests.get();
  }

  /** Requests so far that repeated an earlier one. */
  long retries() {
    return retries.get();
  }
}

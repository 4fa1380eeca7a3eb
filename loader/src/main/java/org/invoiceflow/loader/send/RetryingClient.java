package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Sends a body until it is answered, refused, or tried often enough. Used from any thread; what the
 * service asks one of them to wait, by Retry-After, all wait.
 */
final class RetryingClient {

  /** Waits; in tests it does not. */
  interface Sleeper {
    void sleep(Duration delay) throws InterruptedException;
  }

  private final ApiClient api;
  private final Backoff backoff;
  private final Quiet quiet;
  private final Sleeper sleeper;
  private final int tries;
  private final SendListener listener;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  RetryingClient(
      ApiClient api,
      Backoff backoff,
      LongSupplier nanoTime,
      Sleeper sleeper,
      int tries,
      SendListener listener) {
    this.api = api;
    this.backoff = backoff;
    this.quiet = new Quiet(nanoTime);
    this.sleeper = sleeper;
    this.tries = tries;
    this.listener = listener;
  }

  /**
   * @throws GaveUpException if the service refuses the request as a whole, or is not to be had
   */
  Reply.Answered send(byte[] body, int lines) throws GaveUpException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      awaitQuiet();
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

  /** Waits as long as the service has asked any sender to, and again if it asks meanwhile. */
  private void awaitQuiet() throws InterruptedException {
    for (Duration left = quiet.left(); !left.isZero(); left = quiet.left()) {
      sleeper.sleep(backoff.delay(1, Optional.of(left)));
    }
  }

  private void pause(int attempt, Reply.Later later) throws GaveUpException, InterruptedException {
    if (attempt >= tries) {
      String times = attempt == 1 ? "" : " " + attempt + " times, the last time";
      throw new GaveUpException("the service failed" + times + " because: " + later.reason() + ".");
    }
    Optional<Duration> asked = later.retryAfter();
    asked.ifPresent(quiet::keep);
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

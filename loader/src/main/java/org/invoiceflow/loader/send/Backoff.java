package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random time up to a limit that doubles with each try.
 * What the service asks for comes on top of nothing: it is waited for first, the jitter follows, so
 * that the requests in flight do not come back all at once.
 */
final class Backoff {

  private static final Duration FIRST_LIMIT = Duration.ofMillis(200);
  private static final Duration LAST_LIMIT = Duration.ofSeconds(20);

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param attempt how often the request has failed, from 1
   */
  Duration delay(int attempt, Optional<Duration> retryAfter) {
    long limit = FIRST_LIMIT.toMillis() << Math.min(attempt - 1, 20);
    long bounded = Math.min(limit, LAST_LIMIT.toMillis());
    return retryAfter.orElse(Duration.ZERO).plusMillis(random.nextLong(bounded + 1));
  }
}

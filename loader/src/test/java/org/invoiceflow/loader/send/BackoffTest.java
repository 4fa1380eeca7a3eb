package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Clock CLOCK = Clock.fixed(Loaders.NOW, ZoneOffset.UTC);

  @Test
  void the_limit_doubles_with_each_failure_up_to_twenty_seconds() {
    assertThat(longest(1)).isBetween(Duration.ofMillis(190), Duration.ofMillis(200));
    assertThat(longest(4)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(1_600));
    assertThat(longest(100)).isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
  }

  @Test
  void jitter_reaches_from_zero_to_the_limit() {
    Backoff backoff = new Backoff(new Random(1));
    assertThat(java.util.stream.IntStream.range(0, 1_000))
        .anyMatch(i -> backoff.delay(3, Optional.empty()).toMillis() < 20)
        .anyMatch(i -> backoff.delay(3, Optional.empty()).toMillis() > 780);
  }

  @Test
  void what_the_service_asks_for_is_waited_for_before_the_jitter() {
    assertThat(new Backoff(new Random(1)).delay(1, Optional.of(Duration.ofSeconds(5))))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_200));
  }

  @Test
  void no_service_is_left_alone_for_more_than_five_minutes() {
    assertThat(RetryAfter.parse("86400", CLOCK)).contains(Duration.ofMinutes(5));
    assertThat(RetryAfter.parse("Sun, 1 Feb 2026 00:00:00 GMT", CLOCK))
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void a_time_that_is_over_is_no_wait() {
    assertThat(RetryAfter.parse("-1", CLOCK)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("Thu, 1 Jan 2026 00:00:00 GMT", CLOCK)).contains(Duration.ZERO);
  }

  @Test
  void nonsense_says_nothing() {
    assertThat(RetryAfter.parse("", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("later", CLOCK)).isEmpty();
    assertThat(RetryAfter.parse("9".repeat(30), CLOCK)).isEmpty();
  }

  private static Duration longest(int attempt) {
    Backoff backoff = new Backoff(new Random(1));
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 1_000; i++) {
      Duration delay = backoff.delay(attempt, Optional.empty());
      longest = delay.compareTo(longest) > 0 ? delay : longest;
    }
    return longest;
  }
}

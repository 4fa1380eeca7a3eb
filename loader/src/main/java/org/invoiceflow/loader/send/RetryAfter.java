package org.invoiceflow.loader.send;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

  /** No service is left alone for longer, whatever it asks for. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private RetryAfter() {}

  /** How long to wait, from zero to {@link #LONGEST}; empty if the value says nothing. */
  static Optional<Duration> parse(String value, Clock clock) {
    return seconds(value.strip())
        .or(() -> untilDate(value.strip(), clock))
        .map(d -> d.isNegative() ? Duration.ZERO : d)
        .map(d -> d.compareTo(LONGEST) > 0 ? LONGEST : d);
  }

  private static Optional<Duration> seconds(String value) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> untilDate(String value, Clock clock) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(clock.instant(), date.toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

package org.invoiceflow.loader.send;

import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Loaders that do not wait; they note how long they would have. */
final class Loaders {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong nanoTime = new AtomicLong();

  /** Draws the shortest delay each time, so that only what the service asks for is left. */
  Loader withoutJitter() {
    return reading(InputStream.nullInputStream());
  }

  Loader reading(InputStream standardInput) {
    return new Loader(
        this::sleep, Clock.fixed(NOW, ZoneOffset.UTC), nanoTime::get, () -> 0L, standardInput);
  }

  private void sleep(Duration delay) {
    waits.add(delay);
    nanoTime.addAndGet(delay.toNanos());
  }
}

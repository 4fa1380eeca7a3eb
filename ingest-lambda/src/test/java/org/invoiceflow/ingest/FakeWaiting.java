package org.invoiceflow.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when someone sleeps. */
final class FakeWaiting implements Waiting {

  final List<Duration> sleeps = new ArrayList<>();
  private long now = 42;
  private double random = 0.5;
  private boolean interrupting;

  FakeWaiting random(double value) {
    random = value;
    return this;
  }

  FakeWaiting interrupting() {
    interrupting = true;
    return this;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  Duration slept() {
    return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (interrupting) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    now += duration.toNanos();
  }
}

package org.invoiceflow.local.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private final AtomicLong clock = new AtomicLong();
  private final Arrivals arrivals = new Arrivals(clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void the_oldest_line_that_has_not_passed_tells_how_long_it_waits() {
    arrivals.add(10);
    pass(Duration.ofSeconds(2));
    arrivals.add(10);
    pass(Duration.ofSeconds(1));

    assertThat(arrivals.waiting(0)).isEqualTo(Duration.ofSeconds(3));
    assertThat(arrivals.waiting(9)).isEqualTo(Duration.ofSeconds(3));
    assertThat(arrivals.waiting(10)).isEqualTo(Duration.ofSeconds(1));
    assertThat(arrivals.waiting(20)).isZero();
    assertThat(arrivals.lines()).isEqualTo(20);
  }

  @Test
  void more_than_was_accepted_waits_for_nothing() {
    arrivals.add(1);
    pass(Duration.ofSeconds(1));

    assertThat(arrivals.waiting(5)).isZero();
    assertThat(new Arrivals(clock::get).waiting(0)).isZero();
  }

  @Test
  void what_arrives_close_together_counts_as_arrived_with_the_first() {
    arrivals.add(1);
    pass(Duration.ofMillis(50));
    arrivals.add(1);
    pass(Duration.ofMillis(950));

    assertThat(arrivals.waiting(1)).isEqualTo(Duration.ofSeconds(1));
  }
}

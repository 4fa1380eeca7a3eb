package org.invoiceflow.loader.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long now = -5;
  private final List<Long> sentAt = new ArrayList<>();

  @Test
  void lines_go_out_evenly() throws Exception {
    Pace pace = pace(OptionalInt.of(1_000));

    send(pace, 100, 100, 50, 100);

    assertThat(sentAt).containsExactly(0L, 100L, 200L, 250L);
  }

  @Test
  void a_slow_service_is_not_made_up_for_by_a_burst() throws Exception {
    Pace pace = pace(OptionalInt.of(1_000));
    send(pace, 100);
    now += Duration.ofSeconds(60).toNanos();
    sentAt.clear();

    send(pace, 100, 100, 100, 100, 100);

    // 200 ms are made up for at once, and no more.
    assertThat(sentAt).containsExactly(60_000L, 60_000L, 60_000L, 60_100L, 60_200L);
  }

  @Test
  void without_a_rate_nothing_is_waited_for() throws Exception {
    Pace pace = pace(OptionalInt.empty());

    send(pace, 500, 500, 500);

    assertThat(sentAt).containsExactly(0L, 0L, 0L);
  }

  @Test
  void requests_are_small_enough_to_keep_a_low_rate_even() {
    assertThat(Traffic.DEFAULT.linesOfRequest()).isEqualTo(500);
    assertThat(Traffic.DEFAULT.withRate(10_000).linesOfRequest()).isEqualTo(500);
    assertThat(Traffic.DEFAULT.withRate(100).linesOfRequest()).isEqualTo(20);
    assertThat(Traffic.DEFAULT.withRate(3).linesOfRequest()).isEqualTo(1);
    assertThat(Traffic.DEFAULT.withRate(100).withBatchLines(7).linesOfRequest()).isEqualTo(7);
  }

  private Pace pace(OptionalInt rate) {
    return new Pace(rate, () -> now, delay -> now += delay.toNanos());
  }

  private void send(Pace pace, int... lines) throws InterruptedException {
    for (int count : lines) {
      pace.await(count);
      sentAt.add(Math.round(now / 1e6));
    }
  }
}

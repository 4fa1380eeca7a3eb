package org.invoiceflow.local.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookTest {

  private final AtomicLong clock = new AtomicLong();
  private final Queue<Runnable> thread = new ArrayDeque<>();
  private final AtomicInteger asked = new AtomicInteger();

  private Duration takes = Duration.ZERO;
  private boolean broken;

  private final Look<Integer> look =
      new Look<>(
          0,
          () -> {
            asked.incrementAndGet();
            clock.addAndGet(takes.toNanos());
            if (broken) {
              throw new IllegalStateException("no such table");
            }
            return asked.get();
          },
          thread::add,
          clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void work() {
    while (!thread.isEmpty()) {
      thread.remove().run();
    }
  }

  @Test
  void nobody_asks_and_the_store_is_left_alone() {
    pass(Duration.ofHours(1));
    work();

    assertThat(asked).hasValue(0);
  }

  @Test
  void the_answer_is_there_at_once_and_new_once_the_look_has_ended() {
    assertThat(look.latest()).isZero();

    work();

    assertThat(look.latest()).isOne();
  }

  @Test
  void however_often_it_is_asked_the_store_is_asked_once_a_second() {
    for (int i = 0; i < 100; i++) {
      look.latest();
      work();
      pass(Duration.ofMillis(100));
    }

    assertThat(asked).hasValue(10);
  }

  @Test
  void a_slow_store_gets_a_longer_pause() {
    takes = Duration.ofSeconds(1);
    look.latest();
    work();

    pass(Duration.ofMillis(3_900));
    look.latest();
    work();
    assertThat(asked).hasValue(1);

    pass(Duration.ofMillis(200));
    look.latest();
    work();
    assertThat(asked).hasValue(2);
  }

  @Test
  void two_looks_never_run_at_once() {
    look.latest();
    pass(Duration.ofMinutes(1));
    look.latest();

    assertThat(thread).hasSize(1);
  }

  @Test
  void a_look_that_fails_keeps_the_answer_before_it_and_says_why() {
    look.latest();
    work();
    broken = true;
    pass(Duration.ofSeconds(5));
    look.latest();
    work();

    assertThat(look.latest()).isOne();
    assertThat(look.problem()).contains("no such table");
    assertThat(look.age()).isEqualTo(Duration.ofSeconds(5));
  }
}
